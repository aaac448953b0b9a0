import Glibc

/// An open file, read as the system gives it.
public struct Descriptor {
  /// The system's number for why it could not be done.
  public struct Failure: Error {
    /// An `errno`, as <errno.h> names it.
    public let code: Int32

    /// A failure for which a system call gave this `errno`.
    public init(code: Int32) { self.code = code }

    /// Of the system call that failed last on this thread.
    public static var latest: Failure { Failure(code: errno) }

    /// "No such file or directory".
    public var reason: String { String(cString: strerror(code)) }
  }

  /// The descriptor itself, which stays the caller's to close.
  public let number: Int32

  /// Reads an open descriptor from where it stands.
  public init(number: Int32) { self.number = number }

  /// Takes the places of standard streams that are closed (`gan … >&-`): else the first files that are opened would get their numbers, and
  /// what is printed would go into one of them. Reading and writing them stays an error.
  public static func reserveStandardStreams() {
    for number in Int32(0)...2 where fcntl(number, F_GETFD) < 0 {
      // The lowest number that is free is this one.
      _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// All bytes of the file at a path; links are followed.
  public static func contents(of path: String) throws(Failure) -> [UInt8] {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw Failure(code: errno) }
    defer { close(number) }
    return try Descriptor(number: number).rest()
  }

  /// The whole file at a path as text; what is no UTF-8 becomes U+FFFD.
  public static func text(of path: String) throws(Failure) -> String {
    String(decoding: try contents(of: path), as: UTF8.self)
  }

  /// All bytes up to the end; of a pipe, until the last writer has closed it.
  public func rest() throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var failure: Failure?
      let count = piece.withUnsafeMutableBufferPointer { buffer in
        do throws(Failure) { return try fill(buffer) } catch {
          failure = error
          return 0
        }
      }
      if let failure { throw failure }
      bytes.append(contentsOf: piece[..<count])
      if count < piece.count { return bytes }
    }
  }

  /// Reads until the buffer is full or the file ends; the number of bytes read.
  public func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int {
    guard let start = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let received = read(number, start + filled, min(buffer.count - filled, 1 << 30))
      if received > 0 {
        filled += received
      } else if received == 0 {
        break
      } else if errno != EINTR {
        throw Failure(code: errno)
      }
    }
    return filled
  }
}
