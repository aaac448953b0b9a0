/// A table as it is shown: names over its columns, and cells of text.
public struct TableContent: Sendable, Equatable {
  /// One cell as text.
  public struct Cell: Sendable, Equatable {
    /// What `print` shows of the value; empty for none.
    public var text: String
    /// Numbers stand on the right.
    public var isNumber: Bool

    /// A cell of a text, on the left unless it is a number.
    public init(_ text: String, isNumber: Bool = false) {
      self.text = text
      self.isNumber = isNumber
    }
  }

  /// Of the columns, from left to right.
  public var names: [String]
  /// The first of its rows, at most `mostRows`.
  public var rows: [[Cell]]
  /// How many rows there are.
  public var count: Int

  /// The most rows that are shown of a table.
  public static let mostRows = 1000

  /// A table of rows as long as `names`; those beyond `mostRows` are only counted.
  public init(names: [String], rows: [[Cell]], count: Int? = nil) {
    self.names = names
    self.rows = Array(rows.prefix(Self.mostRows))
    self.count = count ?? rows.count
  }
}

extension TableContent {
  /// Whether a value is a list of records, each a row, or a record of lists of one length, each a column; with cells that are numbers,
  /// strings, booleans or none.
  static func isTable(_ value: Value) -> Bool {
    switch value {
    case .list(let list):
      return !list.elements.isEmpty
        && list.elements.allSatisfy {
          if case .record(let record) = $0 { record.count > 0 && record.fields.allSatisfy { isCell($0.value) } } else { false }
        }
    case .record(let record):
      let columns = record.fields.map { if case .list(let list) = $0.value { list } else { List?.none } }
      guard let count = columns.first??.elements.count, count > 0 else { return false }
      return columns.allSatisfy { $0.map { $0.elements.count == count && $0.elements.allSatisfy(isCell) } ?? false }
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: return false
    }
  }

  private static func isCell(_ value: Value) -> Bool {
    switch value {
    case .none, .boolean, .number, .string: true
    case .list, .range, .record, .function, .builtin, .object: false
    }
  }

  /// The table that a value is, where `isTable`.
  init(_ value: Value) throws {
    switch value {
    case .list(let list):
      let records = list.elements.prefix(Self.mostRows).map { if case .record(let record) = $0 { record } else { Record() } }
      var names: [String] = []
      for record in records { for name in record.names where !names.contains(name) { names.append(name) } }
      let rows = try records.map { record in try names.map { try Self.cell(record[$0] ?? .none) } }
      self.init(names: names, rows: rows, count: list.elements.count)
    case .record(let record):
      let columns = record.fields.map { if case .list(let list) = $0.value { list.elements } else { [Value]() } }
      let count = columns.map(\.count).min() ?? 0
      let rows = try (0..<min(count, Self.mostRows)).map { row in try columns.map { try Self.cell($0[row]) } }
      self.init(names: record.names, rows: rows, count: count)
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: self.init(names: [], rows: [])
    }
  }

  private static func cell(_ value: Value) throws -> Cell {
    if case .none = value { return Cell("") }
    if case .number = value { return Cell(try value.printed(), isNumber: true) }
    return Cell(try value.printed())
  }
}
