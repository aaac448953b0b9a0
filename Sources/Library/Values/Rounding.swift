import Formats
import Interpreter

/// What is said where whole numbers lose their last digits on their way into a tensor.
enum Rounding {
  static let advice = [
    "The numbers of a tensor are float32: whole numbers up to 16777216 (2^24) are exact, of greater ones only some are there.",
    "Keep identifiers in a list, whose numbers are exact up to 2^53.",
  ]

  /// Nil where nothing was rounded. `name`: what is rounded, before the numbers.
  static func remark(
    _ rounded: [(name: String, numbers: RoundedNumbers, shape: [Int])], at operand: Operand, subject: String = ""
  )
    -> Remark?
  {
    let found = rounded.filter { $0.numbers.count > 0 }
    let count = found.reduce(0) { $0 + $1.numbers.count }
    guard count > 0 else { return nil }
    let text = found.prefix(3).map { $0.name + $0.numbers.first(in: $0.shape) }.joined(separator: "; ")
    let marks = [(operand, text + (found.count > 3 ? "; …" : ""))]
    if found.allSatisfy({ $0.numbers.infiniteCount == $0.numbers.count }) {
      return Remark(
        count == 1 ? "a number is too large, and becomes infinite" : "\(count) numbers are too large, and become infinite", marks,
        advice: ["The numbers of a tensor are float32: the greatest is 3.4028235e38."], subject: subject)
    }
    return Remark(
      count == 1 ? "a whole number is rounded" : "\(count) whole numbers are rounded", marks, advice: advice, subject: subject)
  }
}

extension Invocation {
  /// A number that becomes one of a tensor; said where that rounds it.
  func numberForTensor(_ name: String) throws -> Double {
    let number = try number(name)
    remarkRounding(of: number, name)
    return number
  }

  func remarkRounding(of number: Double, _ name: String) {
    guard number.magnitude > RoundedNumbers.exactLimit else { return }
    var rounded = RoundedNumbers()
    _ = rounded.float(number)
    remark(rounded, shape: [], name)
  }

  func remark(_ rounded: RoundedNumbers, shape: [Int], _ name: String) {
    if let remark = Rounding.remark([("", rounded, shape)], at: .argument(name)) { session.remark(remark) }
  }
}
