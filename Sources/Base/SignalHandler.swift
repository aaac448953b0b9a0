import Glibc

/// What is done inside of a signal.
public enum SignalHandler {
  /// Calls `handler` at each signal of this number from now on; system calls that it interrupts go on. It may do only what is safe there.
  public static func install(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = Int32(SA_RESTART)
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
  }
}
