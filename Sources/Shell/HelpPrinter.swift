import Interpreter
import Terminal

/// A page of help as text.
public struct HelpPrinter {
  let screen: Screen
  private let width: Int

  public init(screen: Screen) {
    self.screen = screen
    width = min(max(screen.width, 40), 100)
  }

  public func text(_ page: HelpPage) -> String {
    var parts: [String] = []
    let heads = page.signatures.isEmpty ? [page.title] : page.signatures
    var head = heads.map { Style.heading($0, on: screen) }.joined(separator: "\n")
    if !page.summary.isEmpty { head += "\n" + Paragraph.wrapped(page.summary, width: width) }
    parts.append(head)
    if !page.parameters.isEmpty { parts.append(rows(page.parameters)) }
    if !page.details.isEmpty { parts.append(Paragraph.wrapped(page.details, width: width)) }
    if !page.examples.isEmpty { parts.append(page.examples.map(example).joined(separator: "\n")) }
    return parts.joined(separator: "\n\n")
  }

  private func rows(_ rows: [HelpPage.Row]) -> String {
    let column = min(rows.map(\.name.displayWidth).max() ?? 0, width / 3)
    return rows.map { row in
      let isLong = row.name.displayWidth > column
      let name = Style.name(row.name, on: screen) + String(repeating: " ", count: max(0, column - row.name.displayWidth))
      let text = Paragraph.wrapped(row.text, width: width, indent: column + 4)
      let gap = isLong ? "\n" + String(repeating: " ", count: column + 4) : "  "
      return "  " + name + (row.text.isEmpty ? "" : gap + text)
    }.joined(separator: "\n")
  }

  private func example(_ example: Example) -> String {
    let code = CodePrinter(screen: screen).colored(example.code)
      .split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0.offset == 0 ? Style.faint("> ", on: screen) : "  ") + $0.element }.joined(separator: "\n  ")
    let result = example.result.map { $0.isEmpty ? "" : "\n  " + $0.split(separator: "\n").joined(separator: "\n  ") } ?? ""
    return "  " + code + result
  }
}
