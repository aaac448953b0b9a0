import Base
import Interpreter
import Syntax

/// A page of help laid out for a screen.
public struct HelpText {
  private let width: Int

  /// `width`: the columns of the screen; lines are not made longer than 100.
  public init(width: Int) {
    self.width = min(max(width, 40), 100)
  }

  /// The page: its signatures, summary, parameters, details and examples, with an empty line between them.
  public func text(_ page: HelpPage) -> StyledText {
    let heads = page.signatures.isEmpty ? [page.title] : page.signatures
    var head = StyledText.joined(heads.map { StyledText(folded($0), .heading) }, separator: "\n")
    if !page.summary.isEmpty { head.append("\n" + Paragraph.wrapped(page.summary, width: width)) }
    var parts = [head]
    if !page.parameters.isEmpty { parts.append(rows(page.parameters)) }
    for section in page.sections where !section.rows.isEmpty {
      let title = StyledText(Paragraph.wrapped(section.title, width: width), .heading)
      parts.append(.joined([title, rows(section.rows)], separator: "\n"))
    }
    if !page.details.isEmpty { parts.append(StyledText(Paragraph.wrapped(page.details, width: width))) }
    if !page.examples.isEmpty { parts.append(.joined(page.examples.map(example), separator: "\n")) }
    return .joined(parts, separator: "\n\n")
  }

  /// A signature, broken between its parameters where it is long.
  private func folded(_ head: String) -> String {
    guard head.displayWidth > width else { return head }
    return Lines.filled(head.split(separator: ", "), separator: ", ", width: width - 3).joined(separator: ",\n  ")
  }

  private func rows(_ rows: [HelpPage.Row]) -> StyledText {
    let column = min(rows.map(\.name.displayWidth).max() ?? 0, width / 3)
    let lines = rows.map { row in
      let isLong = row.name.displayWidth > column
      var line = StyledText("  ")
      line.append(row.name, .name)
      line.append(String(repeating: " ", count: max(0, column - row.name.displayWidth)))
      guard !row.text.isEmpty else { return line }
      line.append(isLong ? "\n" + String(repeating: " ", count: column + 4) : "  ")
      line.append(Paragraph.wrapped(row.text, width: width, indent: column + 4))
      return line
    }
    return .joined(lines, separator: "\n")
  }

  private func example(_ example: Example) -> StyledText {
    var text = StyledText("  ")
    for (place, line) in CodeText.styled(Source(name: "", text: example.code)).lines.enumerated() {
      text.append(place == 0 ? "> " : "\n    ", place == 0 ? .faint : .plain)
      text.append(line)
    }
    guard let result = example.result, !result.isEmpty else { return text }
    text.append("\n  " + result.split(separator: "\n").joined(separator: "\n  "))
    return text
  }
}
