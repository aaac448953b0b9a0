import Kernels

/// What a graph's structure was turned into: steps over numbered buffers. It is bound to memory anew each time it runs.
public final class Plan {
  /// The numbers of fills are gathered in this buffer, and the values of nodes in the others.
  static let constants = 0

  enum Location {
    /// Storage of the node at this place of the walk.
    case leaf(place: Int)
    /// New storage, that the outputs of these places share.
    case output(count: Int)
    /// Storage of the leaf at this place, which an output is written over: the leaf then has none.
    case replaced(place: Int)
    /// Floats of the arena from here on.
    case arena(offset: Int)
    /// Read and written by no one.
    case none
  }

  let steps: [Step]
  /// From this step on leaves are written over, and the plan must run to its end.
  let firstReplacing: Int
  /// Of the values in buffers 1, 2, …; buffers beyond them hold parts of sums.
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

  init(
    steps: [Step], firstReplacing: Int, shapes: [Shape], locations: [Location], constantPlaces: [Int], keyPlaces: [Int],
    outputs: [(place: Int, buffer: Int)],
    arenaCount: Int
  ) {
    self.steps = steps
    self.firstReplacing = firstReplacing
    self.shapes = shapes
    self.locations = locations
    self.constantPlaces = constantPlaces
    self.keyPlaces = keyPlaces
    self.outputs = outputs
    self.arenaCount = arenaCount
    scratchCount = steps.reduce(0) { max($0, $1.scratchCount) }
  }
}

/// One kernel of a plan.
public class Step {
  private let givenName: String
  /// What it does and over what shape, for those who look where the time goes.
  public var name: String { givenName }
  /// Whether it is a matrix product or made of them, such as a convolution: work that has a lower limit.
  public var isProduct: Bool { false }
  public let flops: Double
  /// Bytes read and written, if each operand is touched once.
  public let bytes: Double
  /// Buffers.
  let reads: [Int]
  let writes: [Int]
  /// Floats of scratch that a thread needs.
  let scratchCount: Int
  /// Buffers that have no memory of their own, because only parts of them live, and only within the step.
  var within: [Int] { [] }

  init(name: String, flops: Double, bytes: Double, reads: [Int], writes: [Int], scratchCount: Int = 0) {
    givenName = name
    self.flops = flops
    self.bytes = bytes
    self.reads = reads
    self.writes = writes
    self.scratchCount = scratchCount
  }

  /// Whether the numbers of buffer `new` can be written over those of `old`, of the same count: each of the old ones is read
  /// only where the new one of the same place is made, and not after that.
  func canWrite(_ new: Int, over old: Int) -> Bool { false }

  /// Runs on bound buffers.
  func run(_ context: ExecutionContext) {}

  /// What it computes, a line for each of its results.
  func formulas(_ notation: PlanNotation) -> [String] {
    let operation = String(name.prefix { $0 != "[" && !$0.isNumber }).split(separator: " ").joined(separator: " ")
    return ["\(notation.results(writes)) = \(operation)(\(notation.operands(reads)))"]
  }
}

/// Memory and threads of one run of a plan.
struct ExecutionContext {
  let buffers: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
  let keys: UnsafePointer<gan_key>?
  let pool: ThreadPool
  let scratch: UnsafeMutablePointer<Float>
  let scratchStride: Int

  func scratch(of worker: Int) -> UnsafeMutablePointer<Float> { scratch + worker * scratchStride }

  /// The memory of a buffer, if it has any (an empty tensor has none).
  subscript(buffer: Int) -> UnsafeMutablePointer<Float>? { buffers[buffer] }
}
