import Foundation
import Interpreter
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// Every script of `Tests/Scripts/nonsense` ends in an error with its place marked; how each one looks is kept in
  /// `Golden/nonsense.txt`. `RECORD=1 make test` writes that file anew, and fails, so that a recording is never taken for a pass.
  @Suite struct NonsenseTests {
    static let folder = ScriptCase.root.appending(path: "Tests/Scripts/nonsense")
    static let goldenFile = ScriptCase.root.appending(path: "Tests/Library/Golden/nonsense.txt")
    static let names: [String] = {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return files.filter { $0.hasSuffix(".gan") }.map { String($0.dropLast(4)) }.sorted()
    }()

    /// The rendered errors, by the script's name.
    static let golden: [String: String] = {
      let text = (try? String(contentsOf: goldenFile, encoding: .utf8)) ?? ""
      let pairs = text.components(separatedBy: "\n=== ").compactMap { part -> (String, String)? in
        let lines = part.drop { $0 == "=" || $0 == " " }
        guard let end = lines.firstIndex(of: "\n") else { return nil }
        return (String(lines[..<end]), String(lines[lines.index(after: end)...]).trimmingCharacters(in: .newlines))
      }
      return Dictionary(pairs) { first, _ in first }
    }()

    /// What the script's error looks like in plain text; nil where there was none.
    private static func rendered(_ name: String) throws -> String? {
      let text = try String(contentsOf: folder.appending(path: name + ".gan"), encoding: .utf8)
      let found = try BigStackThread.run { () -> Diagnostic? in
        let session = Library.session(sink: Recorder())
        session.folders.script = folder.path
        session.seed(1)
        do {
          try session.run(Source(name: name + ".gan", text: text))
          return nil
        } catch let error as Diagnostic {
          return error
        }
      }
      return found.map { DiagnosticRenderer().render(portable($0)).trimmingCharacters(in: .newlines) }
    }

    /// Without what differs from machine to machine: where the project lies, and how much memory there is. It is taken out
    /// before lines are broken.
    private static func portable(_ diagnostic: Diagnostic) -> Diagnostic {
      func plain(_ text: String) -> String {
        text.replacingOccurrences(of: ScriptCase.root.path + "/", with: "")
          .replacingOccurrences(of: "machine has [0-9]+ [A-Z]B", with: "machine has … GB", options: .regularExpression)
      }
      var result = diagnostic
      result.advice = diagnostic.advice.map(plain)
      result.labels = diagnostic.labels.map { .init(source: $0.source, span: $0.span, text: plain($0.text)) }
      return result
    }

    @Test(arguments: names)
    func endsInAMarkedError(_ name: String) throws {
      let rendered = try #require(try Self.rendered(name), "no error")
      #expect(rendered.contains(" │ "), "no place is marked:\n\(rendered)")
      if ProcessInfo.processInfo.environment["RECORD"] == nil { #expect(rendered == Self.golden[name]) }
    }

    @Test func thereAreAHundred() { #expect(Self.names.count >= 100) }

    @Test(.enabled(if: ProcessInfo.processInfo.environment["RECORD"] != nil))
    func record() throws {
      let parts = try Self.names.map { "=== \($0)\n\(try Self.rendered($0) ?? "no error")\n" }
      try parts.joined(separator: "\n").write(to: Self.goldenFile, atomically: true, encoding: .utf8)
      Issue.record("recorded \(parts.count) errors; run again without RECORD")
    }
  }
}
