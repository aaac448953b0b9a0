import Glibc

extension FileFormat {
  static let csv = FileFormat(
    "CSV", "a table of numbers", [".csv", ".tsv"], reader: .table(CSV.readTable, numbers: CSV.read),
    writers: Writers(
      array: { array, path in try CSV.write(array, to: path) }, rank: 2, table: { table, path in try table.write(to: path) }),
    // Text can be many things, and what begins like a table is not certainly one.
    resembles: CSV.begins, begins: { _ in false })
}

/// Tables of numbers as text: separated by commas, semicolons or tabs, fields perhaps in double quotes (RFC 4180). For columns that have
/// names, and for all that is no number, there is `CSVTable`.
public enum CSV {
  /// What a table file holds.
  public enum Table {
    case named(CSVTable)
    case numbers(NumericArray)
  }

  /// The columns with their names where the first line holds any, else the numbers. The file is read once.
  ///
  /// - Throws: what `CSVTable.read` and `read` throw.
  public static func readTable(_ path: String) throws -> Table {
    let file = try FileBytes.read(path)
    return try CSVTable.decode(file, path: path).map(Table.named) ?? .numbers(decode(file, path: path))
  }

  /// [rows, columns]; an empty field is NaN. A first line of names, empty lines and lines that begin with `#` are passed over.
  ///
  /// - Throws: `FormatError` naming the line of a ragged row or of a field that is no number.
  public static func read(_ path: String) throws -> NumericArray {
    try decode(try FileBytes.read(path), path: path)
  }

  static func decode(_ file: [UInt8], path: String) throws -> NumericArray {
    var reader = try CSVReader(checking: file, path: path)
    var values: [Float] = []
    var rounded = RoundedNumbers()
    var columns: Int?
    var rows = 0
    while let fields = try reader.nextRow() {
      let first = columns == nil
      let width = columns ?? fields.count
      columns = width
      guard fields.count == width else { throw reader.ragged(fields.count, width) }
      if first, reader.isHeader(fields) { continue }
      for (column, field) in fields.enumerated() {
        guard let number = reader.number(field) else {
          throw FormatError(
            title: "the table holds something that is not a number",
            advice: "Line \(reader.rowLine), column \(column + 1): “\(shortened(reader.text(field)))”.", path: path)
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
    var reader = CSVReader(head, path: "")
    guard let fields = try? reader.nextRow() else { return false }
    return fields.allSatisfy { reader.number($0) != nil } || fields.count > 1 && reader.isDense(fields)
  }

  /// Writes one line a row of the first axis, with as few digits as give the same numbers.
  ///
  /// - Throws: `FormatError` where the file cannot be written.
  public static func write(_ table: NumericArray, to path: String) throws {
    let width = table.shape.dropFirst().reduce(1, *)
    var text: [UInt8] = []
    for (index, value) in table.values.enumerated() {
      text += description(of: value).utf8
      text.append(UInt8(ascii: (index + 1) % max(width, 1) == 0 ? "\n" : ","))
    }
    try AtomicFile.write(path, text)
  }

  private static func description(of value: Float) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if let whole = Int32(exactly: value) { return String(whole) }
    return "\(value)"
  }

  private static func shortened(_ text: String) -> String { text.count <= 40 ? text : text.prefix(39) + "…" }
}
