import Base
import Glibc

/// Does something on a thread of its own after a while.
enum WakeUp {
  /// Does `body` after so many seconds; at once where no thread can be made for it.
  static func after(_ seconds: Double, _ body: @escaping @Sendable () -> Void) {
    let isStarted = Threads.start {
      usleep(UInt32(seconds * 1e6))
      body()
    }
    if !isStarted { body() }
  }
}
