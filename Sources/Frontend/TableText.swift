import Base
import Interpreter

/// A table laid out for a screen: as many of its columns as fit side by side, and its first and last rows.
public struct TableText {
  private let width: Int
  private let rows: Int

  /// - Parameters:
  ///   - width: the columns of the screen.
  ///   - rows: how many rows of the table may be shown.
  public init(width: Int, rows: Int) {
    self.width = max(width, 20)
    self.rows = max(rows, 2)
  }

  /// No column is wider, unless there is room for all.
  private static let widestColumn = 32
  private static let gap = "  "

  /// The names, the rows below them, and what is left out.
  public func text(_ table: TableContent) -> StyledText {
    let isWhole = table.rows.count == table.count
    // Of very long tables the last rows are not there.
    let first = table.count <= rows ? table.count : isWhole ? (rows + 1) / 2 : rows
    let last = table.count <= rows || !isWhole ? 0 : rows - first
    let shown = Array(table.rows.prefix(first) + table.rows.suffix(last))
    let columns = table.names.indices.map { column in
      Column(
        name: table.names[column].harmless,
        cells: shown.map { row in row.indices.contains(column) ? row[column] : TableContent.Cell("") })
    }
    let choice = choice(among: columns)
    var lines = [line(columns, choice, .heading) { $0.name }]
    for row in shown.indices {
      if row == first { lines.append(gapLine(columns, choice)) }
      lines.append(line(columns, choice) { $0.cells[row] })
    }
    if first < table.count && last == 0 { lines.append(gapLine(columns, choice)) }
    if let note = note(table, columns: choice.count, rows: shown.count) { lines.append(StyledText(note, .faint)) }
    return .joined(lines, separator: "\n")
  }

  /// A column as it is shown.
  private struct Column {
    let name: String
    let cells: [String]
    let isOnTheRight: Bool
    var width: Int

    init(name: String, cells: [TableContent.Cell]) {
      self.name = name
      self.cells = cells.map(\.text.harmless)
      isOnTheRight = cells.contains { $0.isNumber } && cells.allSatisfy { $0.isNumber || $0.text.isEmpty }
      width = max(name.displayWidth, self.cells.map(\.displayWidth).max() ?? 0)
    }

    /// A text of the column, cut off or filled up to its width.
    func fitted(_ text: String, to width: Int) -> String {
      let text = text.cut(to: width)
      return isOnTheRight ? String(repeating: " ", count: max(0, width - text.displayWidth)) + text : text.padded(to: width)
    }
  }

  /// The columns that are shown, with their widths: those on the left and on the right of what is left out.
  private struct Choice {
    var left: [(place: Int, width: Int)]
    var right: [(place: Int, width: Int)] = []
    var count: Int { left.count + right.count }
  }

  private func choice(among columns: [Column]) -> Choice {
    let gap = TableText.gap.count
    func total(_ widths: some Sequence<Int>) -> Int { widths.reduce(-gap) { $0 + $1 + gap } }
    if total(columns.map(\.width)) <= width { return Choice(left: columns.indices.map { ($0, columns[$0].width) }) }
    let widths = columns.map { min($0.width, TableText.widestColumn) }
    if total(widths) <= width { return Choice(left: columns.indices.map { ($0, widths[$0]) }) }
    // In turn from both ends, with a column of one `…` between them.
    var (left, right): ([Int], [Int]) = ([], [])
    var room = width - 1
    for step in columns.indices {
      let place = step % 2 == 0 ? left.count : columns.count - 1 - right.count
      guard widths[place] + gap <= room else { break }
      room -= widths[place] + gap
      if step % 2 == 0 { left.append(place) } else { right.insert(place, at: 0) }
    }
    if left.isEmpty, !columns.isEmpty { return Choice(left: [(0, width - 1 - gap)]) }
    return Choice(left: left.map { ($0, widths[$0]) }, right: right.map { ($0, widths[$0]) })
  }

  private func line(
    _ columns: [Column], _ choice: Choice, _ role: StyledText.Role = .plain, _ text: (Column) -> String
  ) -> StyledText {
    func cells(_ places: [(place: Int, width: Int)]) -> [String] {
      places.map { columns[$0.place].fitted(text(columns[$0.place]), to: $0.width) }
    }
    let cells = cells(choice.left) + (choice.count < columns.count ? ["…"] : []) + cells(choice.right)
    return StyledText(cells.joined(separator: TableText.gap).trimmingEnd { $0 == " " }, role)
  }

  /// Stands for rows that are left out.
  private func gapLine(_ columns: [Column], _ choice: Choice) -> StyledText { line(columns, choice, .faint) { _ in "⋮" } }

  private func note(_ table: TableContent, columns: Int, rows: Int) -> String? {
    guard rows < table.count || columns < table.names.count else { return nil }
    func part(_ shown: Int, _ all: Int, _ noun: String) -> String {
      shown < all ? "\(shown) of \(all) \(noun)s" : all == 1 ? "1 \(noun)" : "\(all) \(noun)s"
    }
    return "\(part(rows, table.count, "row")), \(part(columns, table.names.count, "column")); `print` shows all"
  }
}
