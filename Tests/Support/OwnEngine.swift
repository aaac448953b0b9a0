import Dispatch
import Tensors
import Testing

/// Each test runs in an engine of its own, with a thread that has entered it: tests run beside each other, and none sees what another
/// one does to its engine.
public struct OwnEngine: TestTrait, SuiteTrait, TestScoping {
  /// Of a suite, each test has one.
  public var isRecursive: Bool { true }

  /// Runs a test while the thread is in a new engine.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(EngineExecutor()) { try await function() }
  }
}

extension Trait where Self == OwnEngine {
  /// `@Test(.ownEngine)`.
  public static var ownEngine: Self { OwnEngine() }
}

/// Runs a task one piece at a time, with an engine entered.
private final class EngineExecutor: TaskExecutor {
  private let engine = Engine()
  /// On the threads that all tasks share: no more of them run at once than there are processors.
  private let queue = DispatchQueue(label: "test", target: .global())

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      do {
        try self.engine.run { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
      } catch {
        // The queue alone enters the engine, and waits for nobody.
        Issue.record(error)
      }
    }
  }
}
