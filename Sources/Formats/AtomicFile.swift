import Base
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
  /// A writer that is killed leaves its temporary file behind; the next one to write the same file deletes it (see `TemporaryFile`).
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
      let nature = FileNature(status)
      switch nature {
      case .folder: throw FormatError.system(EISDIR, path, writing: true)
      case .file: mode = status.st_mode & 0o7777
      // These are not replaced by a file.
      case .pipe, .terminal, .sink: return try writeThrough(target, body, named: path)
      case .socket, .device: throw FormatError.unwritable(path, "It is \(nature.noun).")
      }
    }
    let folder = Paths.folder(of: target)
    TemporaryFile.removeAbandoned(beside: target)
    let temporary = try TemporaryFile(beside: target, mode: mode, for: path)
    // The file is locked until it has its name, so that nobody takes it for abandoned.
    defer { close(temporary.descriptor) }
    do {
      // The creation mask does not count for a file that already has its rights.
      if exists { _ = fchmod(temporary.descriptor, mode) }
      try body { try write($0, temporary.descriptor, named: path) }
      guard fsync(temporary.descriptor) == 0, rename(temporary.path, target) == 0 else {
        throw FormatError.system(errno, path, writing: true)
      }
    } catch {
      unlink(temporary.path)
      throw error
    }
    // The new name is safe only once the folder is.
    let place = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if place >= 0 {
      _ = fsync(place)
      close(place)
    }
  }

  /// Where a symbolic link leads, so that the link itself is not replaced.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  private static func writeThrough(_ target: String, _ body: (Pen) throws -> Void, named path: String) throws {
    // Opening must not wait for a reader of a named pipe; writing waits for it.
    let descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      throw errno == ENXIO
        ? .unwritable(path, "It is a pipe from which nobody reads.") : FormatError.system(errno, path, writing: true)
    }
    defer { close(descriptor) }
    _ = fcntl(descriptor, F_SETFL, 0)
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
