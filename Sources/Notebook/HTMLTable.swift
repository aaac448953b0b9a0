import Base
import Interpreter

/// Tables as HTML.
enum HTMLTable {
  /// A `table` element of a header and rows, numbers marked with the class `number`; rows that are not there are counted below.
  static func text(_ table: TableContent) -> String {
    // Each cell says where it stands: JupyterLab has all of them on the right otherwise.
    func place(_ isNumber: Bool) -> String {
      isNumber ? " class=\"number\" style=\"text-align:right\"" : " style=\"text-align:left\""
    }
    let isNumber = table.names.indices.map { column in
      table.rows.contains { column < $0.count && $0[column].isNumber }
    }
    let head = zip(table.names, isNumber).map { name, isNumber in
      "<th scope=\"col\"\(place(isNumber))>\(Markup.escaped(name))</th>"
    }.joined()
    let rows = table.rows.map {
      "<tr>" + $0.map { "<td\(place($0.isNumber))>\(Markup.escaped($0.text))</td>" }.joined() + "</tr>\n"
    }.joined()
    var text = "<table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows)</tbody>\n</table>"
    if table.count > table.rows.count { text += "\n<p>… \(table.count - table.rows.count) more rows</p>" }
    return text
  }
}
