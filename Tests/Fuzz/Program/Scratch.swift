import Glibc

/// A folder of this process in memory, which is the working folder while it runs and goes at its end.
enum Scratch {
  /// Made at the first asking.
  static let folder: String = {
    let parent = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    let path = "\(parent)/gan-fuzz-\(getpid())"
    mkdir(path, 0o700)
    atexit { Scratch.remove() }
    return path
  }()

  /// Removes what is in the folder.
  static func empty() { empty(folder) }

  private static func remove() {
    empty(folder)
    rmdir(folder)
  }

  private static func empty(_ path: String) {
    guard let names = opendir(path) else { return }
    while let entry = readdir(names) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard name != ".", name != "..", unlink("\(path)/\(name)") != 0 else { continue }
      empty("\(path)/\(name)")
      rmdir("\(path)/\(name)")
    }
    closedir(names)
  }

  /// What stands in a file; nil where it cannot be read.
  static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = Glibc.read(descriptor, &piece, piece.count), count > 0 { bytes += piece[..<count] }
    return bytes
  }

  /// Writes a file without waiting for anything.
  static func write(_ bytes: UnsafeRawBufferPointer, to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { return }
    _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    close(descriptor)
  }
}
