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
    var terms: [Formula] = []
    var locals = 0
    for value in values {
      let term = term(value.source, terms, notation)
      if let buffer = value.buffer {
        lines.append("\(notation.result(buffer)) = \(term.text)")
        terms.append(Formula(notation.operand(buffer), .atom))
      } else if case .function = value.source, value.readers > 1 || term.text.count > Self.mostCharacters {
        let name = Self.localName(locals)
        locals += 1
        lines.append("\(name) = \(term.text)")
        terms.append(Formula(name, .atom))
      } else {
        terms.append(term)
      }
    }
    for (function, value, buffer) in reductions {
      lines.append("\(notation.result(buffer)) = \(Self.name(ofReduction: function))(\(value.map { terms[$0].text } ?? ""))")
    }
    return lines
  }

  private func term(_ source: Source, _ terms: [Formula], _ notation: PlanNotation) -> Formula {
    switch source {
    case .load(let buffer, let offset):
      guard buffer == Plan.constants else { return Formula(notation.operand(buffer), .atom) }
      let number = notation.constant(at: offset)
      return Formula(number, number.hasPrefix("-") ? .negation : .atom)
    case .function(let instruction, let operands):
      return Self.term(instruction.function, operands.map { terms[$0] }, parameter: instruction.parameter)
    }
  }

  private static func term(_ function: Int32, _ operands: [Formula], parameter: Float) -> Formula {
    if let unary = UnaryFunction(code: function) {
      let (definition, parameter) = (unary.definition, PlanNotation.number(Double(parameter)))
      return definition.notation.formula(
        definition.name, operands, parameter: definition.parameter == nil ? nil : parameter)
    }
    if let binary = BinaryFunction(code: function)?.definition { return binary.notation.formula(binary.name, operands) }
    return Notation.call.formula(name(of: function), operands)
  }

  /// a, b, …, w, z, a1, b1, …: letters that memory is not named by.
  private static func localName(_ number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrsuvwz")
    return "\(letters[number % letters.count])\(number < letters.count ? "" : "\(number / letters.count)")"
  }

  // MARK: Names

  /// The functions of a program in short: `subtract, multiply ×3, rsqrt; sum ×2`.
  static func summary(_ program: gan_program, reductions: [gan_reduction]) -> String {
    let functions = instructions(program).map(\.function).filter { !isCopy($0) }.map { name(of: $0) }
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
  static func name(of function: Int32) -> String {
    if let unary = UnaryFunction(code: function) { return unary.definition.name }
    if let binary = BinaryFunction(code: function) { return binary.definition.name }
    return others[Int(function)] ?? "function \(function)"
  }

  /// What kernels do beside the functions that have definitions.
  private static let others: [Int: String] = [
    GAN_COPY: "copy", GAN_SELECT: "where", GAN_SPREAD: "spread", GAN_UNIFORM: "uniform", GAN_NORMAL: "normal",
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
