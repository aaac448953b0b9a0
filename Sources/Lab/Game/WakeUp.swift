import Frontend
import Glibc

/// Lets a host that waits look again after a while.
enum WakeUp {
  private final class Work: Sendable {
    let seconds: Double
    let host: SessionHost
    init(_ seconds: Double, _ host: SessionHost) { (self.seconds, self.host) = (seconds, host) }
  }

  /// Wakes the host after so many seconds; at once where no thread can be made for it.
  static func ring(after seconds: Double, _ host: SessionHost) {
    let argument = Unmanaged.passRetained(Work(seconds, host))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
        usleep(UInt32(work.seconds * 1e6))
        work.host.wake()
        return nil
      }, argument.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      argument.release()
      host.wake()
    }
  }
}
