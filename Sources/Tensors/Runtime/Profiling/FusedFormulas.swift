/// A fused kernel as formulas, in the notation of the language: `t3 = leaky_relu((t1 - t2) * x4, 0.2)`.
struct FusedFormulas {
  private enum Source {
    case load(FusedKernel.Load)
    case function(FusedKernel.Function, operands: [Int])
  }

  private struct Value {
    var source: Source
    /// Where it is kept in memory.
    var buffer: Int?
    var readers = 0
  }

  private var values: [Value] = []
  /// Results of reductions; the value is nil where there is nothing to reduce.
  private var reductions: [(reduction: Reduction, value: Int?, buffer: Int)] = []

  /// Longer formulas are broken up.
  private static let mostCharacters = 64

  init(_ kernel: FusedKernel) {
    var valueOfSlot: [FusedKernel.Slot: Int] = [:]
    for load in kernel.loads {
      valueOfSlot[load.slot] = values.count
      values.append(Value(source: .load(load)))
    }
    for instruction in kernel.instructions {
      let operands = instruction.operands.compactMap { valueOfSlot[$0] }
      if instruction.function == .spread, let same = operands.first {
        valueOfSlot[instruction.destination] = same
        continue
      }
      for operand in operands { values[operand].readers += 1 }
      valueOfSlot[instruction.destination] = values.count
      values.append(Value(source: .function(instruction.function, operands: operands)))
    }
    for store in kernel.stores {
      if let value = valueOfSlot[store.slot] { values[value].buffer = store.buffer }
    }
    for reduction in kernel.reductions {
      let value = reduction.slot.flatMap { valueOfSlot[$0] }
      if let value { values[value].readers += 1 }
      reductions.append((reduction.reduction, value, reduction.result))
    }
  }

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
    for (reduction, value, buffer) in reductions {
      lines.append("\(notation.result(buffer)) = \(FusedKernel.name(of: reduction))(\(value.map { terms[$0].text } ?? ""))")
    }
    return lines
  }

  private func term(_ source: Source, _ terms: [Formula], _ notation: PlanNotation) -> Formula {
    switch source {
    case .load(let load):
      guard load.buffer == PlanBuffers.constants else { return Formula(notation.operand(load.buffer), .atom) }
      let number = notation.constant(at: load.offset)
      return Formula(number, number.hasPrefix("-") ? .negation : .atom)
    case .function(let function, let operands): return Self.term(function, operands.map { terms[$0] })
    }
  }

  /// A formula of one function of things with names.
  static func text(_ function: FusedKernel.Function, _ names: [String]) -> String {
    term(function, names.map { Formula($0, $0.hasPrefix("-") ? .negation : .atom) }).text
  }

  private static func term(_ function: FusedKernel.Function, _ operands: [Formula]) -> Formula {
    switch function {
    case .unary(let function, let parameter):
      let definition = function.definition
      return definition.notation.formula(
        definition.name, operands,
        parameter: definition.parameter == nil ? nil : PlanNotation.number(Double(parameter)))
    case .binary(let function): return function.definition.notation.formula(function.definition.name, operands)
    case .select, .spread, .random: return Notation.call.formula(FusedKernel.name(of: function), operands)
    }
  }

  /// a, b, …, w, z, a1, b1, …: letters that memory is not named by.
  private static func localName(_ number: Int) -> String {
    let letters = Array("abcdefghijklmnopqrsuvwz")
    return "\(letters[number % letters.count])\(number < letters.count ? "" : "\(number / letters.count)")"
  }
}
