import Glibc

/// Files written whole or not at all.
public enum AtomicFile {
  /// Writes under a temporary name in the same folder and renames it, so that after a failure an older file is untouched.
  ///
  /// - Throws: `FormatError` with the reason: no such folder, no permission, a full disk.
  public static func write(_ path: String, _ bytes: [UInt8]) throws {
    guard !path.isEmpty, !path.hasSuffix("/"), !path.utf8.contains(0) else {
      throw FormatError(title: "the file cannot be written", advice: "“\(path)” is not the name of a file.", path: path)
    }
    let target = resolved(path)
    var status = stat()
    var mode: mode_t = 0o666
    var exists = false
    if stat(target, &status) == 0 {
      exists = true
      switch status.st_mode & S_IFMT {
      case S_IFDIR: throw FormatError.system(EISDIR, path, writing: true)
      case S_IFREG: mode = status.st_mode & 0o7777
      default:
        // A device such as /dev/null cannot be replaced by a file.
        try writeThrough(target, bytes, named: path)
        return
      }
    }
    let temporary = Paths.join(Paths.folder(of: target), ".gan-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).part")
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FormatError.system(errno, path, writing: true) }
    do {
      defer { close(descriptor) }
      // The creation mask does not count for a file that already has its rights.
      if exists { _ = fchmod(descriptor, mode) }
      try write(bytes, descriptor, named: path)
      guard fsync(descriptor) == 0 else { throw FormatError.system(errno, path, writing: true) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let code = errno
      unlink(temporary)
      throw FormatError.system(code, path, writing: true)
    }
    // The new name is safe only once the folder is.
    let folder = open(Paths.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      _ = fsync(folder)
      close(folder)
    }
  }

  /// Where a symbolic link leads, so that the link itself is not replaced.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeThrough(_ target: String, _ bytes: [UInt8], named path: String) throws {
    let descriptor = open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FormatError.system(errno, path, writing: true) }
    defer { close(descriptor) }
    try write(bytes, descriptor, named: path)
  }

  /// Writes all bytes where the file stands.
  static func write(_ bytes: [UInt8], _ descriptor: Int32, named path: String) throws {
    try bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(descriptor, start + written, min(buffer.count - written, 1 << 30))
        if count > 0 {
          written += count
        } else if count == 0 || errno != EINTR {
          throw FormatError.system(count == 0 ? ENOSPC : errno, path, writing: true)
        }
      }
    }
  }
}
