import Base
import Kernels

/// Thrown where a computation was stopped between two of its kernels. Nothing has changed.
public struct Interrupted: Error {
  /// The error of a computation that was stopped.
  public init() {}
}

/// Told about the plans that run, and about each of their kernels, in order.
public protocol ExecutionObserver: AnyObject {
  /// A plan begins. `constants` are the numbers of its fills in this run; `isNew` says that it was made for this run, and
  /// `planningSeconds` how long it took to make or to find it.
  func planWillRun(_ plan: Plan, constants: [Double], isNew: Bool, planningSeconds: Double)
  func kernelDidRun(_ step: Step, seconds: Double)

  /// Whether `planWasMade` shall be told what each pass made of new plans.
  var tracesPlans: Bool { get }
  func planWasMade(_ trace: PlanTrace)
}

extension ExecutionObserver {
  /// Nothing, for an observer of kernels alone.
  public func planWillRun(_ plan: Plan, constants: [Double], isNew: Bool, planningSeconds: Double) {}
  /// The passes of the planner are not looked at.
  public var tracesPlans: Bool { false }
  /// Nothing, for an observer that does not trace plans.
  public func planWasMade(_ trace: PlanTrace) {}
}

/// Runs plans.
enum Executor {
  /// Runs `plan` on the nodes of `order`, the walk it was made for (or one of the same structure), and sets the storage of the outputs.
  static func run(_ plan: Plan, _ order: Graph.Order, for engine: Engine, on workers: Workers) throws {
    var storages = [Storage?](repeating: nil, count: plan.locations.count)
    for (buffer, location) in plan.locations.enumerated() {
      switch location {
      case .leaf(let place), .replaced(let place): storages[buffer] = order.withNode(place) { $0.storage }
      case .output(let count): storages[buffer] = try Storage(count: count)
      case .arena, .none: break
      }
    }
    let arena = try Storage(count: plan.arenaCount, isArena: true)
    let constants = try Storage(count: plan.constantPlaces.count)
    for (index, place) in plan.constantPlaces.enumerated() {
      constants.pointer[index] = Float(order.withNode(place) { $0.value })
    }
    let scratchStride = (plan.scratchCount + 15) / 16 * 16
    let scratch = try Storage(count: scratchStride * workers.threadCount)
    let keys = plan.keyPlaces.map { place in order.withNode(place) { gan_key(seed: $0.key.seed, stream: $0.key.stream) } }

    try withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Float>?.self, capacity: plan.locations.count) { table in
      for (buffer, location) in plan.locations.enumerated() {
        switch location {
        case .leaf, .output, .replaced: table.initializeElement(at: buffer, to: storages[buffer]?.pointer)
        case .arena(let offset): table.initializeElement(at: buffer, to: arena.pointer + offset)
        case .none: table.initializeElement(at: buffer, to: buffer == Plan.constants ? constants.pointer : nil)
        }
      }
      try keys.withUnsafeBufferPointer { keys in
        guard let buffers = table.baseAddress else { return }
        let context = ExecutionContext(
          buffers: buffers, keys: keys.baseAddress, pool: workers, scratch: scratch.pointer, scratchStride: scratchStride)
        try run(plan, context, for: engine)
      }
    }
    for output in plan.outputs { order[output.place].storage = storages[output.buffer] }
    for case .replaced(let place) in plan.locations { order[place].giveUpStorage() }
  }

  private static func run(_ plan: Plan, _ context: ExecutionContext, for engine: Engine) throws {
    let (observer, shouldStop) = (engine.observer, engine.shouldStop)
    for (number, step) in plan.steps.enumerated() {
      if number < plan.firstReplacing, let shouldStop, shouldStop() { throw Interrupted() }
      if let observer {
        let start = now()
        step.run(context)
        observer.kernelDidRun(step, seconds: now() - start)
      } else {
        step.run(context)
      }
    }
  }

  /// Seconds of a steady clock.
  static func now() -> Double { SteadyClock.seconds }
}
