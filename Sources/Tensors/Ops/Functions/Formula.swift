/// A formula in the notation of the language, and how strongly it holds together.
struct Formula: Sendable {
  /// As in the language, the weakest first.
  enum Precedence: Int, Sendable {
    case comparison, sum, product, negation, power, atom
  }

  var text: String
  var precedence: Precedence

  init(_ text: String, _ precedence: Precedence) { (self.text, self.precedence) = (text, precedence) }

  /// In parentheses, if it holds together less than `least`.
  func within(_ least: Precedence) -> String { precedence.rawValue < least.rawValue ? "(\(text))" : text }
}

/// How a function is written in formulas.
enum Notation: Sendable {
  /// `name(a, b)`.
  case call
  /// `a + b`; what its operands must hold together as.
  case infix(String, Formula.Precedence, left: Formula.Precedence, right: Formula.Precedence)
  /// Of as many operands as the function has.
  case written(@Sendable ([Formula]) -> Formula)

  static func comparison(_ sign: String) -> Notation { .infix(sign, .comparison, left: .sum, right: .sum) }
  static func product(_ sign: String) -> Notation { .infix(sign, .product, left: .product, right: .negation) }

  /// - Parameters:
  ///   - name: The function's.
  ///   - parameter: The function's parameter as text, if it has one: the last argument of a call.
  func formula(_ name: String, _ operands: [Formula], parameter: String? = nil) -> Formula {
    switch self {
    case .call:
      let arguments = operands.map(\.text) + (parameter.map { [$0] } ?? [])
      return Formula("\(name)(\(arguments.joined(separator: ", ")))", .atom)
    case .infix(let sign, let precedence, let left, let right):
      guard operands.count == 2 else { return Notation.call.formula(name, operands) }
      return Formula("\(operands[0].within(left)) \(sign) \(operands[1].within(right))", precedence)
    case .written(let write): return write(operands)
    }
  }
}
