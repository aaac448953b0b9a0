import Kernels

/// A group of element-wise values and reductions, written as a program over tiles.
struct FusedKernel {
  private(set) var program = gan_program()
  private(set) var loads: [gan_load] = []
  private(set) var instructions: [gan_instruction] = []
  private(set) var stores: [gan_store] = []
  var reductions: [gan_reduction] = []
  /// For each reduction that is made in parts, the buffer of its result; the reduction's own buffer holds the parts.
  var results: [Int?] = []
  private(set) var partition = Partition(cutsRows: false, rows: 0, pieces: 0, blockLength: 1)
  private(set) var reads: [Int] = []
  var writes: [Int] = []
  private(set) var bytes = 0.0
  let members: [Int]
  let elements: Int
  /// Whether it can go on with each block of the matrix that it is to follow.
  private(set) var fits = true
  /// Sizes of buffers for parts, which the plan must provide: number of the reduction and floats.
  private(set) var partials: [(reduction: Int, count: Int)] = []

  /// Numbers of a tile, at most.
  static let tile = 1024
  /// Elements times instructions that are worth a block of their own.
  private static let blockWork = 32 * 1024
  private static let mostBlocks = 64

  /// - Parameters:
  ///   - members: Values of one group, inputs first.
  ///   - kept: Members whose numbers someone else reads.
  ///   - buffer: The buffer of a value.
  ///   - constant: The place of a fill's number among the constants.
  ///   - key: The number of a random value's key.
  ///   - following: The matrix whose blocks the kernel is to go on with, if `fits`.
  init(
    _ members: [Int], kept: Set<Int>, lowering: Lowering, buffer: (Int) -> Int, constant: (Int) -> Int, key: (Int) -> Int,
    following: Following? = nil
  ) throws {
    self.members = members
    let graph = lowering.graph
    let isMember = Set(members)
    func space(_ index: Int) -> Shape {
      lowering.kinds[index] == .reduction ? graph.values[graph.values[index].inputs[0]].shape : graph.values[index].shape
    }
    elements = members.first.map { space($0).count } ?? 0
    if elements == 0 {
      // Sums over nothing still have a value: the identity, which a run sets.
      for index in members where lowering.kinds[index] == .reduction {
        guard case .reduce(let reduction, _) = graph.values[index].operation else { continue }
        reductions.append(
          gan_reduction(
            reduction: Self.code(of: reduction), slot: 0, buffer: Int32(buffer(index)), is_partial: 0,
            count: Int64(graph.values[index].shape.count), strides: gan_reduction().strides))
        results.append(nil)
      }
      writes = members.map(buffer)
      return
    }

    // The axes: all places where one of a member begins.
    var cuts = [1]
    for index in members { cuts = Grouping.merged(cuts, Grouping.cuts(of: space(index))) ?? cuts }
    if let following {
      guard let both = Grouping.merged(cuts, following.cuts) else {
        fits = false
        return
      }
      cuts = both
    }

    /// Strides along the axes (innermost first) from strides along the axes of a shape.
    func spread(_ sizes: [Int], _ strides: [Int]) -> [Int] {
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

    // What is read, and what reductions write, along those axes.
    struct Reading: Hashable {
      var buffer: Int
      var offset: Int
      var strides: [Int]
    }
    var readings: [Reading] = []
    var readingOf: [Reading: Int] = [:]
    var operandsOf: [Int: [(member: Int?, reading: Int)]] = [:]
    var reductionStrides: [Int: [Int]] = [:]
    for index in members {
      let value = graph.values[index]
      var operands: [(member: Int?, reading: Int)] = []
      for input in value.inputs {
        let view = lowering.views[input]
        if isMember.contains(view.base), lowering.kinds[view.base] == .elementwise {
          operands.append((view.base, 0))
          continue
        }
        let isFill = lowering.kinds[view.base] == .fill
        let reading = Reading(
          buffer: isFill ? Plan.constants : buffer(view.base), offset: isFill ? constant(view.base) : view.offset,
          strides: spread(view.sizes, view.strides))
        if readingOf[reading] == nil {
          readingOf[reading] = readings.count
          readings.append(reading)
          if !isFill {
            reads.append(buffer(view.base))
            bytes += 4 * Double(min(elements, graph.values[view.base].shape.count))
          }
        }
        operands.append((nil, readingOf[reading] ?? 0))
      }
      operandsOf[index] = operands
      if case .reduce(_, let axes) = value.operation {
        var strides = value.shape.strides
        for axis in axes { strides[axis] = 0 }
        reductionStrides[index] = spread(space(index).dimensions, strides)
      }
    }

    // Axes that every reader and reduction goes through as if they were one become one. Innermost first.
    var sizes = zip(cuts, cuts.dropFirst()).map { $1 / $0 }
    var everyStrides = readings.map(\.strides) + members.compactMap { reductionStrides[$0] }
    var axis = 0
    var length = 1
    while axis + 1 < sizes.count {
      let isRow = length &* sizes[axis] == following?.blocks.columns
      if !isRow, everyStrides.allSatisfy({ $0[axis + 1] == $0[axis] &* sizes[axis] }) {
        sizes[axis] = sizes[axis] &* sizes[axis + 1]
        sizes.remove(at: axis + 1)
        for index in everyStrides.indices { everyStrides[index].remove(at: axis + 1) }
      } else {
        length = length &* sizes[axis]
        axis += 1
      }
    }
    if sizes.isEmpty {
      sizes = [1]
      for index in everyStrides.indices { everyStrides[index] = [0] }
    }
    guard sizes.count <= GAN_MAXIMUM_RANK else {
      throw TensorError(
        title: "the tensor has too many axes", operands: [("x", "\(space(members[0]))")],
        advice: "At most \(GAN_MAXIMUM_RANK) axes can be combined in this way. Reshape it to fewer axes.")
    }
    let rank = sizes.count
    let columns = sizes[0]
    let rows = elements / columns
    func outermostFirst(_ strides: [Int]) -> [Int] { strides.reversed() }

    let (piece, pieces, tileRows) = Self.tiles(
      rows: rows, columns: columns, stretch: following.map { min(columns, $0.blocks.blockColumns) } ?? columns)
    if let following {
      fits = following.fits(columns: columns, piece: piece)
      guard fits else { return }
      for (number, reading) in readings.enumerated() where reading.buffer == following.loose {
        everyStrides[number] = following.stridesInBlocks(everyStrides[number], sizes: sizes)
      }
    }

    // Instructions, over registers without end at first.
    var slotOfMember: [Int: Slot] = [:]
    var slotOfReading: [Int: Slot] = [:]
    var kinds: [Int] = []
    var registers = 0
    var memories = 0
    var scalars = 0
    for (number, _) in readings.enumerated() {
      let strides = everyStrides[number]
      let isUniform = strides.allSatisfy { $0 == 0 }
      var expected = 1
      var isDirect = true
      for (size, step) in zip(sizes, strides) {
        if step != expected { isDirect = false }
        expected = expected &* size
      }
      let kind: Int
      let slot: Slot
      if isUniform {
        (kind, slot) = (GAN_LOAD_SCALAR, .scalar(scalars))
        scalars += 1
      } else if isDirect {
        (kind, slot) = (GAN_LOAD_DIRECT, .memory(memories))
        memories += 1
      } else if tileRows == 1, strides[0] == 1 {
        (kind, slot) = (GAN_LOAD_ROW, .memory(memories))
        memories += 1
      } else if tileRows == 1, strides[0] == 0 {
        (kind, slot) = (GAN_LOAD_ROW, .scalar(scalars))
        scalars += 1
      } else {
        let isPeriodic = strides.dropFirst().allSatisfy { $0 == 0 } && pieces == 1
        (kind, slot) = (Int(isPeriodic ? GAN_LOAD_PERIODIC : GAN_LOAD_STRIDED), .register(registers))
        registers += 1
      }
      kinds.append(kind)
      slotOfReading[number] = slot
    }
    var drafts: [Draft] = []
    var spreadOf: [Slot: Slot] = [:]
    func isScalar(_ slot: Slot) -> Bool { if case .scalar = slot { true } else { false } }
    func vector(_ slot: Slot) -> Slot {
      guard isScalar(slot) else { return slot }
      if let spread = spreadOf[slot] { return spread }
      let spread = Slot.register(registers)
      registers += 1
      spreadOf[slot] = spread
      drafts.append(Draft(function: Int32(GAN_SPREAD), destination: spread, operands: [slot]))
      return spread
    }
    func slot(_ operand: (member: Int?, reading: Int)) -> Slot {
      if let member = operand.member { return slotOfMember[member] ?? .register(0) }
      return slotOfReading[operand.reading] ?? .register(0)
    }
    func destination(_ index: Int) -> Slot {
      let result: Slot
      if kept.contains(index) {
        result = .memory(memories)
        memories += 1
      } else {
        result = .register(registers)
        registers += 1
      }
      slotOfMember[index] = result
      return result
    }
    var reductionSlots: [(index: Int, slot: Slot)] = []
    for index in members {
      let value = graph.values[index]
      let operands = operandsOf[index] ?? []
      switch value.operation {
      case .unary(let function, let parameter):
        let operand = vector(slot(operands[0]))
        drafts.append(
          Draft(
            function: Int32(function.rawValue), destination: destination(index), operands: [operand], parameter: parameter))
      case .binary(let function):
        var (left, right) = (slot(operands[0]), slot(operands[1]))
        var form = GAN_BOTH_VECTORS
        switch (isScalar(left), isScalar(right)) {
        case (true, true): left = vector(left); form = GAN_SCALAR_B
        case (true, false): form = GAN_SCALAR_A
        case (false, true): form = GAN_SCALAR_B
        case (false, false): break
        }
        drafts.append(
          Draft(
            function: Int32(function.rawValue), form: Int32(form), destination: destination(index),
            operands: [left, right]))
      case .select:
        let vectors = operands.map { vector(slot($0)) }
        drafts.append(Draft(function: Int32(GAN_SELECT), destination: destination(index), operands: vectors))
      case .random(let distribution):
        drafts.append(
          Draft(function: Self.code(of: distribution), destination: destination(index), key: Int32(key(index))))
      case .reduce:
        reductionSlots.append((index, vector(slot(operands[0]))))
      case .data, .fill, .reshape, .transpose, .broadcast, .slice, .pad, .concat, .gather, .scatterAdd, .matmul, .convolution,
        .convolutionByInput, .convolutionByFilter, .precise:
        break
      }
    }

    // Registers, used again once their last reader is done.
    var lastUse: [Slot: Int] = [:]
    for (number, draft) in drafts.enumerated() {
      for operand in draft.operands { lastUse[operand] = number }
      if lastUse[draft.destination] == nil { lastUse[draft.destination] = number }
    }
    for reduction in reductionSlots { lastUse[reduction.slot] = drafts.count }
    var numberOf: [Slot: Int] = [:]
    var free: [Int] = []
    var registerCount = 0
    func take(_ slot: Slot) {
      if let number = free.popLast() {
        numberOf[slot] = number
      } else {
        numberOf[slot] = registerCount
        registerCount += 1
      }
    }
    for (number, slot) in slotOfReading.sorted(by: { $0.key < $1.key }) {
      guard case .register = slot else { continue }
      take(slot)
      if kinds[number] == GAN_LOAD_PERIODIC { lastUse[slot] = drafts.count }
    }
    for (number, draft) in drafts.enumerated() {
      for operand in Set(draft.operands) where lastUse[operand] == number {
        if case .register = operand, let register = numberOf[operand] { free.append(register) }
      }
      if case .register = draft.destination {
        take(draft.destination)
        if lastUse[draft.destination] == number, let register = numberOf[draft.destination] { free.append(register) }
      }
    }
    func slotNumber(_ slot: Slot) -> Int32 {
      switch slot {
      case .register: Int32(numberOf[slot] ?? 0)
      case .memory(let memory): Int32(registerCount + memory)
      case .scalar(let scalar): Int32(registerCount + memories + scalar)
      }
    }
    let slotCount = registerCount + memories + scalars
    guard slotCount <= GAN_MAXIMUM_SLOTS else {
      throw TensorError(title: "the expression is too large for one kernel", advice: "Compute a part of it first.")
    }

    // How the work is cut.
    let weight = drafts.count + readings.count + reductionSlots.count + 1
    let wanted = max(1, min(Self.mostBlocks, elements &* weight / Self.blockWork))
    let reductionAxes = everyStrides.suffix(reductionSlots.count).map { Array($0) }
    let counts = reductionSlots.map { graph.values[$0.index].shape.count }
    if let following {
      partials = following.partials(sizes: sizes, reductions: reductionAxes, counts: counts)
      fits = partials.reduce(0) { $0 &+ $1.count } <= max(elements / 4, 65536)
    } else {
      (partition, partials) = Self.cut(
        sizes: sizes, rows: rows, pieces: pieces, tileRows: tileRows, wanted: wanted, reductions: reductionAxes, counts: counts)
    }

    // And the program.
    program.rank = Int32(rank)
    program.slot_count = Int32(slotCount)
    program.register_count = Int32(registerCount)
    program.columns = Int64(columns)
    program.tile_rows = Int64(tileRows)
    program.piece = Int64(piece)
    program.tile = Int64((tileRows * piece + 15) / 16 * 16)
    Self.set(&program.sizes, outermostFirst(sizes))
    for (number, reading) in readings.enumerated() {
      var load = gan_load()
      load.kind = Int32(kinds[number])
      load.slot = slotOfReading[number].map(slotNumber) ?? 0
      load.buffer = Int32(reading.buffer)
      load.offset = Int64(reading.offset)
      Self.set(&load.strides, outermostFirst(everyStrides[number]))
      loads.append(load)
    }
    instructions = Self.instructions(drafts, lastUse: lastUse, slotNumber: slotNumber)
    for index in members where kept.contains(index) && lowering.kinds[index] == .elementwise {
      stores.append(gan_store(slot: slotOfMember[index].map(slotNumber) ?? 0, buffer: Int32(buffer(index))))
      writes.append(buffer(index))
      bytes += 4 * Double(elements)
    }
    for (position, entry) in reductionSlots.enumerated() {
      guard case .reduce(let function, _) = graph.values[entry.index].operation else { continue }
      var reduction = gan_reduction()
      reduction.reduction = Self.code(of: function)
      reduction.slot = slotNumber(entry.slot)
      reduction.buffer = Int32(buffer(entry.index))
      reduction.count = Int64(graph.values[entry.index].shape.count)
      Self.set(&reduction.strides, outermostFirst(reductionAxes[position]))
      reductions.append(reduction)
      results.append(nil)
      writes.append(buffer(entry.index))
      bytes += 4 * Double(reduction.count)
    }
    program.load_count = Int32(loads.count)
    program.instruction_count = Int32(instructions.count)
    program.store_count = Int32(stores.count)
    program.reduction_count = Int32(reductions.count)
  }
}
