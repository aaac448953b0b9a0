import Base
import Glibc

extension FileFormat {
  static let csv = FileFormat(
    "CSV", "a table", [".csv", ".tsv"], reader: .table(CSV.contents, numbers: CSV.read),
    writers: Writers(
      array: { array, path in try CSV.write(array, to: path) }, rank: 2, table: { table, path in try table.write(to: path) }),
    // Text can be many things, and what begins like a table is not certainly one.
    resembles: CSV.begins, begins: { _ in false })
}

/// Tables as text: cells separated by commas, semicolons, tabs, bars or blanks, perhaps in double quotes (RFC 4180). For columns that have
/// names, and for all that is no number, there is `CSVTable`.
public enum CSV {
  /// What a table file holds.
  public enum Table: Equatable, Sendable {
    case named(CSVTable)
    case numbers(NumericArray)
  }

  /// What was guessed, or lost, and may be wrong.
  public enum Note: Equatable, Sendable {
    /// Numbers stand among the names of the columns, of which this is one.
    case numbersAsNames(String)
    /// The first row, which begins so, is taken for numbers, and may as well be names.
    case numbersAsRow(String)
    /// The rows are one cell longer than the row of names: their first cells are names of their own.
    case namesOfRows
    /// So many lines above the names of the columns, of which this is the first, have one field, and are passed over.
    case titles(String, count: Int)
    /// The numbers of a column have zeros in front, as this one, and are kept as texts.
    case names(column: String, cell: String)
    /// Most cells of a column are numbers; it is kept as texts for the others, of which this is the first, in this row, from 1.
    case words(column: String, cell: String, row: Int, count: Int)
    /// Whole numbers of a column, of which this is the first, have more digits than a Double keeps.
    case rounded(column: String, cell: String, count: Int)
  }

  /// What a file holds, and what is to be said of it.
  public struct Contents: Equatable, Sendable {
    /// The columns or numbers.
    public var table: Table
    /// In the order of the columns.
    public var notes: [Note] = []
  }

  /// The columns with their names where the first line holds any, and the numbers of a table that has no names and nothing but numbers; in
  /// other tables without names the columns are called c0, c1, ….
  ///
  /// - Throws: what `CSVTable.read` and `read` throw.
  public static func contents(_ path: String, _ options: Options = Options()) throws -> Contents {
    try contents(of: Gzip.unpacked(path, options.unfolding), options, path: path)
  }

  static func contents(of file: [UInt8], _ options: Options = Options(), path: String) throws -> Contents {
    let guess = try CSVGuess(file, options, path: path)
    guard !guess.hasHeader else { return try CSVTable.decode(guess, options, path: path) }
    do {
      return Contents(table: .numbers(try numbers(guess, path: path)), notes: guess.notes)
    } catch let error as FormatError where error.title == notANumber && !guess.isAllNumbers {
      return try CSVTable.decode(guess, options, path: path)
    }
  }

  private static let notANumber = "the table holds something that is not a number"

  /// [rows, columns]; what is missing is NaN. A first line of names is passed over.
  ///
  /// - Throws: `FormatError` naming the line of a ragged row or of a field that is no number.
  public static func read(_ path: String, _ options: Options = Options()) throws -> NumericArray {
    try decode(try Gzip.unpacked(path, options.unfolding), options, path: path)
  }

  static func decode(_ file: [UInt8], _ options: Options = Options(), path: String) throws -> NumericArray {
    try numbers(CSVGuess(file, options, path: path), path: path)
  }

  private static func numbers(_ guess: CSVGuess, path: String) throws -> NumericArray {
    var reader = guess.reader
    let words = guess.missingWords
    var values: [Float] = []
    var rounded = RoundedNumbers()
    var columns: Int?
    var rows = 0
    while let row = try reader.nextRow() {
      let isFirst = columns == nil
      let fields = guess.fitted(row, isHeader: isFirst && guess.hasHeader)
      let width = columns ?? fields.count
      columns = width
      guard fields.count == width else { throw reader.ragged(fields.count, width) }
      if isFirst, guess.hasHeader { continue }
      try values.makeRoom(for: width)
      for (column, field) in fields.enumerated() {
        guard let number = reader.number(field) ?? (words.contains(reader.word(field)) ? .nan : nil) else {
          throw FormatError(
            title: notANumber, advice: "Line \(reader.rowLine), column \(column + 1): “\(shortened(reader.word(field)))”.",
            path: path)
        }
        if number.magnitude >= 16_777_216, let precise = reader.preciseNumber(field) {
          _ = rounded.float(precise, at: values.count)
        }
        values.append(number)
      }
      rows += 1
      guard values.count <= NumericArray.largestCount else {
        throw NumericArray.tooLarge([rows, width], "table", path)
      }
    }
    guard let columns, rows > 0 else {
      throw FormatError(title: "the table is empty", advice: "It holds no row of numbers.", path: path)
    }
    return NumericArray(shape: [rows, columns], values: values, rounded: rounded)
  }

  /// Whether a text begins like a table: several fields in its first line, or a number alone.
  static func begins(_ head: [UInt8]) -> Bool {
    guard !head.contains(0) else { return false }
    var reader = CSVGuess(text: head, Options(), path: "").reader
    guard let fields = try? reader.nextRow() else { return false }
    return fields.allSatisfy { reader.number($0) != nil } || fields.count > 1 && reader.isDense(fields)
  }

  /// Writes one line a row of the first axis, with as few digits as give the same numbers.
  ///
  /// - Throws: `FormatError` where the file cannot be written.
  public static func write(_ table: NumericArray, to path: String) throws {
    let width = table.shape.dropFirst().reduce(1, *)
    let looksLikeNames = numbersColumns(table.values, width: width)
    var text: [UInt8] = []
    for (index, value) in table.values.enumerated() {
      let number = index == 0 && looksLikeNames ? "\(value)" : description(of: value)
      try text.makeRoom(for: number.utf8.count + 1)
      text += number.utf8
      text.append(UInt8(ascii: (index + 1) % max(width, 1) == 0 ? "\n" : ","))
    }
    try AtomicFile.write(path, text)
  }

  /// Whether the first row counts up, and the second does not go on with it: without a point it would be read as the names of the columns.
  private static func numbersColumns(_ values: [Float], width: Int) -> Bool {
    guard width > 1, values.count > width else { return false }
    let step = values[1] - values[0]
    return step > 0 && (1..<width).allSatisfy { values[$0] == values[$0 - 1] + step } && values[width] != values[width - 1] + step
  }

  private static func description(of value: Float) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if let whole = Int32(exactly: value) { return String(whole) }
    return "\(value)"
  }

  static func shortened(_ text: String) -> String { text.count <= 40 ? text : text.prefix(39) + "…" }
}
