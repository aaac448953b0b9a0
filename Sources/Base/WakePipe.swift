import Glibc

/// A pipe by which a thread that waits at one end is woken: from any thread, and from a signal handler.
public struct WakePipe: Sendable {
  /// Bytes come here; -1 where the system has given no pipe, and `errno` says why.
  public let readEnd: Int32
  private let writeEnd: Int32

  /// A pipe at which nobody has to wait: reading and writing return at once. It stays open until `close`.
  public init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// How a signal handler wakes, which may look at no more than a word: with this.
  public var handle: Int32 { writeEnd }

  /// Wakes the thread at the end of a `handle`. In a handler too; nothing for a handle of -1.
  public static func wake(_ handle: Int32, with byte: UInt8 = 1) {
    guard handle >= 0 else { return }
    let kept = errno
    var byte = byte
    _ = write(handle, &byte, 1)
    errno = kept
  }

  /// Wakes the thread that waits.
  public func wake() { Self.wake(writeEnd) }

  /// The next byte that has come; nil where none has.
  public func next() -> UInt8? { Self.next(readEnd) }

  /// The next byte that has come to a read end; nil where none has.
  public static func next(_ readEnd: Int32) -> UInt8? {
    var byte: UInt8 = 0
    return read(readEnd, &byte, 1) == 1 ? byte : nil
  }

  /// Takes all that has come.
  public func drain() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) == bytes.count {}
  }

  /// Gives it back to the system; nobody may wake through it any more.
  public func close() {
    for end in [readEnd, writeEnd] where end >= 0 { _ = Glibc.close(end) }
  }
}
