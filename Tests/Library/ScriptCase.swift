import Foundation
import Interpreter
import Syntax
import Testing

@testable import Library

/// A script of `Tests/Scripts` with its expectations in it:
///
///     print 1 + 1      # => 2
///     for i in 0..2 { print i }
///     # => 0
///     # => 1
///     len(3)           # error: len wants …
///     # advice: …
///
/// Every line that the script prints or echoes must be expected, in order. `# error: title` stands on the line of the error's mark;
/// `# advice: …` anywhere after it holds one sentence of its advice. Folders named `modules` hold what scripts use; `nonsense` has a test of its own. Those in
/// `stdlib` run as modules of the standard library, and see what these share.
struct ScriptCase: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String

  var testDescription: String { name }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All scripts, by name; with `SCRIPTS="tensors/ rules/rule_3"` in the environment only those whose names begin so, in that order.
  static let all: [ScriptCase] = {
    let beginnings = ProcessInfo.processInfo.environment["SCRIPTS"]?.split(separator: " ") ?? [""]
    let folder = root.appending(path: "Tests/Scripts")
    guard let files = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    let names = files.compactMap { $0 as? String }.filter {
      $0.hasSuffix(".gan") && !$0.contains("modules/") && !$0.hasPrefix("nonsense/")
    }
    var seen: Set<String> = []
    let chosen = beginnings.flatMap { beginning in names.sorted().filter { $0.hasPrefix(beginning) } }
    return chosen.filter { seen.insert($0).inserted }.compactMap { name in
      guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { return nil }
      return ScriptCase(name: "Tests/Scripts/" + name, text: text)
    }
  }()

  /// What the script is expected to do.
  struct Expectations {
    var output: [String] = []
    var error: (title: String, line: Int)?
    var advice: [String] = []
    /// The notes, with their lines, in order; there are no others.
    var notes: [String] = []

    init(_ text: String) {
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if let found = line.range(of: "# note: ") {
          notes.append("\(index + 1): " + line[found.upperBound...].trimmingCharacters(in: .whitespaces))
        }
        if let found = line.range(of: "# => ") {
          let rest = line[found.upperBound...]
          let end = rest.range(of: "# note: ")?.lowerBound ?? rest.endIndex
          output.append(rest[..<end].trimmingCharacters(in: .whitespaces))
        } else if line.hasSuffix("# =>") {
          output.append("")
        }
        if let found = line.range(of: "# error: ") {
          error = (String(line[found.upperBound...]).trimmingCharacters(in: .whitespaces), index + 1)
        }
        if let found = line.range(of: "# advice: ") {
          advice.append(String(line[found.upperBound...]).trimmingCharacters(in: .whitespaces))
        }
      }
    }
  }

  /// Runs the script on a thread with a big stack, in a session of its own, and compares.
  func check() throws {
    let recorder = Recorder()
    let isLibrary = name.hasPrefix("Tests/Scripts/stdlib/")
    let (output, diagnostic) = try Recorder.run(Source(name: name, text: text, isLibrary: isLibrary), recorder)
    compare(output, diagnostic)
    // A note inside a module has no line here, and is expected nowhere.
    let notes = recorder.notes.map { note in
      note.labels.first.map { "\($0.source.name == name ? "\(line(of: $0.span))" : $0.source.name): " + note.title } ?? note.title
    }
    #expect(notes == Expectations(text).notes)
  }

  /// Compares what the script did with what it expects; what it printed only if it says so, unless `isWhole`.
  func compare(_ output: [String], _ diagnostic: Diagnostic?, isWhole: Bool = true) {
    let expected = Expectations(text)
    if isWhole || !expected.output.isEmpty { #expect(output == expected.output, "\(name)") }
    let rendered = diagnostic.map { DiagnosticRenderer().render($0) } ?? "no error"
    if let error = expected.error {
      #expect(diagnostic?.title == error.title, "\(rendered)")
      // An error inside a module of the script's own is expected at the call in the script itself.
      let places = [diagnostic?.labels, diagnostic?.calls].compactMap { $0?.filter { $0.source.name == name } }
      let lines = places.first { !$0.isEmpty }?.map { line(of: $0.span) }
      #expect(lines?.contains(error.line) == true, "\(rendered)")
      for sentence in expected.advice { #expect(diagnostic?.advice.contains(sentence) == true, "\(rendered)") }
    } else {
      #expect(diagnostic == nil, "\(rendered)")
    }
  }

  private func line(of span: Span) -> Int {
    text.utf8.prefix(Int(span.lower)).reduce(1) { $1 == 10 ? $0 + 1 : $0 }
  }
}

/// Keeps the lines that a session prints and echoes.
final class Recorder: OutputSink {
  private(set) var lines: [String] = []
  private(set) var notes: [Diagnostic] = []
  /// What was printed of a line that is not ended yet.
  private var begun = ""

  /// Runs a source in a session of its own; gives what it printed and echoed, and the error that ended it.
  static func run(_ source: Source, _ recorder: Recorder = Recorder()) throws -> (output: [String], diagnostic: Diagnostic?) {
    // The thread that uses it is waited for.
    nonisolated(unsafe) let recorder = recorder
    return try BigStackThread.run {
      let session = Library.session(sink: recorder)
      if let slash = source.name.lastIndex(of: "/") { session.folders.script = String(source.name[..<slash]) }
      session.seed(1)
      return try recorder.run(source, in: session)
    }
  }

  /// Runs a source in a session that hands its output to this recorder; gives what the source added to it.
  func run(_ source: Source, in session: Session) throws -> (output: [String], diagnostic: Diagnostic?) {
    let count = lines.count
    do {
      try session.run(source, echo: .each)
      return (Array(lines[count...]), nil)
    } catch let diagnostic as Diagnostic {
      return (Array(lines[count...]), diagnostic)
    }
  }

  func receive(_ output: Output) {
    switch output {
    case .text(let text): add(text)
    case .fragment(let text): begun += text
    case .result(let shown): add(shown.text ?? "?")
    case .diagnostic(let diagnostic): notes.append(diagnostic)
    case .frame(let frame): frame.outputs.forEach(receive)
    case .display, .message, .progress, .help, .code, .interrupted: break
    }
  }

  private func add(_ text: String) {
    let text = begun + text
    begun = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      lines.append(String(line).trimmingCharacters(in: .whitespaces))
    }
  }
}
