import Base
import Glibc

/// How a table is written.
struct CSVDialect: Equatable {
  /// Which lines, or ends of lines, say nothing of the table.
  enum Comments: Equatable {
    /// Whatever stands behind these bytes, outside of quotes.
    case from([UInt8])
    /// Lines that begin with `#`, unless they have as many fields as the rows, and no blank follows. The line that begins at `names`, a place in
    /// the text, holds the names of the columns behind its `#`.
    case fitting(width: Int, names: Int?)
  }

  var separator: CSV.Options.Separator
  var comments: Comments
  var decimal = UInt8(ascii: ".")
}

/// Takes a text apart into rows of fields.
struct CSVReader {
  /// Where a field stands; quotes are outside, doubled quotes within still doubled.
  struct Field {
    let range: Range<Int>
    let isQuoted: Bool
  }

  private let bytes: [UInt8]
  private let path: String
  private let dialect: CSVDialect
  private var place = 0
  private var line = 1
  /// The line, from 1, where the last row began.
  private(set) var rowLine = 1
  /// Only what stands in front of `count` is text: a 0 behind it ends the last number for the C library.
  private let count: Int

  /// - Parameter text: in UTF-8, without a byte order mark.
  init(_ text: [UInt8], _ dialect: CSVDialect, path: String) {
    bytes = text + [0]
    self.path = path
    count = text.count
    self.dialect = dialect
  }

  /// The same text from its beginning, read in another way.
  init(_ other: CSVReader, as dialect: CSVDialect) {
    bytes = other.bytes
    path = other.path
    count = other.count
    self.dialect = dialect
  }

  /// The fields of the next row; nil at the end.
  mutating func nextRow() throws -> [Field]? {
    while true {
      skipEmptyLines()
      guard place < count else { return nil }
      rowLine = line
      guard case .fitting(let width, let names) = dialect.comments, bytes[place] == UInt8(ascii: "#") else {
        return try fields()
      }
      if place == names {
        place += 1
        skipBlanks()
        return try fields()
      }
      let start = place
      if !isRemark, let row = try? fields(), row.count == width { return row }
      // What looked like a quote in the comment is none.
      (place, line) = (start, rowLine)
      skipLine()
    }
  }

  /// Whether a `#` stands here that a blank follows, or nothing.
  private var isRemark: Bool {
    bytes[place] == UInt8(ascii: "#") && (place + 1 == count || [9, 10, 13, 32].contains(bytes[place + 1]))
  }

  /// Where the line of names begins that NumPy puts above the rows behind a `#`: the last of those above the first row that have as many names
  /// as the rows have fields. nil where there is none.
  func namesInRemark(width: Int) -> Int? {
    guard width > 1 else { return nil }
    var (ahead, names) = (CSVReader(self, as: CSVDialect(separator: dialect.separator, comments: .from([]))), nil as Int?)
    while true {
      ahead.skipEmptyLines()
      guard ahead.place < count, ahead.isRemark else { return names }
      let start = ahead.place
      ahead.place += 1
      ahead.skipBlanks()
      if let row = try? ahead.fields(), row.count == width { names = start }
      ahead.place = start
      ahead.skipLine()
    }
  }

  private mutating func fields() throws -> [Field] {
    var fields: [Field] = []
    while true {
      let field = try nextField()
      // Blanks at the end of a line, or before a comment, separate nothing.
      if dialect.separator == .blanks, field.range.isEmpty, !field.isQuoted, !fields.isEmpty { break }
      fields.append(field)
      guard place < count, isSeparator(bytes[place]) else { break }
      place += 1
    }
    if isComment { skipLine() } else { skipLineEnd() }
    return fields
  }

  @inline(__always)
  private func isSeparator(_ byte: UInt8) -> Bool {
    switch dialect.separator {
    case .byte(let separator): byte == separator
    case .blanks: byte == 32 || byte == 9
    }
  }

  /// Whether a comment begins here.
  private var isComment: Bool {
    guard case .from(let word) = dialect.comments, let first = word.first, place < count, bytes[place] == first else {
      return false
    }
    return bytes[place..<count].starts(with: word)
  }

  private mutating func skipEmptyLines() {
    while place < count {
      let start = place
      skipBlanks()
      guard place < count else { return }
      if isComment {
        skipLine()
      } else if bytes[place] == 10 || bytes[place] == 13 {
        skipLineEnd()
      } else {
        // Blanks that separate are fields of their own where they are tabs.
        if dialect.separator != .blanks { place = start }
        return
      }
    }
  }

  /// Spaces, and tabs where these do not separate.
  private mutating func skipBlanks() {
    while place < count, bytes[place] == 32 || bytes[place] == 9 && dialect.separator != .byte(9) { place += 1 }
  }

  private mutating func skipLine() {
    while place < count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
    skipLineEnd()
  }

  private mutating func skipLineEnd() {
    guard place < count else { return }
    if bytes[place] == 13 { place += 1 }
    if place < count, bytes[place] == 10 { place += 1 }
    line += 1
  }

  private mutating func nextField() throws -> Field {
    let outer = place
    skipBlanks()
    guard place < count, bytes[place] == UInt8(ascii: "\"") else {
      if dialect.separator != .blanks { place = outer }
      let start = place
      while place < count, !isSeparator(bytes[place]), bytes[place] != 10, bytes[place] != 13, !isComment { place += 1 }
      return Field(range: start..<place, isQuoted: false)
    }
    place += 1
    let start = place
    while place < count {
      if bytes[place] == 10 || bytes[place] == 13 && bytes[place + 1] != 10 { line += 1 }
      if bytes[place] == UInt8(ascii: "\"") {
        guard place + 1 < count, bytes[place + 1] == UInt8(ascii: "\"") else { break }
        place += 1
      }
      place += 1
    }
    guard place < count else {
      throw FormatError(
        title: "a quoted field of the table has no end", advice: "It begins in line \(rowLine).", path: path)
    }
    let field = Field(range: start..<place, isQuoted: true)
    place += 1
    if dialect.separator != .blanks { skipBlanks() }
    guard place == count || isSeparator(bytes[place]) || bytes[place] == 10 || bytes[place] == 13 || isComment else {
      throw FormatError(
        title: "something stands behind a quoted field of the table", advice: "See line \(line).", path: path)
    }
    return field
  }

  // MARK: What a field holds

  /// The range of a field without the blanks around it.
  private func trimmed(_ field: Field) -> Range<Int> {
    var range = field.range
    while let last = range.last, bytes[last] == 32 || bytes[last] == 9 { range = range.lowerBound..<last }
    while let first = range.first, bytes[first] == 32 || bytes[first] == 9 { range = first + 1..<range.upperBound }
    return range
  }

  /// What stands in a field; blanks around it are a part of it.
  func text(_ field: Field) -> String {
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    guard field.isQuoted, text.utf8.contains(UInt8(ascii: "\"")) else { return text }
    // Scalars, not characters: a mark behind a quote is no part of it.
    var result = String.UnicodeScalarView()
    var quoted = false
    for scalar in text.unicodeScalars {
      if scalar == "\"", !quoted {
        quoted = true
        continue
      }
      quoted = false
      result.append(scalar)
    }
    return String(result)
  }

  /// What stands in a field, without blanks around it.
  func word(_ field: Field) -> String {
    field.isQuoted ? text(field) : String(decoding: bytes[trimmed(field)], as: UTF8.self)
  }

  /// Whether nothing but blanks stands in a field.
  func isEmpty(_ field: Field) -> Bool { trimmed(field).isEmpty }

  /// The number in a field; nil if it is empty or something else.
  func number(_ field: Field) -> Float? {
    let range = trimmed(field)
    return range.isEmpty ? nil : short(range).map(Float.init) ?? parsed(range, by: strtof)
  }

  /// The same in double precision.
  func preciseNumber(_ field: Field) -> Double? {
    let range = trimmed(field)
    return range.isEmpty ? nil : short(range).map(Double.init) ?? parsed(range, by: strtod)
  }

  /// Whether a number is written as the names of things are, not as numbers: with zeros in front, such as 007, or in base 16.
  func isName(_ field: Field) -> Bool {
    let range = trimmed(field)
    let digits = bytes[range].drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    guard digits.count > 1, digits.first == UInt8(ascii: "0") else { return false }
    let second = digits[digits.startIndex + 1]
    return second >= 48 && second <= 57 || second | 32 == UInt8(ascii: "x")
  }

  /// The number in a field that is written as a whole number: with digits alone, perhaps behind a sign.
  func whole(_ field: Field) -> Int? { Int(String(decoding: bytes[trimmed(field)], as: UTF8.self)) }

  /// Whether a number is whole and has more digits than a Double keeps.
  func isBeyondDouble(_ field: Field, _ number: Double) -> Bool {
    guard number.magnitude >= 0x1p53, number.magnitude < 0x1p63 else { return false }
    guard let whole = whole(field) else { return false }
    return Double(whole) != number || Int(exactly: number) != whole
  }

  /// The whole number in a range of few digits, as most tables hold them.
  private func short(_ range: Range<Int>) -> Int? {
    guard range.count <= 7 else { return nil }
    var value = 0
    for byte in bytes[range] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  private func parsed<Number: BinaryFloatingPoint>(
    _ range: Range<Int>, by parse: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Number
  ) -> Number? {
    // The C library would pass over blanks, and read the words nan(…).
    guard let first = bytes[range].first, first > 32, bytes[range.upperBound - 1] != UInt8(ascii: ")") else { return nil }
    if dialect.decimal != UInt8(ascii: ".") { return localized(range, by: parse) }
    return bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let start = (base + range.lowerBound).assumingMemoryBound(to: CChar.self)
      var end: UnsafeMutablePointer<CChar>?
      let value = parse(start, &end)
      guard let end, UnsafePointer(end) == start + range.count else { return nil }
      return value
    }
  }

  /// A number with another sign in front of its decimals.
  private func localized<Number>(
    _ range: Range<Int>, by parse: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Number
  ) -> Number? {
    guard !bytes[range].contains(UInt8(ascii: ".")) else { return nil }
    let digits = bytes[range].map { CChar(bitPattern: $0 == dialect.decimal ? UInt8(ascii: ".") : $0) } + [0]
    return digits.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      var end: UnsafeMutablePointer<CChar>?
      let value = parse(start, &end)
      guard let end, UnsafePointer(end) == start + range.count else { return nil }
      return value
    }
  }

  /// The failure of a row, the one that was read last, of another length than the first.
  func ragged(_ count: Int, _ width: Int) -> FormatError {
    FormatError(
      title: "the rows of the table differ in length",
      advice: "Line \(rowLine) has \(count) field\(count == 1 ? "" : "s"), the first row has \(width).", path: path)
  }

  /// Whether every field is short and without spaces: a row of names, rather than prose with a comma.
  func isDense(_ fields: [Field]) -> Bool {
    fields.allSatisfy { $0.isQuoted || $0.range.count <= 40 && !bytes[trimmed($0)].contains(32) }
  }
}
