import Base
import Glibc

/// Whether the process is still there that has started the kernel and says that the kernel is to end with it (`JPY_PARENT_PID`).
struct ParentWatch {
  private let parent: pid_t
  /// Another process that was named, such as the server above a shell that has started the kernel; nil where it is the parent itself.
  private let named: pid_t?
  private let isOn: Bool

  init() {
    parent = getppid()
    let text = getenv("JPY_PARENT_PID").map { String(cString: $0) } ?? ""
    let number = pid_t(text) ?? 0
    isOn = number > 0
    // Where it cannot be seen from here, as from within a container, it says nothing.
    named = number > 0 && number != parent && kill(number, 0) == 0 ? number : nil
  }

  /// Whether it has ended.
  var isOver: Bool {
    guard isOn else { return false }
    if getppid() != parent { return true }
    return named.map { kill($0, 0) != 0 && errno == ESRCH } ?? false
  }
}

/// The signals that a kernel gets: they wake the I/O thread, which looks what has come.
enum KernelSignals {
  // Written before the handlers are installed that read them.
  nonisolated(unsafe) private static var handle: Int32 = -1
  nonisolated(unsafe) private static var wasInterrupted: sig_atomic_t = 0
  nonisolated(unsafe) private static var wasEnded: sig_atomic_t = 0

  /// From now on SIGINT and SIGTERM wake the thread of this handle of a `WakePipe`.
  static func watch(waking handle: Int32) {
    self.handle = handle
    SignalHandler.install(SIGINT) { _ in
      KernelSignals.wasInterrupted = 1
      WakePipe.wake(KernelSignals.handle)
    }
    SignalHandler.install(SIGTERM) { _ in
      KernelSignals.wasEnded = 1
      WakePipe.wake(KernelSignals.handle)
    }
  }

  /// Whether SIGINT has come since the last call.
  static func takeInterrupt() -> Bool {
    guard wasInterrupted != 0 else { return false }
    wasInterrupted = 0
    return true
  }

  /// Whether SIGTERM has come.
  static var isEnded: Bool { wasEnded != 0 }
}
