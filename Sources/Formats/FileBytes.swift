import Base
import Glibc

/// Whole files read into memory.
public enum FileBytes {
  /// The most bytes that are read from one file: 8 GiB.
  public static let largestByteCount = 8 << 30

  /// All bytes of a file.
  ///
  /// - Throws: `FormatError` with the reason: no such file, a folder, no permission, too large.
  public static func read(_ path: String) throws -> [UInt8] {
    try withDescriptor(path) { descriptor, size in try read(descriptor, path, size: size) }
  }

  /// The first `count` bytes, or fewer if the file is shorter.
  ///
  /// - Throws: `FormatError`, as `read` does.
  public static func head(_ path: String, count: Int) throws -> [UInt8] {
    try withDescriptor(path) { descriptor, _ in
      var bytes = [UInt8](repeating: 0, count: count)
      let received = try fill(&bytes, from: 0, descriptor, path)
      bytes.removeLast(count - received)
      return bytes
    }
  }

  private static func withDescriptor<Result>(_ path: String, _ body: (Int32, Int) throws -> Result) throws -> Result {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw FormatError.system(ENOENT, path, writing: false) }
    // Opening must not wait for a writer of a named pipe.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      var status = stat()
      if errno == ENXIO, stat(path, &status) == 0 { throw unreadable(path, FileNature(status)) }
      throw FormatError.system(errno, path, writing: false)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FormatError.system(errno, path, writing: false) }
    let nature = FileNature(status)
    switch nature {
    case .file: break
    case .folder:
      throw FormatError(title: "a folder is not a file", advice: "\(path) is a folder; name a file in it.", path: path)
    case .pipe, .socket, .terminal, .sink, .device: throw unreadable(path, nature)
    }
    guard status.st_size <= largestByteCount else {
      throw FormatError(
        title: "the file is too large", advice: "It has \(status.st_size >> 20) MiB; at most \(largestByteCount >> 20) are read.",
        path: path)
    }
    return try body(descriptor, Int(status.st_size))
  }

  /// Files are read from where one likes, and more than once.
  private static func unreadable(_ path: String, _ nature: FileNature) -> FormatError {
    FormatError(title: "the file cannot be read", advice: "It is \(nature.noun), not a file.", path: path)
  }

  private static func read(_ descriptor: Int32, _ path: String, size: Int) throws -> [UInt8] {
    try Memory.require(size, for: "the file", path)
    var bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      initialized = try fill(buffer, descriptor, path)
    }
    // Files of the system (/proc) name no size, and others may have grown: read on to the end.
    guard bytes.count == size else { return bytes }
    var probe = [UInt8](repeating: 0, count: 4096)
    while bytes.count < largestByteCount {
      let received = try fill(&probe, from: 0, descriptor, path)
      try bytes.makeRoom(for: received)
      bytes.append(contentsOf: probe[..<received])
      if received < probe.count { break }
    }
    return bytes
  }

  private static func fill(_ bytes: inout [UInt8], from start: Int, _ descriptor: Int32, _ path: String) throws -> Int {
    try bytes.withUnsafeMutableBufferPointer { buffer in
      try fill(UnsafeMutableBufferPointer(rebasing: buffer[start...]), descriptor, path)
    }
  }

  /// Reads until the buffer is full or the file ends; the number of bytes read.
  private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, _ descriptor: Int32, _ path: String) throws -> Int {
    do throws(Descriptor.Failure) {
      return try Descriptor(number: descriptor).fill(buffer)
    } catch {
      throw FormatError.system(error.code, path, writing: false)
    }
  }
}
