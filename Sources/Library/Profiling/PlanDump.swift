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

  /// The passes are what is shown.
  public var tracesPlans: Bool { true }

  /// Writes the plan after each pass, with its number.
  public func planWasMade(_ trace: PlanTrace) {
    count += 1
    write("plan \(count)\n\(trace.text)\n")
    outer?.planWasMade(trace)
  }

  /// Passed on to the observer that was there before.
  public func planWillRun(_ plan: Plan, constants: [Double], isNew: Bool, planningSeconds: Double) {
    outer?.planWillRun(plan, constants: constants, isNew: isNew, planningSeconds: planningSeconds)
  }

  /// Passed on to the observer that was there before.
  public func kernelDidRun(_ step: Step, seconds: Double) { outer?.kernelDidRun(step, seconds: seconds) }
}
