import Glibc

/// Files written whole or not at all.
public enum AtomicFile {
  /// Takes the next bytes of a file.
  public typealias Pen = (UnsafeRawBufferPointer) throws -> Void

  /// Writes under a temporary name in the same folder and renames it, so that after a failure an older file is untouched.
  ///
  /// - Throws: `FormatError` with the reason: no such folder, no permission, a full disk.
  public static func write(_ path: String, _ bytes: [UInt8]) throws {
    try write(path) { pen in try bytes.withUnsafeBytes(pen) }
  }

  /// The same for a file that is made piece by piece: `body` hands its pieces to the pen, one after another.
  ///
  /// A writer that is killed leaves its temporary file behind; the next one to write the same file deletes it.
  ///
  /// - Throws: `FormatError` with the reason, as above, and what `body` throws; the older file is then untouched.
  public static func write(_ path: String, _ body: (Pen) throws -> Void) throws {
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
        try writeThrough(target, body, named: path)
        return
      }
    }
    let folder = Paths.folder(of: target)
    let beginning = temporaryBeginning(of: target)
    removeAbandoned(in: folder, beginning)
    let temporary = Paths.join(folder, "\(beginning)\(getpid())-\(UInt32.random(in: 0...UInt32.max)).part")
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw FormatError.system(errno, path, writing: true) }
    do {
      defer { close(descriptor) }
      // The creation mask does not count for a file that already has its rights.
      if exists { _ = fchmod(descriptor, mode) }
      try body { try write($0, descriptor, named: path) }
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
    let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if place >= 0 {
      _ = fsync(place)
      close(place)
    }
  }

  /// What the temporary names for a file begin with; what follows is the process that writes, and a random number.
  private static func temporaryBeginning(of target: String) -> String {
    // A name has at most 255 bytes, and something must be left for what follows.
    ".gan-\(String(decoding: Paths.name(of: target).utf8.prefix(160), as: UTF8.self))-"
  }

  /// Deletes temporary files for this one whose writers have ended.
  private static func removeAbandoned(in folder: String, _ beginning: String) {
    // A folder that cannot be read holds nothing that could be deleted.
    try? Folder.forEach(in: folder) { name, _ in
      guard name.hasPrefix(beginning), name.hasSuffix(".part") else { return }
      let writer = name.dropFirst(beginning.count).prefix { $0 != "-" }
      guard let process = pid_t(writer), process > 0, kill(process, 0) != 0, errno == ESRCH else { return }
      unlink(Paths.join(folder, name))
    }
  }

  /// Where a symbolic link leads, so that the link itself is not replaced.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeThrough(_ target: String, _ body: (Pen) throws -> Void, named path: String) throws {
    let descriptor = open(target, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FormatError.system(errno, path, writing: true) }
    defer { close(descriptor) }
    try body { try write($0, descriptor, named: path) }
  }

  /// Writes all bytes where the file stands.
  static func write(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, named path: String) throws {
    guard let start = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, start + written, min(bytes.count - written, 1 << 30))
      if count > 0 {
        written += count
      } else if count == 0 || errno != EINTR {
        throw FormatError.system(count == 0 ? ENOSPC : errno, path, writing: true)
      }
    }
  }
}
