/// What the memory of a plan is called where its steps are written as formulas: `x1` what was there before, `y1` what is kept,
/// `t1` what only lives between two steps.
struct PlanNotation {
  private var names: [Int: String] = [:]
  private let shapes: [Shape]
  private let constants: [Double]
  /// For a buffer that is written over what was there before, the name of that.
  private var replaced: [Int: String] = [:]
  /// Buffers that were there before, in the order in which they are first read.
  private(set) var inputs: [Int] = []

  /// - Parameter constants: The numbers of the plan's fills.
  init(_ plan: Plan, constants: [Double]) {
    self.init(plan.steps.map(\.planned), shapes: plan.shapes, locations: plan.locations, constants: constants)
  }

  /// - Parameters:
  ///   - shapes: Of the values in buffers 1, 2, …
  ///   - locations: Of each buffer.
  init(_ steps: [PlannedStep], shapes: [Shape], locations: [BufferLocation], constants: [Double]) {
    self.shapes = shapes
    self.constants = constants
    var counts: [String: Int] = [:]
    for work in steps.map(\.work) {
      for buffer in work.reads + work.within + work.writes where names[buffer] == nil && shapes.indices.contains(buffer - 1) {
        let letter: String
        switch locations[buffer] {
        case .leaf:
          letter = "x"
          inputs.append(buffer)
        case .output, .replaced: letter = "y"
        case .arena, .none: letter = "t"
        }
        counts[letter, default: 0] += 1
        names[buffer] = "\(letter)\(counts[letter] ?? 0)"
      }
    }
    var nameOfLeaf: [Int: String] = [:]
    for buffer in inputs {
      if case .leaf(let place) = locations[buffer] { nameOfLeaf[place] = names[buffer] }
    }
    for (buffer, location) in locations.enumerated() {
      if case .replaced(let place) = location { replaced[buffer] = nameOfLeaf[place] }
    }
  }

  /// Of a plan in the making: names are those of its values, in their order, so that they are the same after every pass. What steps need
  /// for themselves is `p1`, `p2`, …
  init(_ draft: PlanDraft, constants: [Double]) {
    shapes = draft.graph.values.map(\.shape)
    self.constants = constants
    var counts: [String: Int] = [:]
    for buffer in draft.buffers.counts.indices where buffer != PlanBuffers.constants {
      let value = buffer - 1
      if shapes.indices.contains(value), draft.lowering.kinds[value] == .fill {
        names[buffer] = constant(at: draft.buffers.constant(value))
        continue
      }
      let isOutput = draft.outputBuffers.contains(buffer)
      let letter =
        !shapes.indices.contains(value) ? "p" : draft.buffers.leaves.contains(buffer) ? "x" : isOutput ? "y" : "t"
      counts[letter, default: 0] += 1
      names[buffer] = "\(letter)\(counts[letter] ?? 0)"
    }
    for (new, old) in draft.leafOf { replaced[new] = names[old] }
  }

  /// The name of what is read.
  func operand(_ buffer: Int) -> String { names[buffer] ?? "constants" }

  func operands(_ buffers: [Int]) -> String { buffers.map(operand).joined(separator: ", ") }

  /// The name and shape of what is written. Parts of sums, which no other step sees, are left out.
  func results(_ buffers: [Int]) -> String {
    buffers.filter { shapes.indices.contains($0 - 1) }.map(result).joined(separator: ", ")
  }

  /// `t1 [64, 1024]`; `y1 [64, 1024] over x3` where it takes the memory of what it replaces.
  func result(_ buffer: Int) -> String {
    "\(operand(buffer)) \(shape(of: buffer))" + (replaced[buffer].map { " over \($0)" } ?? "")
  }

  func shape(of buffer: Int) -> Shape { shapes.indices.contains(buffer - 1) ? shapes[buffer - 1] : .scalar }

  /// The number of a fill.
  func constant(at place: Int) -> String { constants.indices.contains(place) ? Self.number(constants[place]) : "constant" }

  /// As few digits as tell the 32-bit number apart.
  static func number(_ number: Double) -> String {
    let text = "\(Float(number))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
