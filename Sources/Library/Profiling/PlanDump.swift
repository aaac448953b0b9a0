import Tensors

/// Shows each plan that is made, after each pass of the planner: from `init` to `stop()`.
public final class PlanDump: ExecutionObserver {
  private let write: (String) -> Void
  private var count = 0
  private let outer: (any ExecutionObserver)?

  /// - Parameter write: Takes the text of a plan, without a line's end.
  public init(write: @escaping (String) -> Void) {
    self.write = write
    outer = Executor.observer
    Executor.observer = self
  }

  /// Ends it.
  public func stop() { if Executor.observer === self { Executor.observer = outer } }

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
