import Base
import Formats
import Interpreter
import Syntax

/// What a cell has put out, in JSON and back.
enum KeptOutputs {
  /// Nil where something is among it that is not kept: a page of help, a note that names a line.
  static func json(_ outputs: [CellOutput]) -> JSON? {
    var all: [JSON] = []
    for output in outputs {
      guard let one = json(output) else { return nil }
      all.append(one)
    }
    return .array(all)
  }

  /// Nil where no cell has put this out.
  static func outputs(_ json: JSON?) -> [CellOutput]? {
    guard case .array(let all)? = json else { return nil }
    var outputs: [CellOutput] = []
    for one in all {
      guard let output = output(one) else { return nil }
      outputs.append(output)
    }
    return outputs
  }

  private static func json(_ output: CellOutput) -> JSON? {
    switch output {
    case .text(let text): .object(["text": .string(text)])
    case .note(let text): .object(["note": .string(text)])
    case .result(let shown): json(shown).map { .object(["result": $0]) }
    case .display(let shown): json(shown).map { .object(["display": $0]) }
    case .code(let source):
      .object([
        "code": .array([
          .string(source.name), .string(source.text), .boolean(source.isLibrary), .number(Double(source.firstLine)),
        ])
      ])
    case .help, .diagnostic, .interrupted: nil
    }
  }

  private static func output(_ json: JSON) -> CellOutput? {
    guard case .object(let members) = json, members.count == 1, let (kind, content) = members.first(where: { _ in true }) else {
      return nil
    }
    switch (kind, content) {
    case ("text", .string(let text)): return .text(text)
    case ("note", .string(let text)): return .note(text)
    case ("result", _): return shown(content).map { .result($0) }
    case ("display", _): return shown(content).map { .display($0) }
    case ("code", .array(let parts)):
      guard parts.count == 4, case .string(let name) = parts[0], case .string(let text) = parts[1],
        case .boolean(let isLibrary) = parts[2], case .number(let line) = parts[3], let line = Int(exactly: line)
      else { return nil }
      return .code(Source(name: name, text: text, isLibrary: isLibrary, firstLine: line))
    case (_, _): return nil
    }
  }

  // MARK: Values that were shown

  private static func json(_ shown: Shown) -> JSON? {
    var forms: [JSON] = []
    for form in shown.forms {
      let content: JSON
      switch form.content {
      case let text as String: content = .object(["text": .string(text)])
      case let bytes as [UInt8]: content = .object(["bytes": .string(Base64.text(of: bytes))])
      case let table as TableContent: content = json(table)
      default: return nil
      }
      forms.append(.array([.string(form.medium), content]))
    }
    return .object(["forms": .array(forms), "stands_in": .boolean(shown.isStandIn)])
  }

  private static func shown(_ json: JSON) -> Shown? {
    guard case .object(let members) = json, case .array(let forms)? = members["forms"],
      case .boolean(let isStandIn)? = members["stands_in"]
    else { return nil }
    var all: [Shown.Form] = []
    for form in forms {
      guard case .array(let pair) = form, pair.count == 2, case .string(let medium) = pair[0], case .object(let content) = pair[1]
      else { return nil }
      if case .string(let text)? = content["text"] {
        all.append(Shown.Form(medium: medium, content: text))
      } else if case .string(let text)? = content["bytes"], let bytes = Base64.bytes(of: text) {
        all.append(Shown.Form(medium: medium, content: bytes))
      } else if let table = table(content) {
        all.append(Shown.Form(medium: medium, content: table))
      } else {
        return nil
      }
    }
    return Shown(forms: all, isStandIn: isStandIn)
  }

  private static func json(_ table: TableContent) -> JSON {
    let rows = table.rows.map { row in JSON.array(row.map { .array([.string($0.text), .boolean($0.isNumber)]) }) }
    return .object([
      "names": .array(table.names.map(JSON.string)), "rows": .array(rows), "count": .number(Double(table.count)),
    ])
  }

  private static func table(_ members: JSON.Members) -> TableContent? {
    guard case .array(let names)? = members["names"], case .array(let rows)? = members["rows"],
      case .number(let count)? = members["count"], let count = Int(exactly: count)
    else { return nil }
    var cells: [[TableContent.Cell]] = []
    for row in rows {
      guard case .array(let row) = row else { return nil }
      let made = row.compactMap { cell -> TableContent.Cell? in
        guard case .array(let pair) = cell, pair.count == 2, case .string(let text) = pair[0],
          case .boolean(let isNumber) = pair[1]
        else { return nil }
        return TableContent.Cell(text, isNumber: isNumber)
      }
      guard made.count == row.count else { return nil }
      cells.append(made)
    }
    let words = names.compactMap { name -> String? in if case .string(let name) = name { name } else { nil } }
    guard words.count == names.count else { return nil }
    return TableContent(names: words, rows: cells, count: count)
  }
}
