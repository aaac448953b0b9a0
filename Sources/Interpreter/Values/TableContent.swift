import Base

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
  /// Whether a value is a list of records, each a row, or a record of lists of one length, each a column, of which some may be ranges; with cells
  /// that are numbers, strings, booleans or none.
  static func isTable(_ value: Value) -> Bool {
    switch value {
    case .list(let list):
      return !list.elements.isEmpty
        && list.elements.allSatisfy {
          if case .record(let record) = $0 { record.count > 0 && record.fields.allSatisfy { isCell($0.value) } } else { false }
        }
    case .record(let record):
      guard let count = record.fields.first.flatMap({ length($0.value) }), count > 0 else { return false }
      // Ranges alone are bounds.
      return record.fields.contains { if case .list = $0.value { true } else { false } }
        && record.fields.allSatisfy { length($0.value) == count && holdsCells($0.value) }
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: return false
    }
  }

  /// How many cells a column has; nil for what is none.
  private static func length(_ column: Value) -> Int? {
    switch column {
    case .list(let list): list.elements.count
    case .range(let range): range.count
    case .none, .boolean, .number, .string, .record, .function, .builtin, .object: nil
    }
  }

  private static func holdsCells(_ column: Value) -> Bool {
    if case .list(let list) = column { list.elements.allSatisfy(isCell) } else { true }
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
      let columns = try record.fields.map { try $0.value.elements() }
      let count = columns.compactMap(\.count).min() ?? 0
      let rows = try (0..<min(count, Self.mostRows)).map { _ in try columns.map { try Self.cell($0.next() ?? .none) } }
      self.init(names: record.names, rows: rows, count: count)
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: self.init(names: [], rows: [])
    }
  }

  private static func cell(_ value: Value) throws -> Cell {
    if case .none = value { return Cell("") }
    if case .number(let number) = value {
      let text = try value.printed()
      // What a tensor gives has 17 digits as a number, of which its own precision is 7.
      let rounded = number != number.rounded() && abs(number) < 1e6 ? NumberText.significant(number, digits: 7) : text
      return Cell(rounded.utf8.count < text.utf8.count ? rounded : text, isNumber: true)
    }
    return Cell(try value.printed())
  }
}
