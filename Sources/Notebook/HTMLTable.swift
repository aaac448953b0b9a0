import Base
import Interpreter

/// Tables as HTML.
enum HTMLTable {
  /// A `table` element of a header and rows, numbers marked with the class `number`; rows that are not there are counted below.
  static func text(_ table: TableContent) -> String {
    func tag(_ cell: TableContent.Cell, _ name: String) -> String {
      "<\(name)\(cell.isNumber ? " class=\"number\" style=\"text-align:right\"" : "")>\(Markup.escaped(cell.text))</\(name)>"
    }
    let isNumber = table.names.indices.map { column in
      table.rows.contains { column < $0.count && $0[column].isNumber }
    }
    let head = zip(table.names, isNumber).map { name, isNumber in
      "<th scope=\"col\"\(isNumber ? " class=\"number\" style=\"text-align:right\"" : "")>\(Markup.escaped(name))</th>"
    }.joined()
    let rows = table.rows.map { "<tr>" + $0.map { tag($0, "td") }.joined() + "</tr>\n" }.joined()
    var text = "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows)</tbody>\n</table>"
    if table.count > table.rows.count { text += "\n<p>… \(table.count - table.rows.count) more rows</p>" }
    return text
  }
}
