import Kernels

/// What a graph's structure was turned into: steps over numbered buffers. It is bound to memory anew each time it runs.
public final class Plan {
  /// The numbers of fills are gathered in this buffer, and the values of nodes in the others.
  static let constants = PlanBuffers.constants

  typealias Location = BufferLocation

  let steps: [Step]
  /// From this step on leaves are written over, and the plan must run to its end.
  let firstReplacing: Int
  /// Of the values in buffers 1, 2, …; buffers beyond them hold what steps need for themselves.
  let shapes: [Shape]
  let locations: [Location]
  /// Places of the fills whose numbers are the constants, in order.
  let constantPlaces: [Int]
  /// Places of the random nodes, in the order of the steps' key numbers.
  let keyPlaces: [Int]
  /// For each output: its place, and the buffer that becomes its storage.
  let outputs: [(place: Int, buffer: Int)]
  let arenaCount: Int
  /// Floats of scratch that a thread needs.
  let scratchCount: Int

  /// What runs, made of the values that the passes have left.
  /// - Throws: `TensorError` where a step is none that can be run.
  init(_ draft: PlanDraft) throws {
    steps = try draft.steps.map { try $0.executable() }
    firstReplacing = draft.firstReplacing
    shapes = draft.graph.values.map(\.shape)
    locations = draft.locations
    (constantPlaces, keyPlaces) = (draft.buffers.constantPlaces, draft.buffers.keyPlaces)
    outputs = draft.outputs
    arenaCount = draft.arenaCount
    scratchCount = draft.steps.reduce(0) { max($0, $1.work.scratchCount) }
  }
}

/// What runs of a step of a plan.
public class Step {
  /// The step as a value: what it computes, on which buffers.
  let planned: PlannedStep
  /// What it does and over what shape, for those who look where the time goes.
  public private(set) lazy var name = planned.work.name
  /// Whether it is a matrix product or made of them, such as a convolution: compute-bound work, that has a lower limit.
  public var isProduct: Bool { planned.work.isContraction }
  /// Multiplications and additions.
  public private(set) lazy var flops = planned.work.flops
  /// Bytes read and written, if each operand is touched once.
  public private(set) lazy var bytes = planned.work.bytes

  init(_ planned: PlannedStep) { self.planned = planned }

  /// Runs on bound buffers.
  func run(_ context: ExecutionContext) {}
}

/// Memory and threads of one run of a plan.
struct ExecutionContext {
  let buffers: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  let keys: UnsafePointer<gan_key>?
  let pool: Workers
  let scratch: UnsafeMutablePointer<Float>
  let scratchStride: Int

  func scratch(of worker: Int) -> UnsafeMutablePointer<Float> { scratch + worker * scratchStride }

  /// The memory of a buffer, if it has any (an empty tensor has none).
  subscript(buffer: Int) -> UnsafeMutablePointer<Float>? { buffers[buffer] }

  /// The memory of a buffer from an offset on.
  subscript(place: BufferPlace) -> UnsafeMutablePointer<Float>? { buffers[place.buffer].map { $0 + place.offset } }
}
