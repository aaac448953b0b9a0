import Base

/// What a record says of itself at a glance: a word and a text in each row.
struct RecordCard {
  private let rows: [(name: String, text: String)]

  /// - Throws: what an object throws that has to be worked out before it can be printed.
  init(_ record: Record) throws { rows = try record.fields.map { ($0.name, try $0.value.printed()) } }

  /// A table of two columns, and lines that fit a width.
  func representations(width: Int) -> [Representation] {
    [Representation(.table) { table }, Representation(.text) { text(width: width) }]
  }

  private var table: TableContent {
    TableContent(names: ["", ""], rows: rows.map { [TableContent.Cell($0.name), TableContent.Cell($0.text)] })
  }

  private func text(width: Int) -> String {
    let column = (rows.map(\.name.displayWidth).max() ?? 0) + 2
    let margin = String(repeating: " ", count: column)
    return rows.map { row in
      let lines = Lines.filled(row.text.split(separator: " "), width: max(20, width - column))
      return row.name + String(repeating: " ", count: column - row.name.displayWidth) + lines.joined(separator: "\n" + margin)
    }.joined(separator: "\n")
  }
}
