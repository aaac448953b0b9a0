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
    if let png = shown[.png] { return figure(png, words, isPlot: shown.isPlot) }
    if let table = shown[.table] {
      return "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">\(HTMLTable.text(table))</div>\n"
    }
    if let html = shown[.html] { return html + "\n" }
    return block("out value", Markup.escaped(words))
  }

  /// A picture; a small one is enlarged by whole pixels.
  private static func figure(_ png: [UInt8], _ words: String, isPlot: Bool) -> String {
    let (width, height) = measures(png)
    let scale = isPlot ? 1 : max(1, min(8, 480 / max(width, height, 1)))
    let size = " width=\"\(width * scale)\" height=\"\(height * scale)\""
    return
      "<figure class=\"\(isPlot ? "plot" : "picture")\"><img src=\"data:image/png;base64,\(Base64.text(of: png))\"\(size) alt=\"\(Markup.escaped(words))\"></figure>\n"
  }

  /// Width and height, as a PNG file begins with them.
  static func measures(_ png: [UInt8]) -> (width: Int, height: Int) {
    guard png.count >= 24 else { return (0, 0) }
    func number(_ place: Int) -> Int { png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    return (number(16), number(20))
  }
}

extension Shown {
  /// Whether it is a diagram, and no picture of pixels that count.
  fileprivate var isPlot: Bool { forms.contains { $0.medium == "application/vnd.gan.plot" } || text?.hasPrefix("plot") == true }
}
