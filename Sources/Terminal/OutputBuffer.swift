import Base
import Glibc

/// A file descriptor that is written in large pieces, in order. All output of the program goes through two of these.
public final class OutputBuffer {
  /// The stream's number: 1 for standard output, 2 for standard error.
  public let descriptor: Int32
  /// Whether nothing more can be written: the reader has gone (`gan … | head -1`), or there is a `failure`.
  public private(set) var isClosed = false
  /// Why the system does not take what is written: a full disk, a closed descriptor. Nil also where the reader has gone, which is no fault.
  public private(set) var failure: Descriptor.Failure?
  /// Called once when the reader has gone.
  public var onClose: (() -> Void)?
  /// Called once when there is a `failure`.
  public var onFailure: (() -> Void)?
  /// Written out after each line, for a person who watches.
  public var flushesLines: Bool
  private var bytes: [UInt8] = []
  private let capacity = 1 << 16

  /// A buffer of 64 KiB before a descriptor, which it does not close.
  public init(_ descriptor: Int32, flushesLines: Bool) {
    self.descriptor = descriptor
    self.flushesLines = flushesLines
  }

  /// Takes in a text; without line breaks or `flushesLines` it stays in the buffer until that is full.
  public func write(_ text: String) {
    guard !isClosed else { return }
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= capacity || (flushesLines && text.utf8.contains(UInt8(ascii: "\n"))) { flush() }
  }

  /// Hands everything on to the system, and waits as long as the reader is slow. Where it has gone, or the system does not take it, the
  /// rest is lost, and `isClosed` says so.
  public func flush() {
    guard !isClosed, !bytes.isEmpty else { return }
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { all -> Int in
        let rest = UnsafeRawBufferPointer(rebasing: all[start...])
        return Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if written > 0 {
        start += written
      } else if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if errno != EINTR {
        isClosed = true
        if errno != EPIPE { failure = .latest }
        break
      }
    }
    bytes.removeAll(keepingCapacity: true)
    guard isClosed else { return }
    if failure == nil { onClose?() } else { onFailure?() }
    (onClose, onFailure) = (nil, nil)
  }
}
