import Base

/// Rows of text under headings, in columns as wide as their widest cell.
struct Table {
  private var rows: [[String]]
  private let rightAligned: Set<Int>

  init(columns: [String], rightAligned: Set<Int> = []) {
    rows = [columns]
    self.rightAligned = rightAligned
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let blank = String(repeating: " ", count: widths[column] - row[column].count)
        return rightAligned.contains(column) ? blank + row[column] : row[column] + blank
      }
      return cells.joined(separator: "  ").trimmingEnd { $0 == " " }
    }.joined(separator: "\n")
  }

  /// 12901441 as "12,901,441".
  static func grouped(_ number: Int) -> String {
    var digits = String(number)
    var groups: [String] = []
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits.removeLast(3)
    }
    return ([digits] + groups.reversed()).joined(separator: ",")
  }
}
