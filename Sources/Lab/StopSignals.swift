import Glibc

/// The signals by which somebody wants an end.
struct StopSignals {
  // Read in the handler, which may do no more than write a byte; set before it is installed.
  nonisolated(unsafe) private static var pipeEnd: Int32 = -1
  private let descriptor: Int32

  /// From now on they are noted.
  init() {
    var ends: [Int32] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    descriptor = ends[0]
    Self.pipeEnd = ends[1]
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { _ in
        let kept = errno
        var byte: UInt8 = 1
        _ = write(StopSignals.pipeEnd, &byte, 1)
        errno = kept
      }
      action.sa_flags = Int32(SA_RESTART)
      sigemptyset(&action.sa_mask)
      sigaction(number, &action, nil)
    }
  }

  /// Waits for the next one.
  func wait() {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) < 0, errno == EINTR {}
  }
}
