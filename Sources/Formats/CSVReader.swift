import Glibc

/// Takes a text apart into rows of fields.
struct CSVReader {
  /// Where a field stands; quotes are outside, doubled quotes within still doubled.
  struct Field {
    let range: Range<Int>
    let isQuoted: Bool
  }

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var place: Int
  private var line = 1
  /// The line, from 1, where the last row began.
  private(set) var rowLine = 1

  /// Refuses what is no text.
  init(checking file: [UInt8], path: String) throws {
    guard !file.contains(0) else {
      throw FormatError(title: "this is not a table", advice: "It is \(Contents.describe(file)).", path: path)
    }
    self.init(file, path: path)
  }

  /// Only what stands in front of `count` is text: a 0 behind it ends the last number for the C library.
  private let count: Int

  init(_ text: [UInt8], path: String) {
    bytes = text + [0]
    self.path = path
    count = text.count
    place = text.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    // The separator that the first row holds most of, outside of quotes.
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var counts = [0, 0, 0]
    var isInside = false
    for byte in text[place...] {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      guard isInside || byte != 10 && byte != 13 else { break }
      if !isInside, let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
    }
    let best = counts.indices.max { counts[$0] < counts[$1] || counts[$0] == counts[$1] && $0 > $1 }
    separator = best.map { candidates[$0] } ?? UInt8(ascii: ",")
  }

  /// The fields of the next row; nil at the end.
  mutating func nextRow() throws -> [Field]? {
    skipEmptyLines()
    guard place < count else { return nil }
    rowLine = line
    var fields: [Field] = []
    while true {
      fields.append(try nextField())
      guard place < count, bytes[place] == separator else { break }
      place += 1
    }
    skipLineEnd()
    return fields
  }

  private mutating func skipEmptyLines() {
    while place < count {
      var end = place
      while end < count, bytes[end] == 32 { end += 1 }
      guard end == count || bytes[end] == 10 || bytes[end] == 13 || bytes[end] == UInt8(ascii: "#") else { return }
      while end < count, bytes[end] != 10, bytes[end] != 13 { end += 1 }
      place = end
      skipLineEnd()
    }
  }

  private mutating func skipLineEnd() {
    guard place < count else { return }
    if bytes[place] == 13 { place += 1 }
    if place < count, bytes[place] == 10 { place += 1 }
    line += 1
  }

  private mutating func nextField() throws -> Field {
    while place < count, bytes[place] == 32 { place += 1 }
    guard place < count, bytes[place] == UInt8(ascii: "\"") else {
      let start = place
      while place < count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 { place += 1 }
      var end = place
      while end > start, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
      return Field(range: start..<end, isQuoted: false)
    }
    place += 1
    let start = place
    while place < count {
      if bytes[place] == 10 { line += 1 }
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
    while place < count, bytes[place] == 32 { place += 1 }
    guard place == count || bytes[place] == separator || bytes[place] == 10 || bytes[place] == 13 else {
      throw FormatError(
        title: "something stands behind a quoted field of the table", advice: "See line \(line).", path: path)
    }
    return field
  }

  func text(_ field: Field) -> String {
    let text = String(decoding: bytes[field.range], as: UTF8.self)
    guard field.isQuoted else { return text }
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

  /// The number in a field: NaN if it is empty, nil if it is something else.
  func number(_ field: Field) -> Float? {
    field.range.isEmpty ? .nan : short(field).map(Float.init) ?? parsed(field, by: strtof)
  }

  /// The same in double precision.
  func preciseNumber(_ field: Field) -> Double? { parsed(field, by: strtod) }

  /// What a field holds. Quotes make a text of it, whatever it looks like.
  func cell(_ field: Field) -> CSVTable.Cell {
    if field.isQuoted { return .text(text(field)) }
    if let number = field.range.isEmpty ? nil : short(field).map(Double.init) ?? parsed(field, by: strtod) {
      return .number(number)
    }
    switch text(field) {
    case "", "none": return .empty
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case let text: return .text(text)
    }
  }

  /// The whole number in a field of few digits, as most tables hold them.
  private func short(_ field: Field) -> Int? {
    guard field.range.count <= 7 else { return nil }
    var value = 0
    for byte in bytes[field.range] {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return value
  }

  private func parsed<Number>(
    _ field: Field, by parse: (UnsafePointer<CChar>, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Number
  ) -> Number? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let start = (base + field.range.lowerBound).assumingMemoryBound(to: CChar.self)
      var end: UnsafeMutablePointer<CChar>?
      let value = parse(start, &end)
      guard let end, UnsafePointer(end) == start + field.range.count else { return nil }
      return value
    }
  }

  /// Whether the row that was read last, the first one, holds the names of the columns: something that is no number, or quoted numbers
  /// alone where the next row has others.
  func isHeader(_ fields: [Field]) -> Bool {
    if fields.contains(where: { number($0) == nil }) { return true }
    var ahead = self
    guard fields.allSatisfy(\.isQuoted), let next = try? ahead.nextRow() else { return false }
    return next.contains { !$0.isQuoted }
  }

  /// The failure of a row, the one that was read last, of another length than the first.
  func ragged(_ count: Int, _ width: Int) -> FormatError {
    FormatError(
      title: "the rows of the table differ in length",
      advice: "Line \(rowLine) has \(count) field\(count == 1 ? "" : "s"), the first row has \(width).", path: path)
  }

  /// Whether every field is short and without spaces: a row of names, rather than prose with a comma.
  func isDense(_ fields: [Field]) -> Bool {
    fields.allSatisfy { $0.isQuoted || $0.range.count <= 40 && !bytes[$0.range].contains(32) }
  }
}
