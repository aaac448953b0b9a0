import Kernels

/// A fused kernel in the making. Each pass goes on from what those before it found; they stand here and in `FusedKernelDraft+…` in the
/// order in which they run.
struct FusedKernelDraft {
  let members: [Int]
  let lowering: Lowering
  let buffers: PlanBuffers
  /// Members whose numbers someone else reads.
  let kept: Set<Int>
  /// The matrix whose blocks the kernel is to go on with.
  let following: FusedKernel.Following?
  /// The place of a value among the members.
  let positions: [Int: Int]

  var kernel: FusedKernel
  /// Where axes of the space begin, as products of sizes, ascending.
  var cuts = [1]
  var readings: [Reading] = []
  /// For each member what it reads, and of reductions the strides of the result.
  var operands: [[Operand]] = []
  var reducing: [(member: Int, strides: [Int])] = []
  /// The slots of readings and of members.
  var slotOfReading: [FusedKernel.Slot] = []
  var slotOfMember: [FusedKernel.Slot?]
  /// Virtual registers so far; each is written once.
  var registerSlots = 0
  /// For each virtual register, the last instruction that reads it.
  var lastUses: [Int] = []

  /// A way of reading memory.
  struct Reading: Hashable {
    var buffer: Int
    var offset: Int
    /// Along the axes of the space, innermost first.
    var strides: [Int]
  }

  enum Operand {
    /// Another member, by its position.
    case member(Int)
    case reading(Int)
  }

  /// The kernel of a group; nil where it cannot go on with the blocks of the matrix that it is to follow.
  /// - Parameters:
  ///   - members: Values of one group, inputs first.
  ///   - kept: Members whose numbers someone else reads.
  /// - Throws: `TensorError` where the work has too many axes or operands for one kernel.
  static func kernel(
    _ members: [Int], kept: Set<Int>, lowering: Lowering, buffers: PlanBuffers, following: FusedKernel.Following? = nil
  ) throws -> FusedKernel? {
    var draft = FusedKernelDraft(members, kept: kept, lowering: lowering, buffers: buffers, following: following)
    if draft.kernel.elements == 0 { return draft.kernelOfNothing() }
    guard draft.findAxes() else { return nil }
    draft.findReadings()
    try draft.joinAxes()
    guard draft.chooseTiles() else { return nil }
    draft.placeLoads()
    draft.writeInstructions()
    draft.findLastUses()
    try draft.assignRegisters()
    draft.pairInstructions()
    draft.addStores()
    draft.addReductions()
    guard draft.cutWork() else { return nil }
    return draft.kernel
  }

  private init(
    _ members: [Int], kept: Set<Int>, lowering: Lowering, buffers: PlanBuffers, following: FusedKernel.Following?
  ) {
    (self.members, self.kept, self.lowering) = (members, kept, lowering)
    (self.buffers, self.following) = (buffers, following)
    var positions: [Int: Int] = [:]
    for (position, member) in members.enumerated() { positions[member] = position }
    self.positions = positions
    slotOfMember = [FusedKernel.Slot?](repeating: nil, count: members.count)
    let first = members.first { lowering.kinds[$0] == .reduction } ?? members.first
    kernel = FusedKernel(members: members, space: first.map { Self.space(of: $0, lowering) } ?? .scalar)
  }

  /// What a member goes over: a reduction over its input.
  private static func space(of member: Int, _ lowering: Lowering) -> Shape {
    let values = lowering.graph.values
    return lowering.kinds[member] == .reduction ? values[values[member].inputs[0]].shape : values[member].shape
  }

  func space(of member: Int) -> Shape { Self.space(of: member, lowering) }

  // MARK: Nothing to do

  /// Sums over nothing still have a value: the identity, which a run sets.
  private func kernelOfNothing() -> FusedKernel {
    var kernel = kernel
    for member in members {
      let value = lowering.graph.values[member]
      guard case .reduce(let reduction, _) = value.operation else { continue }
      kernel.reductions.append(
        FusedKernel.Accumulation(
          reduction: reduction, slot: nil, result: PlanBuffers.buffer(of: member), count: value.shape.count, strides: []))
    }
    kernel.writes = members.map(PlanBuffers.buffer(of:))
    return kernel
  }

  // MARK: Axes and operands

  /// The axes: all places where one of a member begins. False where those of the matrix to follow are not among them.
  private mutating func findAxes() -> Bool {
    for member in members { cuts = Grouping.merged(cuts, Grouping.cuts(of: space(of: member))) ?? cuts }
    guard let following else { return true }
    guard let both = Grouping.merged(cuts, following.cuts) else { return false }
    cuts = both
    return true
  }

  /// Strides along the axes (innermost first) from strides along the axes of a shape.
  private func alongAxes(_ sizes: [Int], _ strides: [Int]) -> [Int] {
    var result = [Int](repeating: 0, count: cuts.count - 1)
    var low = 1
    var axis = 0
    for (size, step) in zip(sizes, strides).reversed() where size != 1 {
      let high = low &* size
      while axis < result.count, cuts[axis + 1] <= high {
        result[axis] = step &* (cuts[axis] / low)
        axis += 1
      }
      low = high
    }
    return result
  }

  /// What is read, and what reductions write, along the axes. Equal readings are one.
  private mutating func findReadings() {
    var known: [Reading: Int] = [:]
    operands.reserveCapacity(members.count)
    for (position, member) in members.enumerated() {
      let value = lowering.graph.values[member]
      operands.append(value.inputs.map { operand($0, &known) })
      if case .reduce(_, let axes) = value.operation {
        var strides = value.shape.strides
        for axis in axes { strides[axis] = 0 }
        reducing.append((position, alongAxes(space(of: member).dimensions, strides)))
      }
    }
  }

  private mutating func operand(_ input: Int, _ known: inout [Reading: Int]) -> Operand {
    let view = lowering.views[input]
    if let position = positions[view.base], lowering.kinds[view.base] == .elementwise { return .member(position) }
    let isFill = lowering.kinds[view.base] == .fill
    let buffer = PlanBuffers.buffer(of: view.base)
    let reading = Reading(
      buffer: isFill ? PlanBuffers.constants : buffer, offset: isFill ? buffers.constant(view.base) : view.offset,
      strides: alongAxes(view.sizes, view.strides))
    if let number = known[reading] { return .reading(number) }
    let number = readings.count
    known[reading] = number
    readings.append(reading)
    if !isFill {
      kernel.reads.append(buffer)
      kernel.bytes += 4 * Double(min(kernel.elements, lowering.graph.values[view.base].shape.count))
    }
    return .reading(number)
  }

  /// Axes that every operand and reduction goes through as if they were one become one.
  private mutating func joinAxes() throws {
    var sizes = zip(cuts, cuts.dropFirst()).map { $1 / $0 }
    var axis = 0
    var length = 1
    while axis + 1 < sizes.count {
      let isRow = length &* sizes[axis] == following?.blocks.columns
      let isOne: ([Int]) -> Bool = { $0[axis + 1] == $0[axis] &* sizes[axis] }
      if !isRow, readings.allSatisfy({ isOne($0.strides) }), reducing.allSatisfy({ isOne($0.strides) }) {
        sizes[axis] = sizes[axis] &* sizes[axis + 1]
        sizes.remove(at: axis + 1)
        for number in readings.indices { readings[number].strides.remove(at: axis + 1) }
        for number in reducing.indices { reducing[number].strides.remove(at: axis + 1) }
      } else {
        length = length &* sizes[axis]
        axis += 1
      }
    }
    if sizes.isEmpty {
      sizes = [1]
      for number in readings.indices { readings[number].strides = [0] }
      for number in reducing.indices { reducing[number].strides = [0] }
    }
    guard sizes.count <= GAN_MAXIMUM_RANK else {
      throw TensorError(
        title: "the tensor has too many axes", operands: [("x", "\(space(of: members[0]))")],
        advice: "At most \(GAN_MAXIMUM_RANK) axes can be combined in this way. Reshape it to fewer axes.")
    }
    kernel.sizes = sizes
  }

  /// Tiles of the space. False where the blocks of the matrix to follow are not whole tiles.
  private mutating func chooseTiles() -> Bool {
    let columns = kernel.sizes[0]
    kernel.tiles = FusedKernel.tiles(
      rows: kernel.elements / columns, columns: columns,
      stretch: following.map { min(columns, $0.blocks.blockColumns) } ?? columns)
    guard let following else { return true }
    guard following.fits(columns: columns, piece: kernel.tiles.piece) else { return false }
    for number in readings.indices where readings[number].buffer == following.loose {
      readings[number].strides = following.stridesInBlocks(readings[number].strides, sizes: kernel.sizes)
    }
    return true
  }
}
