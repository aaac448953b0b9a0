import Glibc

/// Does something on a thread of its own after a while.
enum WakeUp {
  private final class Work: Sendable {
    let seconds: Double
    let body: @Sendable () -> Void
    init(_ seconds: Double, _ body: @escaping @Sendable () -> Void) { (self.seconds, self.body) = (seconds, body) }
  }

  /// Does `body` after so many seconds; at once where no thread can be made for it.
  static func after(_ seconds: Double, _ body: @escaping @Sendable () -> Void) {
    let argument = Unmanaged.passRetained(Work(seconds, body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        usleep(UInt32(work.seconds * 1e6))
        work.body()
        return nil
      }, argument.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      argument.release()
      body()
    }
  }
}
