/// A group of element-wise values and reductions as one kernel: instructions over tiles of an iteration space, with what they load,
/// keep and reduce. A plain value: the executor writes the program of it (`FusedProgram`), and formulas are printed from it.
struct FusedKernel: PlannedWork {
  /// Values of the graph that it computes, inputs first.
  let members: [Int]
  /// The shape that the work goes over.
  let space: Shape
  /// The axes of the iteration space: those of `space`, joined where all operands allow it. Innermost first.
  var sizes: [Int] = []
  var tiles = Tiles()
  var loads: [Load] = []
  var instructions: [Instruction] = []
  var stores: [Store] = []
  var reductions: [Accumulation] = []
  var registers = Registers()
  var partition = Partition.empty
  /// Reductions that are made in parts, for which the plan must find room.
  var partials: [Partial] = []
  var reads: [Int] = []
  var writes: [Int] = []
  var bytes = 0.0

  var elements: Int { space.count }

  var flops: Double { Double(elements) * Double(instructions.count + reductions.count) }
  var scratchCount: Int { registers.count * tiles.count }

  /// Where the numbers of an instruction's operand are. Each slot is written once.
  enum Slot: Hashable {
    /// A tile of numbers in scratch.
    case register(Int)
    /// Numbers that lie in memory as the space goes over them.
    case memory(Int)
    /// One number.
    case scalar(Int)
  }

  /// A tile of the space: whole rows (of the innermost axis), or a piece of one.
  struct Tiles: Equatable {
    var columns = 0
    /// Columns of a tile; all of them where rows are not cut.
    var piece = 0
    /// Pieces of a row.
    var pieces = 0
    /// Rows of a tile; 1 where rows are cut.
    var rows = 0

    /// Floats of a register: a tile's, in whole vectors.
    var count: Int { (rows * piece + 15) / 16 * 16 }
  }

  /// What is read from memory.
  struct Load {
    enum Kind {
      /// Lies in memory in the order of the space: no copy.
      case direct
      /// Tiles are pieces of one row, and lie in memory (or are one number there): no copy.
      case row
      /// The same numbers for every row of a tile: copied once a run.
      case periodic
      /// Copied for each tile.
      case strided
      /// One number.
      case scalar
    }

    var kind: Kind
    var slot: Slot
    var buffer: Int
    var offset: Int
    /// Along the axes of the space, innermost first.
    var strides: [Int]
  }

  /// What an instruction does, element for element.
  enum Function: Hashable {
    case unary(UnaryFunction, parameter: Float)
    case binary(BinaryFunction)
    /// Of operands condition, a, b: a where the condition is not 0.
    case select
    /// One number spread over a tile.
    case spread
    /// Drawn from the key of this number.
    case random(Distribution, key: Int)
  }

  struct Instruction {
    var function: Function
    var form = Form.bothVectors
    var destination: Slot
    var operands: [Slot] = []
    /// With the next instruction, in one pass.
    var pair: Pair?

    /// Which operands of a function of two numbers are one number each.
    enum Form { case bothVectors, scalarRight, scalarLeft }
  }

  /// A value kept in memory, in the order of the space.
  struct Store {
    var slot: Slot
    var buffer: Int
  }

  /// A value reduced along some axes.
  struct Accumulation {
    var reduction: Reduction
    /// Nil where there is nothing to reduce: the result is the identity.
    var slot: Slot?
    /// The result.
    var result: Int
    /// Where each block of the work leaves its part, if blocks meet in one of the results.
    var parts: Int?
    /// Numbers of the result.
    var count: Int
    /// Along the axes of the space, innermost first; 0 along those that are reduced.
    var strides: [Int]
  }

  /// A reduction that is made in parts, and the floats of these.
  struct Partial: Equatable {
    var reduction: Int
    var count: Int
  }

  /// The registers that slots are kept in.
  struct Registers {
    /// For each register slot, its register: one is used again once the last reader of a slot is done.
    var numbers: [Int] = []
    var count = 0
    var memories = 0
    var scalars = 0

    var slotCount: Int { count + memories + scalars }
  }

  /// The buffer that a reduction writes as the work goes on.
  mutating func setParts(of partial: Partial, buffer: Int) {
    reductions[partial.reduction].parts = buffer
    writes.append(buffer)
  }
}
