import Glibc

/// A table whose columns have names and whose cells may be anything: numbers in double precision, texts, truth, or nothing (RFC 4180).
public struct CSVTable: Equatable, Sendable {
  /// What one cell holds.
  public enum Cell: Equatable, Sendable {
    case empty
    case number(Double)
    case boolean(Bool)
    case text(String)
  }

  /// Of the columns, from left to right, as the header row gives them.
  public var names: [String]
  /// The cells of each column, all of one length.
  public var columns: [[Cell]]

  /// A table of such columns: as many names as columns, and all columns of one length.
  public init(names: [String], columns: [[Cell]]) {
    self.names = names
    self.columns = columns
  }

  /// Nil for a table of numbers whose columns have no names. What stands in quotes is a text, `none` and nothing are an empty cell, `true`
  /// and `false` are themselves, a number is one, and all else is a text.
  ///
  /// - Throws: `FormatError` naming the line of a ragged row.
  public static func read(_ path: String) throws -> CSVTable? {
    try decode(try FileBytes.read(path), path: path)
  }

  static func decode(_ file: [UInt8], path: String) throws -> CSVTable? {
    var reader = try CSVReader(checking: file, path: path)
    guard let header = try reader.nextRow(), reader.isHeader(header) else { return nil }
    var columns = [[Cell]](repeating: [], count: header.count)
    while let fields = try reader.nextRow() {
      guard fields.count == header.count else { throw reader.ragged(fields.count, header.count) }
      for (column, field) in fields.enumerated() { columns[column].append(reader.cell(field)) }
    }
    return CSVTable(names: header.map(reader.text), columns: columns)
  }

  /// Writes the names, and one line a row; reading gives the same table.
  ///
  /// - Throws: `FormatError` where a text holds the character \0, which no table can, or the file cannot be written.
  public func write(to path: String) throws {
    var text = names.map(CSVTable.quoted).joined(separator: ",") + "\n"
    // A line with nothing on it would be no row.
    let nothing = columns.count == 1 ? "none" : ""
    for row in 0..<(columns.first?.count ?? 0) {
      let cells = columns.map { column in
        switch column[row] {
        case .empty: nothing
        case .number(let number): CSVTable.description(of: number)
        case .boolean(let boolean): boolean ? "true" : "false"
        case .text(let text): CSVTable.quoted(text)
        }
      }
      text += cells.joined(separator: ",") + "\n"
    }
    guard !text.utf8.contains(0) else {
      throw FormatError(
        title: "the table cannot be written", advice: "One of its texts holds the character \\0, which no table can.", path: path)
    }
    try AtomicFile.write(path, Array(text.utf8))
  }

  private static func description(of number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    // −0 keeps its sign.
    if let whole = Int32(exactly: number), number != 0 || number.sign == .plus { return String(whole) }
    return "\(number)"
  }

  /// A text in quotes, where without them it would end, fall apart, or be read as something else.
  static func quoted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let isPlain =
      !bytes.isEmpty && !bytes.contains { ",;\t\"\n\r#".utf8.contains($0) || $0 == 0 } && bytes.first != 32 && bytes.last != 32
      && !["none", "true", "false"].contains(text)
    // A number may begin with a sign, a digit, a point, or be inf or nan.
    var reader = CSVReader(bytes, path: "")
    if isPlain, let fields = try? reader.nextRow(), fields.count == 1, reader.number(fields[0]) == nil { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      escaped.append(scalar)
      if scalar == "\"" { escaped.append(scalar) }
    }
    return "\"\(String(escaped))\""
  }
}
