import Glibc

/// The text of a script's file.
enum FileText {
  struct Trouble: Error {
    var reason: String
  }

  static func read(path: String) throws -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Trouble(reason: String(cString: strerror(errno))) }
    defer { close(file) }
    return try read(descriptor: file)
  }

  static func read(descriptor: Int32) throws -> String {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw Trouble(reason: String(cString: strerror(errno)))
      }
      bytes.append(contentsOf: piece[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
