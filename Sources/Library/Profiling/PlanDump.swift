import Interpreter
import Tensors

/// Shows each plan that a session makes, after each pass of the planner: from `init` to `stop()`.
public final class PlanDump: ExecutionObserver {
  private let write: (String) -> Void
  private var count = 0
  private let session: Session
  private var outer: (any ExecutionObserver)?

  /// - Parameter write: Takes the text of a plan, without a line's end.
  /// - Throws: `TensorError` where another thread is at work in the session.
  public init(_ session: Session, write: @escaping (String) -> Void) throws {
    (self.session, self.write) = (session, write)
    outer = try session.inside { try Engine.exchangeObserver(self) }
  }

  /// Ends it.
  public func stop() {
    try? session.inside {
      let last = try Engine.exchangeObserver(outer)
      if let last, last !== self { _ = try Engine.exchangeObserver(last) }
    }
  }

  public var tracesPlans: Bool { true }

  public func planWasMade(_ trace: PlanTrace) {
    count += 1
    write("plan \(count)\n\(trace.text)\n")
    outer?.planWasMade(trace)
  }

  public func planWillRun(_ plan: Plan, constants: [Double], isNew: Bool, planningSeconds: Double) {
    outer?.planWillRun(plan, constants: constants, isNew: isNew, planningSeconds: planningSeconds)
  }

  public func kernelDidRun(_ step: Step, seconds: Double) { outer?.kernelDidRun(step, seconds: seconds) }
}
