import Glibc

/// An open file, read as the system gives it.
public struct Descriptor {
  /// The system's number for why it could not be done.
  public struct Failure: Error {
    /// An `errno`, as <errno.h> names it.
    public let code: Int32
    /// What is there instead of something that can be read: "a device".
    public let noun: String?

    /// A failure for which a system call gave this `errno`.
    public init(code: Int32, noun: String? = nil) {
      self.code = code
      self.noun = noun
    }

    /// Of the system call that failed last on this thread.
    public static var latest: Failure { Failure(code: errno) }

    /// "No such file or directory", "It is a device".
    public var reason: String { noun.map { "It is \($0)" } ?? String(cString: strerror(code)) }
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

  /// Longer texts are refused: no program is so long, and what never ends would fill the memory. 64 MiB.
  public static let mostText = 64 << 20

  /// All bytes of the file at a path; links are followed. Of a pipe (`/dev/stdin`, `<(…)`), what comes through it. Waits neither for somebody
  /// to open a pipe nor for a device.
  ///
  /// - Throws: `Failure`, also for more than `mostText` bytes.
  public static func contents(of path: String) throws(Failure) -> [UInt8] {
    guard !path.utf8.contains(0) else { throw Failure(code: ENOENT) }
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard number >= 0 else {
      var facts = stat()
      // Sockets, and devices that are not there, cannot be opened at all.
      if errno == ENXIO, stat(path, &facts) == 0 { throw Failure(code: ENXIO, noun: FileNature(facts).noun) }
      throw Failure(code: errno)
    }
    defer { close(number) }
    let descriptor = Descriptor(number: number)
    guard let nature = FileNature(descriptor: number) else { throw .latest }
    try descriptor.refuse(nature)
    let first: [UInt8] = if case .pipe = nature { try descriptor.firstByte() } else { [] }
    _ = fcntl(number, F_SETFL, 0)
    return first + (try descriptor.rest(limit: mostText))
  }

  /// The first byte of a pipe that was opened without waiting; none where its writers have not written yet, or have closed it.
  ///
  /// - Throws: `Failure` where nobody has it open for writing, and nobody opens it within a moment.
  private func firstByte() throws(Failure) -> [UInt8] {
    var byte: UInt8 = 0
    var hasWaited = false
    while true {
      let count = read(number, &byte, 1)
      if count > 0 { return [byte] }
      if count < 0, errno == EINTR { continue }
      // EAGAIN: there is a writer.
      if count < 0 || hasWaited { return [] }
      // A writer that waits to open it does so now that there is a reader.
      var wait = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 200) > 0 else { throw Failure(code: ENXIO, noun: "a pipe into which nobody writes") }
      hasWaited = true
    }
  }

  /// All bytes that come through standard input.
  ///
  /// - Throws: `Failure`, also for a device that never ends, and for more than `mostText` bytes.
  public static func standardInput() throws(Failure) -> [UInt8] {
    guard let nature = FileNature(descriptor: 0) else { throw .latest }
    let descriptor = Descriptor(number: 0)
    if case .socket = nature { return try descriptor.rest(limit: mostText) }
    try descriptor.refuse(nature)
    return try descriptor.rest(limit: mostText)
  }

  /// Refuses what has no end, or cannot be read.
  private func refuse(_ nature: FileNature) throws(Failure) {
    switch nature {
    case .file, .pipe, .terminal, .sink(endsAtOnce: true): return
    case .folder, .socket, .sink(endsAtOnce: false), .device: throw Failure(code: EINVAL, noun: nature.noun)
    }
  }

  /// The whole file at a path as text; what is no UTF-8 becomes U+FFFD.
  public static func text(of path: String) throws(Failure) -> String {
    String(decoding: try contents(of: path), as: UTF8.self)
  }

  /// All bytes up to the end; of a pipe, until the last writer has closed it. More than `limit` of them are a failure.
  public func rest(limit: Int = .max) throws(Failure) -> [UInt8] {
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
      guard bytes.count <= limit else { throw Failure(code: EFBIG) }
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
