import Base
import Syntax

/// `{value:>8.3}` in strings.
enum Formatting {
  static func text(of value: Value, _ format: FormatSpecification) throws -> String {
    let text: String
    var isNumber = true
    switch value {
    case .number(let number): text = digits(number, format)
    case .object(let object):
      if let number = try object.scalar() {
        text = digits(number, format)
      } else {
        try requirePlain(value, format)
        (text, isNumber) = (try object.printed(), false)
      }
    case .list(let list) where wantsNumber(format):
      var inner = format
      inner.width = nil
      var printer = ValuePrinter(width: nil) { try Self.text(of: $0, inner) }
      text = try printer.text(.list(list))
    case .none, .boolean, .string, .list, .range, .record, .function, .builtin:
      try requirePlain(value, format)
      (text, isNumber) = (try value.printed(), false)
    }
    return padded(text, format, isNumber: isNumber)
  }

  private static func wantsNumber(_ format: FormatSpecification) -> Bool {
    format.decimals != nil || format.style != .fixed || format.showsPlus
  }

  private static func requirePlain(_ value: Value, _ format: FormatSpecification) throws {
    guard wantsNumber(format) else { return }
    throw Failure(
      "this format is for numbers", [(.whole, value.briefly)],
      advice: "For other values a format gives the width alone: `{name:>10}`.")
  }

  private static func digits(_ number: Double, _ format: FormatSpecification) -> String {
    var text: String
    switch format.style {
    case .fixed: text = format.decimals.map { NumberText.fixed(number, decimals: $0) } ?? NumberText.shortest(number)
    case .exponent: text = NumberText.exponent(number, decimals: format.decimals ?? 6)
    case .percent: text = NumberText.fixed(number * 100, decimals: format.decimals ?? 0) + "%"
    }
    // What rounds to nothing shows no sign.
    if text.hasPrefix("-"), !text.contains(where: { $0 != "0" && $0 != "." && $0 != "-" && $0 != "%" }) { text.removeFirst() }
    return format.showsPlus && !text.hasPrefix("-") ? "+" + text : text
  }

  private static func padded(_ text: String, _ format: FormatSpecification, isNumber: Bool) -> String {
    let missing = min(format.width ?? 0, 10_000) - text.count
    guard missing > 0 else { return text }
    if format.padsWithZeros, isNumber, format.alignment == nil {
      let signed = text.hasPrefix("-") || text.hasPrefix("+")
      return text.prefix(signed ? 1 : 0) + String(repeating: "0", count: missing) + text.dropFirst(signed ? 1 : 0)
    }
    let space = { String(repeating: " ", count: $0) }
    switch format.alignment ?? (isNumber ? .right : .left) {
    case .left: return text + space(missing)
    case .right: return space(missing) + text
    case .center: return space(missing / 2) + text + space(missing - missing / 2)
    }
  }
}
