import Kernels

/// A tile program read back as formulas, in the notation of the language: `t3 = leaky_relu((t1 - t2) * x4, 0.2)`.
struct FusedFormulas {
  /// What a slot holds at some point of the program.
  private enum Source {
    case load(buffer: Int, offset: Int)
    case function(gan_instruction, operands: [Int])
  }

  private struct Value {
    var source: Source
    /// Where it is kept in memory.
    var buffer: Int?
    var readers = 0
  }

  private var values: [Value] = []
  /// Results of reductions; the value is nil where there is nothing to reduce.
  private var reductions: [(function: Int32, value: Int?, buffer: Int)] = []

  /// Longer formulas are broken up.
  private static let mostCharacters = 64

  /// - Parameter reductions: The program's reductions, and the buffer of each result.
  init(_ program: gan_program, reductions: [(reduction: gan_reduction, buffer: Int)]) {
    var valueOfSlot: [Int32: Int] = [:]
    for load in Self.loads(program) {
      valueOfSlot[load.slot] = values.count
      values.append(Value(source: .load(buffer: Int(load.buffer), offset: Int(load.offset))))
    }
    for instruction in Self.instructions(program) {
      let operands = [instruction.a, instruction.b, instruction.c].filter { $0 >= 0 }.compactMap { valueOfSlot[$0] }
      if Self.isCopy(instruction.function), let same = operands.first {
        valueOfSlot[instruction.destination] = same
        continue
      }
      for operand in operands { values[operand].readers += 1 }
      valueOfSlot[instruction.destination] = values.count
      values.append(Value(source: .function(instruction, operands: operands)))
    }
    for store in UnsafeBufferPointer(start: program.stores, count: Int(program.store_count)) {
      if let value = valueOfSlot[store.slot] { values[value].buffer = Int(store.buffer) }
    }
    for (reduction, buffer) in reductions {
      let value = valueOfSlot[reduction.slot]
      if let value { values[value].readers += 1 }
      self.reductions.append((reduction.reduction, value, buffer))
    }
  }

  private static func loads(_ program: gan_program) -> UnsafeBufferPointer<gan_load> {
    UnsafeBufferPointer(start: program.loads, count: Int(program.load_count))
  }

  private static func instructions(_ program: gan_program) -> UnsafeBufferPointer<gan_instruction> {
    UnsafeBufferPointer(start: program.instructions, count: Int(program.instruction_count))
  }

  private static func isCopy(_ function: Int32) -> Bool { function == Int32(GAN_SPREAD) || function == Int32(GAN_COPY) }

  // MARK: Formulas

  /// A line for each value that is kept, reduced, or used more than once.
  func lines(_ notation: PlanNotation) -> [String] {
    var lines: [String] = []
    var terms: [Term] = []
    var locals = 0
    for value in values {
      let term = term(value.source, terms, notation)
      if let buffer = value.buffer {
        lines.append("\(notation.result(buffer)) = \(term.text)")
        terms.append(Term(notation.operand(buffer), .atom))
      } else if case .function = value.source, value.readers > 1 || term.text.count > Self.mostCharacters {
        let name = Self.localName(locals)
        locals += 1
        lines.append("\(name) = \(term.text)")
        terms.append(Term(name, .atom))
      } else {
        terms.append(term)
      }
    }
    for (function, value, buffer) in reductions {
      lines.append("\(notation.result(buffer)) = \(Self.name(ofReduction: function))(\(value.map { terms[$0].text } ?? ""))")
    }
    return lines
  }

  /// How strongly a formula holds together, as in the language.
  private enum Precedence: Int {
    case comparison, sum, product, negation, power, atom
  }

  private struct Term {
    var text: String
    var precedence: Precedence

    init(_ text: String, _ precedence: Precedence) { (self.text, self.precedence) = (text, precedence) }

    /// In parentheses, if it holds together less than `least`.
    func within(_ least: Precedence) -> String { precedence.rawValue < least.rawValue ? "(\(text))" : text }
  }

  private func term(_ source: Source, _ terms: [Term], _ notation: PlanNotation) -> Term {
    switch source {
    case .load(let buffer, let offset):
      guard buffer == Plan.constants else { return Term(notation.operand(buffer), .atom) }
      let number = notation.constant(at: offset)
      return Term(number, number.hasPrefix("-") ? .negation : .atom)
    case .function(let instruction, let operands):
      return Self.term(Int(instruction.function), operands.map { terms[$0] }, parameter: instruction.parameter)
    }
  }

  private static func term(_ function: Int, _ operands: [Term], parameter: Float) -> Term {
    func infix(_ sign: String, _ precedence: Precedence, _ left: Precedence, _ right: Precedence) -> Term {
      Term("\(operands[0].within(left)) \(sign) \(operands[1].within(right))", precedence)
    }
    switch (function, operands.count) {
    case (GAN_NEGATE, 1): return Term("-\(operands[0].within(.power))", .negation)
    case (GAN_RECIPROCAL, 1): return Term("1 / \(operands[0].within(.negation))", .product)
    case (GAN_SQUARE, 1): return Term("\(operands[0].within(.atom)) ^ 2", .power)
    case (GAN_GATE, 2): return Term("where(\(operands[1].within(.sum)) <= 0, 0, \(operands[0].text))", .atom)
    case (GAN_ADD, 2): return infix("+", .sum, .sum, .product)
    case (GAN_SUBTRACT, 2): return infix("-", .sum, .sum, .product)
    case (GAN_MULTIPLY, 2): return infix("*", .product, .product, .negation)
    case (GAN_DIVIDE, 2): return infix("/", .product, .product, .negation)
    case (GAN_REMAINDER, 2): return infix("%", .product, .product, .negation)
    case (GAN_POWER, 2): return infix("^", .power, .atom, .negation)
    case (GAN_LESS, 2): return infix("<", .comparison, .sum, .sum)
    case (GAN_LESS_OR_EQUAL, 2): return infix("<=", .comparison, .sum, .sum)
    case (GAN_GREATER, 2): return infix(">", .comparison, .sum, .sum)
    case (GAN_GREATER_OR_EQUAL, 2): return infix(">=", .comparison, .sum, .sum)
    case (GAN_EQUAL, 2): return infix("==", .comparison, .sum, .sum)
    case (GAN_NOT_EQUAL, 2): return infix("!=", .comparison, .sum, .sum)
    default:
      var arguments = operands.map(\.text)
      if function == GAN_LEAKY_RELU || function == GAN_LEAKY_STEP { arguments.append(PlanNotation.number(Double(parameter))) }
      return Term("\(name(of: function))(\(arguments.joined(separator: ", ")))", .atom)
    }
  }

  /// a, b, …, w, z, a1, b1, …: letters that memory is not named by.
  private static func localName(_ number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrsuvwz")
    return "\(letters[number % letters.count])\(number < letters.count ? "" : "\(number / letters.count)")"
  }

  // MARK: Names

  /// The functions of a program in short: `subtract, multiply ×3, rsqrt; sum ×2`.
  static func summary(_ program: gan_program, reductions: [gan_reduction]) -> String {
    let functions = instructions(program).map(\.function).filter { !isCopy($0) }.map { name(of: Int($0)) }
    let sums = reductions.map { name(ofReduction: $0.reduction) }
    return [counted(functions, limit: 6), counted(sums, limit: 2)].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func counted(_ names: [String], limit: Int) -> String {
    var order: [String] = []
    var counts: [String: Int] = [:]
    for name in names {
      if counts[name] == nil { order.append(name) }
      counts[name, default: 0] += 1
    }
    let texts = order.prefix(limit).map { name in
      let count = counts[name] ?? 1
      return count > 1 ? "\(name) ×\(count)" : name
    }
    return (texts + (order.count > limit ? ["…"] : [])).joined(separator: ", ")
  }

  /// As the language and its reference call it.
  static func name(of function: Int) -> String { names[function] ?? "function \(function)" }

  static let names: [Int: String] = [
    GAN_COPY: "copy", GAN_NEGATE: "negate", GAN_RECIPROCAL: "reciprocal", GAN_SQUARE: "square", GAN_SQRT: "sqrt",
    GAN_RSQRT: "rsqrt", GAN_ABS: "abs", GAN_SIGN: "sign", GAN_EXP: "exp", GAN_LOG: "log", GAN_SIN: "sin", GAN_COS: "cos",
    GAN_TANH: "tanh", GAN_SIGMOID: "sigmoid", GAN_SOFTPLUS: "softplus", GAN_RELU: "relu", GAN_LEAKY_RELU: "leaky_relu",
    GAN_LEAKY_STEP: "leaky_step", GAN_FLOOR: "floor", GAN_CEIL: "ceil", GAN_ROUND: "round",
    GAN_IS_NAN: "is_nan", GAN_ADD: "add", GAN_SUBTRACT: "subtract", GAN_MULTIPLY: "multiply", GAN_DIVIDE: "divide",
    GAN_REMAINDER: "remainder", GAN_GATE: "gate",
    GAN_POWER: "power", GAN_MAXIMUM: "maximum", GAN_MINIMUM: "minimum", GAN_LESS: "less", GAN_LESS_OR_EQUAL: "less_or_equal",
    GAN_GREATER: "greater", GAN_GREATER_OR_EQUAL: "greater_or_equal", GAN_EQUAL: "equal", GAN_NOT_EQUAL: "not_equal",
    GAN_SELECT: "where", GAN_SPREAD: "spread", GAN_UNIFORM: "uniform", GAN_NORMAL: "normal",
    GAN_TRUNCATED_NORMAL: "truncated_normal",
  ]

  private static func name(ofReduction reduction: Int32) -> String {
    switch Int(reduction) {
    case GAN_MAX: "max"
    case GAN_MIN: "min"
    default: "sum"
    }
  }
}
