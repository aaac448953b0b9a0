/// Rows and columns in a formula.
enum FormulaTable {
  /// The environments, by their names.
  enum Kind: String {
    case matrix, pmatrix, bmatrix
    case braceMatrix = "Bmatrix"
    case vmatrix
    case normMatrix = "Vmatrix"
    case smallmatrix, cases, aligned, align, split, gathered, gather,
      equation, array

    /// The brackets around it.
    var brackets: (left: String, right: String) {
      switch self {
      case .pmatrix: ("(", ")")
      case .bmatrix: ("[", "]")
      case .braceMatrix: ("{", "}")
      case .vmatrix: ("|", "|")
      case .normMatrix: ("‖", "‖")
      case .cases: ("{", "")
      case .matrix, .smallmatrix, .aligned, .align, .split, .gathered, .gather, .equation, .array: ("", "")
      }
    }

    /// The class by which the page sets its columns.
    var style: String {
      switch self {
      case .cases: "cases"
      case .aligned, .align, .split: "aligned"
      case .gathered, .gather, .equation: "gathered"
      case .matrix, .pmatrix, .bmatrix, .braceMatrix, .vmatrix, .normMatrix, .smallmatrix, .array: "matrix"
      }
    }
  }

  static func html(_ lines: [[String]], _ kind: Kind) -> String {
    let rows = lines.map { line in
      "<mtr>" + line.enumerated().map { "<mtd\(alignment(kind, $0))>\($1)</mtd>" }.joined() + "</mtr>"
    }
    let isDisplay = kind.style == "aligned" || kind.style == "gathered"
    let table = "<mtable class=\"\(kind.style)\"\(isDisplay ? " displaystyle=\"true\"" : "")>\(rows.joined())</mtable>"
    let (left, right) = kind.brackets
    guard !left.isEmpty else { return table }
    let closing = right.isEmpty ? "" : "<mo fence=\"true\" form=\"postfix\">\(right)</mo>"
    return "<mrow><mo fence=\"true\" form=\"prefix\">\(left)</mo>\(table)\(closing)</mrow>"
  }

  /// Equations meet at their signs; cases begin on one line.
  private static func alignment(_ kind: Kind, _ column: Int) -> String {
    switch kind.style {
    case "aligned": " style=\"text-align:\(column % 2 == 0 ? "right" : "left");padding-\(column % 2 == 0 ? "right" : "left"):0\""
    case "cases": " style=\"text-align:left\""
    default: ""
    }
  }
}
