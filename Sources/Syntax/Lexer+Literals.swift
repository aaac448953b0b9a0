/// Numbers and strings.
extension Lexer {
  // MARK: Numbers

  mutating func readNumber() {
    let start = position
    if bytes[start] == UInt8(ascii: "0"), byte(start + 1) | 0x20 == UInt8(ascii: "x") { return readHexadecimal() }
    skipDigits()
    if byte(position) == UInt8(ascii: "."), byte(position + 1).isDigit {
      position += 1
      skipDigits()
    } else if byte(position) == UInt8(ascii: "."), byte(position + 1) != UInt8(ascii: "."), !beginsName(at: position + 1) {
      let digits = source.text(of: Span(start, position))
      position += 1
      report("digits are missing after the point", Span(start, position), "", "Write `\(digits)` or `\(digits).0`.")
      return add(.number, start, position - 1)
    }
    if byte(position) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(position + 1) == UInt8(ascii: "-") || byte(position + 1) == UInt8(ascii: "+") ? 1 : 0
      if byte(position + 1 + sign).isDigit {
        position += 1 + sign
        skipDigits()
      }
    }
    finishNumber(start)
  }

  private func beginsName(at offset: Int) -> Bool {
    guard offset < bytes.count, let (scalar, _) = scalar(at: offset) else { return false }
    return scalar.beginsName
  }

  private mutating func skipDigits() {
    while byte(position).isDigit || (byte(position) == UInt8(ascii: "_") && byte(position + 1).isDigit) { position += 1 }
  }

  private mutating func readHexadecimal() {
    let start = position
    position += 2
    while byte(position).isDigit || (byte(position) | 0x20 >= UInt8(ascii: "a") && byte(position) | 0x20 <= UInt8(ascii: "f"))
      || (byte(position) == UInt8(ascii: "_") && byte(position + 1).isNamePart && position > start + 2)
    {
      position += 1
    }
    if position == start + 2 {
      report("digits are missing after `0x`", Span(start, position), "", "A hexadecimal number is written like `0x1F`.")
    }
    finishNumber(start)
  }

  /// A number ends where no letter follows: `2x` is neither.
  private mutating func finishNumber(_ start: Int) {
    let end = position
    add(.number, start, end)
    guard beginsName(at: end) else { return }
    var tail = end
    while tail < bytes.count, let (scalar, width) = scalar(at: tail), scalar.continuesName { tail += width }
    let number = source.text(of: Span(start, end))
    let letters = source.text(of: Span(end, tail))
    report(
      "a number runs into a name", Span(start, tail), "",
      letters == "j" || letters == "i"
        ? "There are no complex numbers here."
        : "A product needs its sign: `\(number) * \(letters)`. A name cannot begin with a digit.")
    position = tail
  }

  /// `.5`
  mutating func readFractionAlone() {
    let start = position
    position += 1
    skipDigits()
    report(
      "a digit is missing before the point", Span(start, position), "", "Write `0\(source.text(of: Span(start, position)))`.")
    add(.number, start, position)
  }

  // MARK: Strings

  mutating func openString() {
    let start = position
    let isTriple = byte(start + 1) == UInt8(ascii: "\"") && byte(start + 2) == UInt8(ascii: "\"")
    position += isTriple ? 3 : 1
    frames.append(.string(isTriple: isTriple, quote: tokens.count))
    add(.stringOpen, start, position)
  }

  /// Reads text up to the next brace or the end of the string; false where the text of the source ends inside a `"""`.
  mutating func readStringPart(isTriple: Bool) -> Bool {
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\"):
        position += 1
        if byte(position) == UInt8(ascii: "u"), byte(position + 1) == UInt8(ascii: "{") { position += 1 }
        if position < bytes.count, isTriple || bytes[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "{"):
        addText(start)
        add(.interpolationOpen, position, position + 1)
        position += 1
        frames.append(.interpolation(brackets: 0, brace: position - 1))
        return true
      case UInt8(ascii: "\""):
        if isTriple, byte(position + 1) != UInt8(ascii: "\"") || byte(position + 2) != UInt8(ascii: "\"") {
          position += 1
          continue
        }
        addText(start)
        let width = isTriple ? 3 : 1
        add(.stringClose, position, position + width)
        position += width
        frames.removeLast()
        return true
      case UInt8(ascii: "\n") where !isTriple:
        closeUnfinishedString(start)
        return true
      default: position += 1
      }
    }
    if isTriple {
      addText(start)
      return false
    }
    closeUnfinishedString(start)
    return true
  }

  private mutating func closeUnfinishedString(_ textStart: Int) {
    // A quote that opens a string inside of braces, and is never closed, closed the outer string in its writer's mind.
    if frames.count >= 3, case .string(false, _) = frames[frames.count - 3] {
      reportOpenBrace(to: textStart - 1)
    } else if case .string(_, let quote) = frames.last {
      report(
        "the string is not closed", Span(tokens[quote].lower, position), "begins here",
        "Close it with `\"` on the same line; a text of several lines stands between `\"\"\"`.")
    }
    addText(textStart)
    add(.stringClose, position, position)
    frames.removeLast()
  }

  private mutating func addText(_ start: Int) {
    if position > start { add(.stringText, start, position) }
  }

  /// The colon and what follows it up to the `}`.
  mutating func readFormat() {
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "}"), bytes[position] != UInt8(ascii: "\""),
      bytes[position] != UInt8(ascii: "\n")
    {
      position += 1
    }
    add(.format, start, position)
    // The string ends before its brace: the quote is read as the end of the string.
    guard byte(position) == UInt8(ascii: "\""), case .interpolation = frames.last else { return }
    reportOpenBrace(to: position)
    add(.interpolationClose, position, position)
    frames.removeLast()
  }

  /// `'…'` and other quotes that are not ours, read as a plain string.
  mutating func readForeignString(closers: [UInt8], width: Int) {
    let start = position
    let isTriple = width == 1 && byte(start + 1) == closers[0] && byte(start + 2) == closers[0]
    var end = start + (isTriple ? 3 : width)
    let textStart = end
    var isClosed = false
    while end < bytes.count, isTriple || bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "\\"), width == 1 {
        end += 2
        continue
      }
      if isTriple
        ? bytes[end...].prefix(3).elementsEqual([closers[0], closers[0], closers[0]]) : bytes[end...].starts(with: closers)
      {
        isClosed = true
        break
      }
      end += 1
    }
    let mark = source.text(of: Span(start, textStart))
    guard isClosed else {
      let transpose = mark == "'" ? " The transpose of x is `transpose(x)`." : ""
      report("`\(mark)` has no meaning here", Span(start, textStart), "", "A string is written \"…\"." + transpose)
      position = textStart
      return add(.invalid, start, textStart)
    }
    let close = end + (isTriple ? 3 : closers.count)
    report(
      isTriple ? "a text of several lines is written between `\"\"\"`" : "a string is written with straight double quotes",
      Span(start, isTriple ? textStart : close), "",
      isTriple ? "Write \"\"\" instead of \(mark)." : "Write \"\(source.text(of: Span(textStart, end)))\".")
    position = textStart
    add(.stringOpen, start, textStart)
    if end > textStart { add(.stringText, textStart, end) }
    add(.stringClose, end, close)
    position = close
  }
}
