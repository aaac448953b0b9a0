import Base
import Formats
import Frontend
import Interpreter
import Library
import Notebook
import Syntax

/// The contents of replies that run nothing.
enum Answers {
  static let implementation = "gan"

  /// What the kernel says of itself.
  static func kernelInfo() -> [String: JSON] {
    var language = JupyterNotebook.languageInfo
    // What JupyterLab and the notebooks color code by has no rules for Gan; this one's comments, strings, blocks and numbers are written alike.
    language["codemirror_mode"] = .string("coffeescript")
    return [
      "status": .string("ok"), "protocol_version": .string(MessageWriter.protocolVersion),
      "implementation": .string(implementation), "implementation_version": .string(Version.text),
      "language_info": .object(JSON.Members(language)),
      "banner": .string("Gan \(Version.text): `use gan` brings the toolbox, `help` tells the rest"), "debugger": .boolean(false),
      "supported_features": .array([.string("kernel subshells")]),
      "help_links": .array([]),
    ]
  }

  // MARK: Text

  /// Whether a text is a whole entry, and how far the next line is indented where it is not.
  static func isComplete(_ request: Request) -> [String: JSON] {
    let code = request.text("code") ?? ""
    switch Parser.parse(Source(name: "", text: EntryShorthand.program(of: code, hasResult: true))) {
    case .complete: return ["status": .string("complete")]
    case .invalid: return ["status": .string("invalid")]
    case .incomplete(let incompleteness):
      let depth = max(0, min(incompleteness.depth, 20))
      return ["status": .string("incomplete"), "indent": .string(String(repeating: "  ", count: depth))]
    }
  }

  /// The code of a request, and its cursor as an offset into the code's UTF-8; protocols count it in code points.
  private static func place(in request: Request) -> (code: String, points: Int, offset: Int) {
    let code = request.text("code") ?? ""
    let scalars = code.unicodeScalars
    let points = min(max(request.whole("cursor_pos") ?? scalars.count, 0), scalars.count)
    let end = scalars.index(scalars.startIndex, offsetBy: points)
    return (code, points, code.utf8.distance(from: code.utf8.startIndex, to: end))
  }

  // MARK: Names

  /// What could stand at the cursor. On the session's thread.
  static func completion(_ request: Request, in session: Session) -> [String: JSON] {
    let (code, points, offset) = place(in: request)
    let completer = Completer(session: session)
    let found = (try? session.inside { completer.complete(code, offset) }) ?? .none
    let typed = code.utf8.prefix(offset).suffix(found.replaced)
    let start = points - String(decoding: typed, as: UTF8.self).unicodeScalars.count
    let texts = found.candidates.map { found.candidates.count == 1 ? $0.text + found.suffix : $0.text }
    let kinds = zip(texts, found.candidates).map { text, candidate -> JSON in
      .object([
        "text": .string(text), "type": .string(kind(of: candidate.text, in: session)), "start": .number(Double(start)),
        "end": .number(Double(points)), "signature": .string(candidate.summary?.harmless ?? ""),
      ])
    }
    return [
      "status": .string("ok"), "matches": .array(texts.map { .string($0) }), "cursor_start": .number(Double(start)),
      "cursor_end": .number(Double(points)), "metadata": .object(["_jupyter_types_experimental": .array(kinds)]),
    ]
  }

  /// In the words that clients have signs for.
  private static func kind(of name: String, in session: Session) -> String {
    if name.hasSuffix(": ") { return "param" }
    if name.hasSuffix("/") || name.contains(".") { return "path" }
    if let value = session[name] ?? session.catalog.value(named: name) {
      switch value {
      case .function, .builtin: return "function"
      case .none, .boolean, .number, .string, .list, .range, .record, .object: return "instance"
      }
    }
    if Token.keywords[name] != nil { return "keyword" }
    return session.standardModuleNames.contains(name) ? "module" : "property"
  }

  /// What is said of the word at the cursor. On the session's thread.
  static func inspection(_ request: Request, in session: Session) -> [String: JSON] {
    let (code, _, offset) = place(in: request)
    let inspector = Inspector(session: session)
    guard let found = (try? session.inside { inspector.inspect(code, offset) }) ?? nil else {
      return ["status": .string("ok"), "found": .boolean(false), "data": .object([:]), "metadata": .object([:])]
    }
    var text = HelpText(width: 80).text(found.page)
    if request.whole("detail_level") ?? 0 > 0, let source = found.source {
      text.append("\n\n")
      text.append(CodeText.page(source))
    }
    let data: JSON = .object([
      "text/plain": .string(text.plain), "text/html": .string("<pre>\(StyledHTML.text(text))</pre>"),
    ])
    return ["status": .string("ok"), "found": .boolean(true), "data": data, "metadata": .object([:])]
  }
}
