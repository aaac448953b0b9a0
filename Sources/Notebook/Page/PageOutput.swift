import Base
import Frontend
import Interpreter
import Syntax

/// What a cell has put out, as HTML.
public enum PageOutput {
  /// A fragment of HTML, with nothing in it that a program could have written as HTML.
  public static func html(_ output: CellOutput) -> String {
    switch output {
    case .text(let text): block("out", TerminalText.html(text))
    case .note(let text): block("out note", TerminalText.html(text))
    case .help(let page): block("out", StyledHTML.text(HelpText(width: 80).text(page)))
    case .code(let source): block("code", "<code>\(StyledHTML.text(CodeText.page(source)))</code>")
    case .result(let shown), .display(let shown): html(shown)
    case .diagnostic(let diagnostic):
      block("out \(diagnostic.severity.rawValue)", StyledHTML.terminal(DiagnosticRenderer(style: .terminal).render(diagnostic)))
    case .interrupted(let note): block("out error", Markup.escaped(note ?? "stopped"))
    }
  }

  private static func block(_ name: String, _ html: String) -> String {
    let text = html.hasSuffix("\n") ? String(html.dropLast()) : html
    // Browsers drop a first newline.
    return "<pre class=\"\(name)\">\(text.hasPrefix("\n") ? "\n" : "")\(text)</pre>\n"
  }

  /// The richest form that a page can show.
  private static func html(_ shown: Shown) -> String {
    let words = shown.text ?? ""
    if let svg = shown[.svg] {
      return "<figure class=\"plot\" role=\"img\" aria-label=\"\(Markup.escaped(words))\">\(svg)</figure>\n"
    }
    if let picture = ShownPicture(shown) { return figure(picture, words) }
    if let table = shown[.table] {
      return "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\(HTMLTable.text(table))</div>\n"
    }
    if let html = shown[.html] { return html + "\n" }
    return block("out value", Markup.escaped(words))
  }

  private static func figure(_ picture: ShownPicture, _ words: String) -> String {
    let size = " width=\"\(picture.width * picture.scale)\" height=\"\(picture.height * picture.scale)\""
    return
      "<figure class=\"\(picture.isPlot ? "plot" : "picture")\"><img src=\"data:image/png;base64,\(Base64.text(of: picture.png))\"\(size) alt=\"\(Markup.escaped(words))\"></figure>\n"
  }
}
