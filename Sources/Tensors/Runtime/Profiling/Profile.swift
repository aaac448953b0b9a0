/// Where the time of a piece of work goes: from `init` to `stop()`, which belong in one another like brackets. What happens is told to
/// the observer that was there before, too.
public final class Profile: ExecutionObserver {
  /// All runs of the kernels of one name.
  public struct Kernel {
    /// Its kind and shape: "product 64×1024×6272".
    public let name: String
    /// Whether it is a matrix product, or made of them.
    public let isProduct: Bool
    /// How often it ran.
    public fileprivate(set) var calls = 0
    /// The time of all its runs.
    public fileprivate(set) var seconds = 0.0
    /// The multiplications and additions of all its runs.
    public fileprivate(set) var flops = 0.0
    /// Read and written, if each operand is touched once a call.
    public fileprivate(set) var bytes = 0.0
  }

  /// All runs of one plan.
  public struct PlanRuns {
    fileprivate let plan: Plan
    fileprivate var constants: [Double] = []
    fileprivate var lastRun = 0
    /// How often it ran.
    public fileprivate(set) var runs = 0
    /// Of each step, over all runs.
    public fileprivate(set) var stepSeconds: [Double]
    /// The time of all its kernels in all runs.
    public fileprivate(set) var seconds = 0.0

    /// The plan as a person reads it, with the numbers of its last run.
    public var reading: PlanReading { PlanReading(plan, constants: constants) }
  }

  /// From the beginning to `stop()`.
  public private(set) var wallSeconds = 0.0
  /// Spent on looking for plans and on making them.
  public private(set) var planningSeconds = 0.0
  /// Plans that did not exist before.
  public private(set) var plansMade = 0
  /// Runs of plans that were there already.
  public private(set) var plansReused = 0
  /// The most bytes of tensors, and of what lay between the steps of a plan, at one time.
  public private(set) var peakBytes = 0
  private var kernelsByName: [String: Kernel] = [:]
  private var plansByIdentity: [ObjectIdentifier: PlanRuns] = [:]

  private let engine: Engine
  private let outer: (any ExecutionObserver)?
  private let startSeconds = Executor.now()
  private let outerPeak: Int
  private var isStopped = false
  private var current: (plan: ObjectIdentifier, step: Int)?

  /// No more plans than this are kept in mind.
  private static let planLimit = 256

  /// Begins to look at the engine that is entered.
  /// - Throws: `TensorError` where none is.
  public init() throws {
    engine = try Engine.needed()
    outer = engine.observer
    outerPeak = engine.memory.beginPeak()
    engine.observer = self
  }

  /// Ends it; from then on the numbers stay as they are.
  public func stop() {
    guard !isStopped else { return }
    isStopped = true
    wallSeconds = Executor.now() - startSeconds
    peakBytes = engine.memory.endPeak(before: outerPeak)
    // Where another thread is at work in the engine nobody will ask this profile again: it is not held there.
    try? engine.run { engine.observer = outer }
  }

  /// Those that took the most time first.
  public var kernels: [Kernel] {
    kernelsByName.values.sorted { $0.seconds == $1.seconds ? $0.name < $1.name : $0.seconds > $1.seconds }
  }

  /// The time of all kernels.
  public var kernelSeconds: Double { kernelsByName.values.reduce(0) { $0 + $1.seconds } }

  /// The plans that took at least a tenth of the kernels' time, at most `limit` of them, in the order in which they last ran.
  public func mainPlans(limit: Int) -> [PlanRuns] {
    let least = kernelSeconds / 10
    return plansByIdentity.values.filter { $0.seconds > 0 && $0.seconds >= least }.sorted { $0.seconds > $1.seconds }
      .prefix(limit).sorted { $0.lastRun < $1.lastRun }
  }

  // MARK: Observing

  /// As the observer that was there before wants it.
  public var tracesPlans: Bool { outer?.tracesPlans ?? false }

  /// Passed on to the observer that was there before.
  public func planWasMade(_ trace: PlanTrace) { outer?.planWasMade(trace) }

  /// Counts a run, and the time to plan it.
  public func planWillRun(_ plan: Plan, constants: [Double], isNew: Bool, planningSeconds: Double) {
    self.planningSeconds += planningSeconds
    if isNew { plansMade += 1 } else { plansReused += 1 }
    let identity = ObjectIdentifier(plan)
    if plansByIdentity[identity] == nil, plansByIdentity.count >= Self.planLimit { forgetSmallPlans() }
    var runs =
      plansByIdentity[identity] ?? PlanRuns(plan: plan, stepSeconds: [Double](repeating: 0, count: plan.steps.count))
    runs.runs += 1
    runs.constants = constants
    runs.lastRun = plansMade + plansReused
    plansByIdentity[identity] = runs
    current = (identity, 0)
    outer?.planWillRun(plan, constants: constants, isNew: isNew, planningSeconds: planningSeconds)
  }

  /// Adds the time of a kernel to it and to its plan.
  public func kernelDidRun(_ step: Step, seconds: Double) {
    let name = step.name
    kernelsByName[name, default: Kernel(name: name, isProduct: step.isProduct)].add(step, seconds: seconds)
    if let (plan, place) = current {
      plansByIdentity[plan]?.add(seconds, toStep: place)
      current?.step += 1
    }
    outer?.kernelDidRun(step, seconds: seconds)
  }

  private func forgetSmallPlans() {
    for entry in plansByIdentity.sorted(by: { $0.value.seconds < $1.value.seconds }).prefix(Self.planLimit / 4) {
      plansByIdentity[entry.key] = nil
    }
  }
}

extension Profile.Kernel {
  fileprivate mutating func add(_ step: Step, seconds: Double) {
    calls += 1
    self.seconds += seconds
    flops += step.flops
    bytes += step.bytes
  }
}

extension Profile.PlanRuns {
  fileprivate mutating func add(_ seconds: Double, toStep place: Int) {
    self.seconds += seconds
    if stepSeconds.indices.contains(place) { stepSeconds[place] += seconds }
  }
}
