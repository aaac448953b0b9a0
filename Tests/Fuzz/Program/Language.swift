import Base

@testable import Frontend
@testable import Interpreter
@testable import Library
@testable import Syntax

extension FuzzTarget {
  /// The parts of the language that need no session, and those that ask one for its names.
  static let language: [FuzzTarget] = [syntax, format, completion, help]

  /// The programs of the tests, the examples and the standard library.
  static let programs = Seeds(folders: ["Tests/Scripts", "examples", "stdlib", "docs/lessons"], endings: [".gan"], most: 8 << 10)

  private static let syntax = FuzzTarget(
    "syntax", "lexes and parses a program, and renders what is wrong with it", seeds: programs, longest: 4096, words: .gan
  ) {
    let renderers = [DiagnosticRenderer(style: .terminal, width: 40), DiagnosticRenderer(width: 100)]
    return { bytes in
      let source = Source(name: "fuzz.gan", text: String(decoding: bytes, as: UTF8.self))
      _ = CodeText.styled(source)
      let diagnostics: [Diagnostic]
      switch Parser.parse(source) {
      case .complete: diagnostics = []
      case .incomplete(let incompleteness):
        precondition(!incompleteness.awaited.isEmpty && incompleteness.depth >= 0, "nothing is awaited")
        diagnostics = [incompleteness.diagnostic]
      case .invalid(let found):
        precondition(!found.isEmpty, "invalid for no reason")
        diagnostics = found
      }
      for diagnostic in diagnostics {
        precondition(!diagnostic.title.isEmpty && !diagnostic.labels.isEmpty, "an error without words or place")
        for label in diagnostic.labels where label.source.name == source.name {
          let span = label.span
          precondition(span.lower >= 0 && span.lower <= span.upper && span.upper <= source.bytes.count, "a mark outside the text")
        }
        for renderer in renderers { _ = renderer.render(diagnostic) }
      }
    }
  }

  /// The first half of the bytes is the format, the second the value: a number's 8 bytes, or else a string.
  private static let format = FuzzTarget(
    "format", "reads a format specification, and formats numbers and strings by it",
    seeds: Seeds(texts: [">8.3", "e", "%", "+.100", "<5", "^08.2"]), longest: 64, words: .gan
  ) {
    { bytes in
      let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), as: UTF8.self)
      guard case .success(let format) = FormatSpecification.parse(text[...]) else { return }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[(bytes.count / 2)...])
      let number = rest.count >= 8 ? Double(bitPattern: rest.loadUnaligned(as: UInt64.self)) : Double(rest.count)
      let string = String(decoding: rest, as: UTF8.self)
      for value in [Value.number(number), .string(string), .list([.number(number), .number(-number)])] {
        _ = try? Formatting.text(of: value, format)
      }
    }
  }

  /// What people type, line by line.
  static let entries = Seeds(
    texts: [
      "n.", "r.b.", "load \"", "dense(", "net { den", "use ", "help tr", "train(run, st", "f(y: ", "fn f(x) {\n  x", "x |> ma",
      "\"{r.",
      "t[0, ", "save n, \"b/", "adam(ra", "fo",
    ])

  /// A session with what completion and help look at; made once, because neither changes it.
  static func named() throws -> Session {
    let session = Library.session()
    try session.run(
      Source(
        name: "fuzz",
        text: "use gan; n = net { dense 3; relu; dense 1 }; r = {a: 1, b: {c: [1, 2]}}; f = (x, y = 2) -> x; t = zeros(2, 3)"
      ))
    return session
  }

  private static let completion = FuzzTarget(
    "completion", "completes a text at eight places of it, and asks what is known there", seeds: entries, longest: 200,
    words: .gan
  ) {
    let session = try named()
    let completer = Completer(session: session, folders: FolderReader { _ in ["a.gan", "b/", "é 日.png"] })
    let inspector = Inspector(session: session)
    return { bytes in
      let text = String(decoding: bytes.prefix(200), as: UTF8.self)
      // Each looks at all names: the end, and seven places that differ with the length.
      let count = text.utf8.count
      for part in 1...8 {
        _ = completer.complete(text, count * part / 8)
        _ = inspector.inspect(text, count * part / 8)
      }
    }
  }

  private static let help = FuzzTarget(
    "help", "asks `help` and `source` for a name, and lays the pages out",
    seeds: Seeds(texts: ["sum", "gan.train", "dense", "net", "train", "if", "r.b", "", "-"]), longest: 64, words: .gan
  ) {
    let session = try named()
    let reader = PageReader()
    session.sink = reader
    return { bytes in
      let name = String(decoding: bytes, as: UTF8.self)
      for builtin in ["help", "source"] {
        guard let asked = session.catalog.value(named: builtin) else { continue }
        do {
          try session.call(asked, [.string(name)])
        } catch {
          precondition(error is Failure, "\(error)")
        }
      }
    }
  }

  /// Lays out what it receives.
  private final class PageReader: OutputSink {
    func receive(_ output: Output) {
      switch output {
      case .help(let page): for width in [20, 80] { _ = HelpText(width: width).text(page) }
      case .code(let source): _ = CodeText.page(source)
      case .frame(let frame): frame.outputs.forEach(receive)
      case .text, .fragment, .result, .display, .message, .progress, .diagnostic, .interrupted: break
      }
    }
  }
}
