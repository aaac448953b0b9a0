import Base
import Glibc

/// Runs work on a thread with a big stack, so that deep recursion in a script ends in an error of its own.
public enum BigStackThread {
  /// The size of that stack: 512 MiB of address space, of which only what is used takes memory; less where the process has limits.
  public static var stackSize: Int { Memory.stackSize(512 << 20) }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs `body` on a new thread and waits for it. Where no thread can be made it runs on the present one. `@Sendable`: else a
  /// closure in `main.swift` belongs to the main actor, and traps on any other thread.
  ///
  /// - Throws: what `body` throws.
  public static func run<Value>(_ body: @Sendable () throws -> Value) throws -> Value {
    try withoutActuallyEscaping(body) { body in
      var outcome: Result<Value, any Error>?
      let work = Work { outcome = Result { try body() } }
      if !start(work) { work.body() }
      guard let outcome else { return try body() }
      return try outcome.get()
    }
  }

  /// Starts a new thread that runs `body` and ends by itself; false where no thread can be made.
  public static func detach(_ body: @escaping @Sendable () -> Void) -> Bool {
    guard let thread = begin(Work(body)) else { return false }
    pthread_detach(thread)
    return true
  }

  private static func start(_ work: Work) -> Bool {
    guard let thread = begin(work) else { return false }
    pthread_join(thread, nil)
    return true
  }

  private static func begin(_ work: Work) -> pthread_t? {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return nil }
    defer { pthread_attr_destroy(&attributes) }
    guard pthread_attr_setstacksize(&attributes, stackSize) == 0 else { return nil }
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(work)
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, argument.toOpaque())
    guard code == 0 else {
      argument.release()
      return nil
    }
    return thread
  }
}
