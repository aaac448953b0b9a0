import Base

/// What is in a record that is too large to be shown as it is written: a line for each field, with its name and the beginning of its value.
struct RecordOutline {
  private let table: TableContent
  private let lines: [String]

  /// Over the columns of the table.
  private static let names = ["field", "value"]
  /// A text of more lines than these is too large.
  private static let mostLines = 3
  /// So many fields are shown where there is no more than text; a table has its own limit.
  private static let mostFields = 20

  /// Nil where the value is no record, or fits in a few lines of `width` columns, or is a table.
  init?(_ value: Value, width: Int) {
    guard case .record(let record) = value, record.count > 1, !TableContent.isTable(value),
      let text = try? value.description(width: width), text.displayWidth > Self.mostLines * width
    else { return nil }
    let fields = record.fields
    let column = max(Self.names[0].count, min(fields.map(\.name.harmless.displayWidth).max() ?? 0, width / 2))
    let shown = fields.prefix(TableContent.mostRows).map { name, value in
      (name: name.harmless, text: Self.firstLine(of: value, width: max(20, width - column - 2)))
    }
    table = TableContent(
      names: Self.names, rows: shown.map { [TableContent.Cell($0.name), TableContent.Cell($0.text)] }, count: record.count
    )
    let rest = record.count - Self.mostFields
    lines =
      shown.prefix(Self.mostFields).map { $0.name.padded(to: column) + "  " + $0.text }
      + (rest > 0 ? ["… \(rest) more field\(rest == 1 ? "" : "s")"] : [])
  }

  /// A table of two columns, and lines.
  var representations: [Representation] {
    [Representation(.table) { [table] in table }, Representation(.text) { [lines] in lines.joined(separator: "\n") }]
  }

  private static func firstLine(of value: Value, width: Int) -> String {
    let text = (try? value.description(width: width)) ?? value.typeName
    return (text.split(separator: "\n").first.map(String.init) ?? "").cut(to: width)
  }
}
