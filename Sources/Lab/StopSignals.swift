import Base
import Glibc

/// The signals by which somebody wants an end.
struct StopSignals {
  // Read in the handler; set before it is installed.
  nonisolated(unsafe) private static var handle: Int32 = -1
  private let pipe = WakePipe()

  /// From now on they are noted.
  init() {
    Self.handle = pipe.handle
    for number in [SIGINT, SIGTERM, SIGHUP] { SignalHandler.install(number) { _ in WakePipe.wake(StopSignals.handle) } }
  }

  /// Waits for the next one.
  func wait() {
    while pipe.next() == nil {
      var input = pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)
      _ = poll(&input, 1, -1)
    }
  }
}
