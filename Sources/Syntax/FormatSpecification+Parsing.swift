extension FormatSpecification {
  /// Why a format is not understood, and the way out.
  struct Problem: Error {
    var text: String
    var advice: String
  }

  /// Reads what stands behind the colon: `[<|>|^][+][0][width][.decimals][e|%]`.
  static func parse(_ written: Substring) -> Result<FormatSpecification, Problem> {
    var rest = written
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    var format = FormatSpecification()
    func take(_ character: Character) -> Bool {
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }
    func digits() -> Substring {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest.removeFirst(digits.count)
      return digits
    }
    if take("<") {
      format.alignment = .left
    } else if take(">") {
      format.alignment = .right
    } else if take("^") {
      format.alignment = .center
    }
    format.showsPlus = take("+")
    format.padsWithZeros = rest.first == "0" && rest.dropFirst().first.map { $0.isNumber || $0 == "." } ?? false
    if format.padsWithZeros { rest.removeFirst() }
    let width = digits()
    if !width.isEmpty {
      guard let value = Int(width), value <= 1000 else {
        return .failure(Problem(text: "a width of \(width)", advice: "No value is wider than 1000 characters."))
      }
      format.width = value
    }
    if take(".") {
      let decimals = digits()
      guard let value = Int(decimals), value <= 100 else {
        return .failure(
          Problem(
            text: decimals.isEmpty ? "no digits after the point" : "\(decimals) digits",
            advice: "`.3` is 3 digits after the decimal point, 100 are the most."))
      }
      format.decimals = value
    }
    if take("e") { format.style = .exponent } else if take("%") { format.style = .percent }
    if rest.isEmpty, !written.allSatisfy({ $0 == " " }) { return .success(format) }
    if rest == "f" || rest == "d" || rest == "g" {
      return .failure(Problem(text: "`\(rest)` is not needed", advice: "Write `{x:\(written.dropLast())}`."))
    }
    return .failure(
      Problem(
        text: rest.isEmpty ? "nothing after the colon" : "`\(rest)` is not part of a format",
        advice: "A format is like `{x:.3}`, `{x:>8.2}`, `{x:+.1e}` or `{x:.0%}`. Write `\\{` for a brace itself."))
  }
}
