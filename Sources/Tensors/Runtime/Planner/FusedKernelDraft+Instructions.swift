import Kernels

/// The instructions of a kernel, over slots that are written once each, and the registers of these.
extension FusedKernelDraft {
  typealias Slot = FusedKernel.Slot

  // MARK: Loads

  /// How each reading comes to its slot: where it lies in memory as tiles go over it, no copy is needed.
  mutating func placeLoads() {
    for reading in readings {
      let kind = loadKind(reading.strides)
      let slot: Slot
      switch kind {
      case .direct: slot = makeMemory()
      case .row where reading.strides[0] == 1: slot = makeMemory()
      case .row, .scalar:
        slot = .scalar(kernel.registers.scalars)
        kernel.registers.scalars += 1
      case .periodic, .strided: slot = makeRegister()
      }
      slotOfReading.append(slot)
      kernel.loads.append(
        FusedKernel.Load(kind: kind, slot: slot, buffer: reading.buffer, offset: reading.offset, strides: reading.strides))
    }
  }

  private func loadKind(_ strides: [Int]) -> FusedKernel.Load.Kind {
    if strides.allSatisfy({ $0 == 0 }) { return .scalar }
    var expected = 1
    var isDirect = true
    for (size, step) in zip(kernel.sizes, strides) {
      if step != expected { isDirect = false }
      expected = expected &* size
    }
    if isDirect { return .direct }
    if kernel.tiles.rows == 1, strides[0] == 1 || strides[0] == 0 { return .row }
    return strides.dropFirst().allSatisfy { $0 == 0 } && kernel.tiles.pieces == 1 ? .periodic : .strided
  }

  private mutating func makeMemory() -> Slot {
    defer { kernel.registers.memories += 1 }
    return .memory(kernel.registers.memories)
  }

  private mutating func makeRegister() -> Slot {
    defer { registerSlots += 1 }
    return .register(registerSlots)
  }

  // MARK: Instructions

  /// An instruction for each member but reductions; numbers are spread over a tile where a function wants a vector.
  mutating func writeInstructions() {
    var spread: [Slot: Slot] = [:]
    for (position, member) in members.enumerated() {
      let inputs = operands[position].map(slot)
      switch lowering.graph.values[member].operation {
      case .unary(let function, let parameter):
        append(.unary(function, parameter: parameter), member, position, [vector(inputs[0], &spread)])
      case .binary(let function):
        var (left, form) = (inputs[0], FusedKernel.Instruction.Form.bothVectors)
        switch (isScalar(left), isScalar(inputs[1])) {
        case (true, true): (left, form) = (vector(left, &spread), .scalarRight)
        case (true, false): form = .scalarLeft
        case (false, true): form = .scalarRight
        case (false, false): break
        }
        append(.binary(function), member, position, [left, inputs[1]], form)
      case .select: append(.select, member, position, inputs.map { vector($0, &spread) })
      case .random(let distribution): append(.random(distribution, key: buffers.key(member)), member, position, [])
      case .reduce: slotOfMember[position] = vector(inputs[0], &spread)
      case .data, .fill, .reshape, .transpose, .broadcast, .slice, .pad, .concat, .gather, .scatterAdd, .matmul, .convolution,
        .convolutionByInput, .convolutionByFilter, .precise:
        break
      }
    }
  }

  private mutating func append(
    _ function: FusedKernel.Function, _ member: Int, _ position: Int, _ operands: [Slot],
    _ form: FusedKernel.Instruction.Form = .bothVectors
  ) {
    // What is kept is made in its own memory.
    let destination = kept.contains(member) ? makeMemory() : makeRegister()
    slotOfMember[position] = destination
    kernel.instructions.append(
      FusedKernel.Instruction(function: function, form: form, destination: destination, operands: operands))
  }

  private func slot(_ operand: Operand) -> Slot {
    switch operand {
    case .member(let position): slotOfMember[position] ?? .register(0)
    case .reading(let number): slotOfReading[number]
    }
  }

  private func isScalar(_ slot: Slot) -> Bool { if case .scalar = slot { true } else { false } }

  /// A slot, or the register that its number is spread over.
  private mutating func vector(_ slot: Slot, _ spread: inout [Slot: Slot]) -> Slot {
    guard isScalar(slot) else { return slot }
    if let known = spread[slot] { return known }
    let register = makeRegister()
    spread[slot] = register
    kernel.instructions.append(FusedKernel.Instruction(function: .spread, destination: register, operands: [slot]))
    return register
  }

  // MARK: Registers

  /// The last instruction that reads each register; what is reduced, and what is loaded once for all tiles, is kept to the end.
  mutating func findLastUses() {
    let end = kernel.instructions.count
    lastUses = [Int](repeating: -1, count: registerSlots)
    for (number, instruction) in kernel.instructions.enumerated() {
      for case .register(let register) in instruction.operands { lastUses[register] = number }
      if case .register(let register) = instruction.destination, lastUses[register] < 0 { lastUses[register] = number }
    }
    for (member, _) in reducing {
      if case .register(let register)? = slotOfMember[member] { lastUses[register] = end }
    }
    for load in kernel.loads where load.kind == .periodic {
      if case .register(let register) = load.slot { lastUses[register] = end }
    }
  }

  /// Registers for the slots: one is used again once its last reader is done.
  /// - Throws: `TensorError` where one kernel has not so many.
  mutating func assignRegisters() throws {
    var numbers = [Int](repeating: 0, count: registerSlots)
    var (free, count): ([Int], Int) = ([], 0)
    func take(_ register: Int) {
      if let number = free.popLast() {
        numbers[register] = number
      } else {
        numbers[register] = count
        count += 1
      }
    }
    for load in kernel.loads {
      if case .register(let register) = load.slot { take(register) }
    }
    for (number, instruction) in kernel.instructions.enumerated() {
      for (place, operand) in instruction.operands.enumerated() where !instruction.operands[..<place].contains(operand) {
        if case .register(let register) = operand, lastUses[register] == number { free.append(numbers[register]) }
      }
      if case .register(let register) = instruction.destination {
        take(register)
        if lastUses[register] == number { free.append(numbers[register]) }
      }
    }
    kernel.registers.numbers = numbers
    kernel.registers.count = count
    guard kernel.registers.slotCount <= GAN_MAXIMUM_SLOTS else {
      throw TensorError(title: "the expression is too large for one kernel", advice: "Compute a part of it first.")
    }
  }

  /// Two instructions of which the second alone reads what the first one makes are done in one pass over a tile, where there is such a
  /// pass.
  mutating func pairInstructions() {
    for number in kernel.instructions.indices.dropLast() {
      let (first, second) = (kernel.instructions[number], kernel.instructions[number + 1])
      if case .register(let register) = first.destination, lastUses[register] == number + 1 {
        kernel.instructions[number].pair = FusedKernel.Pair(first, second)
      }
    }
  }
}

extension FusedKernel {
  /// An instruction and the next one, in one pass over a tile.
  struct Pair: Equatable {
    enum Function: Equatable {
      case addRelu
      case addLeakyRelu(slope: Float)
      case leakyStepMultiply(slope: Float)
      case multiplyAdd
    }

    let function: Function
    /// The second's other operand, if it has one.
    let other: Slot?

    /// Nil where the two do not make one pass.
    init?(_ first: Instruction, _ second: Instruction) {
      let others = second.operands.filter { $0 != first.destination }
      // The first one's result is one of the operands, and the others are numbers of the same places.
      guard others.count == second.operands.count - 1, second.form == .bothVectors else { return nil }
      other = others.first
      switch (first.function, second.function) {
      case (.binary(.add), .unary(.relu, _)): function = .addRelu
      case (.binary(.add), .unary(.leakyRelu, let slope)): function = .addLeakyRelu(slope: slope)
      case (.unary(.leakyStep, let slope), .binary(.multiply)): function = .leakyStepMultiply(slope: slope)
      case (.binary(.multiply), .binary(.add)): function = .multiplyAdd
      default: return nil
      }
    }
  }
}
