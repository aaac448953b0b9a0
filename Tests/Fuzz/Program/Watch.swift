import Glibc
import Interpreter
import Synchronization

/// Stops what runs for too long, from a thread of its own, as a person would who presses Ctrl-C until it helps.
final class Watch: Sendable {
  private struct Duty {
    var interrupter: Interrupter?
    /// In milliseconds of the steady clock.
    var deadline = 0
  }

  private let duty = Mutex(Duty())
  private let milliseconds: Int

  init(milliseconds: Int) {
    self.milliseconds = milliseconds
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Watch>.fromOpaque(argument).takeRetainedValue().look() }
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  /// Runs `body`, and asks it to stop once its time is over.
  func limit(_ interrupter: Interrupter, _ body: () -> Void) {
    let deadline = Watch.now + milliseconds
    duty.withLock { $0 = Duty(interrupter: interrupter, deadline: deadline) }
    body()
    duty.withLock { $0 = Duty() }
  }

  private func look() {
    while true {
      usleep(5_000)
      duty.withLock { duty in
        guard let interrupter = duty.interrupter, Watch.now >= duty.deadline else { return }
        interrupter.interrupt()
      }
    }
  }

  private static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
