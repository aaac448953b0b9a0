import Glibc

/// Threads of the system, each for one piece of work.
public enum Threads {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Begins a thread that does `body` and ends; it is to be joined or detached. nil where the system gives none, and `body` is not done.
  ///
  /// - Parameter stackSize: in bytes; nil: as much as the system gives.
  public static func begin(stackSize: Int? = nil, _ body: @escaping () -> Void) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    if let stackSize { guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil } }
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
    return thread
  }

  /// Does `body` on a thread that nobody waits for; false where the system gives none.
  @discardableResult
  public static func start(stackSize: Int? = nil, _ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = begin(stackSize: stackSize, body) else { return false }
    pthread_detach(thread)
    return true
  }
}
