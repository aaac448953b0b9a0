import Base
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

  /// Of the columns, from left to right, as the header row gives them; of two with one name the second has `.1` behind it.
  public var names: [String]
  /// The cells of each column, all of one length.
  public var columns: [[Cell]]

  /// A table of such columns: as many names as columns, and all columns of one length.
  public init(names: [String], columns: [[Cell]]) {
    self.names = names
    self.columns = columns
  }

  /// Nil for a table of numbers whose columns have no names. What the cells of a column are is told by `CSVColumn`.
  ///
  /// - Throws: `FormatError` naming the line of a ragged row.
  public static func read(_ path: String, _ options: CSV.Options = CSV.Options()) throws -> CSVTable? {
    if case .named(let table) = try CSV.contents(path, options).table { table } else { nil }
  }

  static func decode(_ guess: CSVGuess, _ options: CSV.Options, path: String) throws -> CSV.Contents {
    var reader = guess.reader
    let header = guess.hasHeader ? try reader.nextRow().map { guess.fitted($0, isHeader: true) } : nil
    var width = header?.count
    // Row after row.
    var fields: [CSVReader.Field] = []
    while let next = try reader.nextRow() {
      let row = guess.fitted(next, isHeader: false)
      guard row.count == width ?? row.count else { throw reader.ragged(row.count, width ?? 0) }
      width = row.count
      try fields.makeRoom(for: row.count)
      fields += row
    }
    guard let count = width else {
      throw FormatError(title: "the table is empty", advice: "It holds no row.", path: path)
    }
    let isQuoted = CSVTable.isWhollyQuoted((header ?? []) + fields, reader)
    let names = header.map { CSVTable.names(of: $0, reader) } ?? (0..<count).map { "c\($0)" }
    var table = CSVTable(names: names, columns: [])
    var notes = guess.notes
    if guess.namesHoldNumbers, let number = header?.first(where: { reader.number($0) != nil }) {
      notes.append(.numbersAsNames(reader.word(number)))
    }
    for (place, name) in names.enumerated() {
      try Memory.require(fields.count / count, of: Cell.self, for: "the table", path)
      let column = CSVColumn(
        reader, fields: stride(from: place, to: fields.count, by: count).lazy.map { fields[$0] },
        quotesTell: !isQuoted, missingWords: guess.missingWords, asTexts: options.texts.all || options.texts.names.contains(name))
      table.columns.append(column.cells)
      notes += column.notes(name)
    }
    return CSV.Contents(table: .named(table), notes: notes)
  }

  /// Whether everything stands in quotes, as some programs write it: then they do not tell texts from numbers.
  private static func isWhollyQuoted(_ fields: [CSVReader.Field], _ reader: CSVReader) -> Bool {
    fields.contains(where: \.isQuoted) && fields.allSatisfy { $0.isQuoted || reader.isEmpty($0) }
  }

  /// The names in a row of them: what has no name is called by its place, and a name that was there before has .1, .2, … behind it, as in pandas.
  private static func names(of header: [CSVReader.Field], _ reader: CSVReader) -> [String] {
    let words = header.enumerated().map { place, field in
      let isUnnamed = field.isQuoted ? field.range.isEmpty : reader.isEmpty(field)
      return isUnnamed ? "Unnamed: \(place)" : reader.word(field)
    }
    var taken = Set(words)
    var seen: [String: Int] = [:]
    return words.map { word in
      let count = seen[word, default: -1] + 1
      seen[word] = count
      guard count > 0 else { return word }
      var number = count
      while taken.contains("\(word).\(number)") { number += 1 }
      seen[word] = number
      taken.insert("\(word).\(number)")
      return "\(word).\(number)"
    }
  }

  // MARK: Writing

  /// Writes the names, and one line a row; reading gives the same table where the cells of each column are of one kind.
  ///
  /// - Throws: `FormatError` where a text holds the character \0, which no table can, or the file cannot be written.
  public func write(to path: String) throws {
    var text = names.map(CSVTable.quoted).joined(separator: ",") + "\n"
    // A line with nothing on it would be no row.
    let nothing = columns.count == 1 ? "NA" : ""
    for row in 0..<(columns.first?.count ?? 0) {
      for (place, column) in columns.enumerated() {
        if place > 0 { text += "," }
        switch column[row] {
        case .empty: text += nothing
        case .number(let number): text += CSVTable.description(of: number)
        case .boolean(let boolean): text += boolean ? "true" : "false"
        case .text(let word): try text.grow(by: CSVTable.quoted(word))
        }
      }
      text += "\n"
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
  private static func quoted(_ text: String) -> String {
    if isPlain(text) { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      escaped.append(scalar)
      if scalar == "\"" { escaped.append(scalar) }
    }
    return "\"\(String(escaped))\""
  }

  private static func isPlain(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, first > 32, last > 32,
      !bytes.contains(where: { ",;|\t\"\n\r#".utf8.contains($0) })
    else { return false }
    guard !CSV.missingWords.contains(text), !["none", "true", "false"].contains(text.lowercased()) else { return false }
    // A number may begin with a sign, a digit, a point, or be inf or nan; several of them in one text look like cells.
    var reader = CSVReader(bytes, CSVDialect(separator: .blanks, comments: .from([])), path: "")
    guard let word = try? reader.nextRow()?.first else { return false }
    return reader.number(word) == nil
  }
}
