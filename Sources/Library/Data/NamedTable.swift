import Formats
import Interpreter

/// Tables whose columns have names as values of the language: records of lists, of which one or another may be a range.
enum NamedTable {
  /// A record of lists, ranges or tensors of one axis, each a column, or a list of records, each a row, as a table; nil for anything else.
  static func table(_ value: Value) throws -> CSVTable? {
    switch value {
    case .record(let record): try columns(record)
    case .list(let list): try rows(list)
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: nil
    }
  }

  private static func columns(_ record: Record) throws -> CSVTable {
    let columns = try record.fields.map { name, value in (name: name, elements: try elements(value)) }
    guard let count = columns.first?.elements?.count, columns.allSatisfy({ $0.elements?.count == count }) else {
      // Of a run, which has forty fields, the first will do.
      let found = columns.prefix(8).map { "\($0.name): \($0.elements?.count.map { "\($0)" } ?? "no list")" }
      throw Failure(
        "the columns of a table are lists of one length",
        [(.argument("value"), found.isEmpty ? "no columns" : found.joined(separator: ", ") + (columns.count > 8 ? ", …" : ""))],
        advice: "Write a record such as {step: [1, 2], loss: [0.5, 0.4]}.")
    }
    return CSVTable(
      names: columns.map(\.name),
      columns: try columns.map { name, elements in
        try (elements?.all() ?? []).enumerated().map { try cell($1, row: $0, column: name) }
      })
  }

  private static func elements(_ value: Value) throws -> Elements? {
    switch value {
    case .list, .range: try value.elements()
    case .none, .boolean, .number, .string, .record, .function, .builtin, .object:
      try Numbers.list(value).map { try Value.list($0.map(Value.number)).elements() }
    }
  }

  private static func rows(_ list: List) throws -> CSVTable? {
    let records = list.elements.map { if case .record(let record) = $0 { record } else { Record?.none } }
    guard !records.isEmpty, !records.contains(where: { $0 == nil }) else { return nil }
    let names = Record()
    for record in records { for name in record?.names ?? [] { names[name] = .some(.none) } }
    guard names.count > 0 else { return nil }
    return CSVTable(
      names: names.names,
      columns: try names.names.map { name in
        try records.enumerated().map { try cell($1?[name] ?? .none, row: $0, column: name) }
      })
  }

  private static func cell(_ value: Value, row: Int, column: String) throws -> CSVTable.Cell {
    switch value {
    case .none: return .empty
    case .boolean(let boolean): return .boolean(boolean)
    case .string(let text): return .text(text)
    case .number, .list, .range, .record, .function, .builtin, .object:
      if let number = try Numbers.single(value) { return .number(number) }
      throw Failure(
        "a cell of a table is a number, a string, a boolean or none",
        [(.argument("value"), "`\(column)` has \(value.typeNameWithArticle) at place \(row)")],
        advice: "Write what it is to say as a number or a string; string(x) is the text of any value.")
    }
  }

  /// A record of a list for each column. Missing cells of a column of numbers are what `fill` says, those of others none.
  static func record(_ table: CSVTable, fill: Double?) throws -> Record {
    let record = Record()
    for (name, cells) in zip(table.names, table.columns) {
      let isNumeric = cells.allSatisfy {
        switch $0 {
        case .empty, .number: true
        case .boolean, .text: false
        }
      }
      let missing = isNumeric ? fill.map(Value.number) ?? .none : .none
      record[name] = .list(cells.map { value($0, missing) })
    }
    return record
  }

  private static func value(_ cell: CSVTable.Cell, _ missing: Value) -> Value {
    switch cell {
    case .empty: missing
    case .number(let number): .number(number)
    case .boolean(let boolean): .boolean(boolean)
    case .text(let text): .string(text)
    }
  }
}
