import Kernels

/// The instructions of a kernel's program.
extension FusedKernel {
  /// Where the numbers of an instruction's operand are.
  enum Slot: Hashable {
    case register(Int)
    case memory(Int)
    case scalar(Int)
  }

  /// An instruction over slots that are written once each.
  struct Draft {
    var function: Int32
    var form: Int32 = 0
    var destination: Slot
    var operands: [Slot] = []
    var key: Int32 = 0
    var parameter: Float = 0
  }

  /// - Parameters:
  ///   - lastUse: The last draft that reads a slot.
  ///   - slotNumber: The number of a slot in the program.
  static func instructions(_ drafts: [Draft], lastUse: [Slot: Int], slotNumber: (Slot) -> Int32) -> [gan_instruction] {
    drafts.enumerated().map { number, draft in
      var instruction = gan_instruction()
      instruction.function = draft.function
      instruction.form = draft.form
      instruction.destination = slotNumber(draft.destination)
      instruction.a = draft.operands.count > 0 ? slotNumber(draft.operands[0]) : -1
      instruction.b = draft.operands.count > 1 ? slotNumber(draft.operands[1]) : -1
      instruction.c = draft.operands.count > 2 ? slotNumber(draft.operands[2]) : -1
      instruction.key = draft.key
      instruction.parameter = draft.parameter
      if case .register = draft.destination, number + 1 < drafts.count, lastUse[draft.destination] == number + 1,
        let pair = Pair(draft, drafts[number + 1])
      {
        instruction.pair = Int32(pair.code)
        instruction.other = pair.other.map(slotNumber) ?? -1
        instruction.pair_parameter = pair.parameter
      }
      return instruction
    }
  }

  /// Two instructions that are done in one pass over a tile, because the second alone reads what the first one makes.
  private struct Pair {
    let code: Int
    /// The second's other operand, if it has one.
    let other: Slot?
    let parameter: Float

    init?(_ first: Draft, _ second: Draft) {
      let others = second.operands.filter { $0 != first.destination }
      // The first one's result is one of the operands, and the others are numbers of the same places.
      guard others.count == second.operands.count - 1, second.form == Int32(GAN_BOTH_VECTORS) else { return nil }
      other = others.first
      func isUnary(_ draft: Draft, _ function: UnaryFunction) -> Bool { draft.function == Int32(function.rawValue) }
      func isBinary(_ draft: Draft, _ function: BinaryFunction) -> Bool { draft.function == Int32(function.rawValue) }
      if isBinary(first, .add), isUnary(second, .relu) {
        (code, parameter) = (GAN_PAIR_ADD_RELU, 0)
      } else if isBinary(first, .add), isUnary(second, .leakyRelu) {
        (code, parameter) = (GAN_PAIR_ADD_LEAKY_RELU, second.parameter)
      } else if isUnary(first, .leakyStep), isBinary(second, .multiply) {
        (code, parameter) = (GAN_PAIR_LEAKY_STEP_MULTIPLY, first.parameter)
      } else if isBinary(first, .multiply), isBinary(second, .add) {
        (code, parameter) = (GAN_PAIR_MULTIPLY_ADD, 0)
      } else {
        return nil
      }
    }
  }
}
