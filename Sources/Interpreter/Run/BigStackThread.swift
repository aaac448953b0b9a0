import Base
import Glibc

/// Runs work on a thread with a big stack, so that deep recursion in a script ends in an error of its own.
public enum BigStackThread {
  /// The size of that stack: 512 MiB of address space, of which only what is used takes memory; less where the process has limits.
  public static var stackSize: Int { Memory.stackSize(512 << 20) }

  /// Runs `body` on a new thread and waits for it. Where no thread can be made it runs on the present one. `@Sendable`: else a
  /// closure in `main.swift` belongs to the main actor, and traps on any other thread.
  ///
  /// - Throws: what `body` throws.
  public static func run<Value>(_ body: @Sendable () throws -> Value) throws -> Value {
    try withoutActuallyEscaping(body) { body in
      var outcome: Result<Value, any Error>?
      let work = { outcome = Result { try body() } }
      if let thread = Threads.begin(stackSize: stackSize, work) { pthread_join(thread, nil) } else { work() }
      guard let outcome else { return try body() }
      return try outcome.get()
    }
  }

  /// Starts a new thread that runs `body` and ends by itself; false where no thread can be made.
  public static func detach(_ body: @escaping @Sendable () -> Void) -> Bool { Threads.start(stackSize: stackSize, body) }
}
