import Base
import Interpreter
import Testing

@testable import Frontend

/// Tables as a screen shows them.
@Suite struct TableTextTests {
  /// Columns of numbers 0, 1, 2 … and one of texts.
  private func table(_ names: [String], rows: Int, kept: Int? = nil) -> TableContent {
    TableContent(
      names: names,
      rows: (0..<(kept ?? rows)).map { row in
        names.map { $0 == "name" ? TableContent.Cell("n\(row)") : TableContent.Cell("\(row)", isNumber: true) }
      }, count: rows)
  }

  private func lines(_ table: TableContent, width: Int = 40, rows: Int = 4) -> [String] {
    TableText(width: width, rows: rows).text(table).lines.map(\.plain)
  }

  @Test func numbersStandOnTheRight() {
    #expect(lines(table(["step", "name"], rows: 2)) == ["step  name", "   0  n0", "   1  n1"])
  }

  @Test func firstAndLastRowsAreShown() {
    #expect(
      lines(table(["step", "name"], rows: 12)) == [
        "step  name", "   0  n0", "   1  n1", "   ⋮  ⋮", "  10  n10", "  11  n11", "4 of 12 rows, 2 columns; `print` shows all",
      ])
    // Of the longest tables the last rows are not known.
    #expect(
      lines(table(["step"], rows: 5000, kept: 1000)).suffix(3) == ["   3", "   ⋮", "4 of 5000 rows, 1 column; `print` shows all"])
  }

  @Test func columnsAreLeftOutInTheMiddle() {
    let names = (0..<20).map { "column\($0)" }
    #expect(
      lines(table(names, rows: 1)) == [
        "column0  column1  …  column18  column19", "      0        0  …         0         0",
        "1 row, 4 of 20 columns; `print` shows all",
      ])
  }

  @Test func nothingIsWiderThanTheScreen() {
    let wide = String(repeating: "界", count: 30)
    for width in 20...60 {
      for names in [["a"], ["a", "b"], ["name", wide], [wide, "name"], [wide, wide, wide], (0..<30).map { "c\($0)" }] {
        var content = table(names, rows: 3)
        content.rows[1][0] = TableContent.Cell(wide + "\u{1B}[2J\n")
        let text = lines(content, width: width)
        // The note is a sentence, which the terminal may break.
        for line in text.dropLast(text.last?.contains("print") == true ? 1 : 0) { #expect(line.displayWidth <= width) }
        #expect(text.count <= 6 && !text.joined().contains("\u{1B}"))
      }
    }
  }
}
