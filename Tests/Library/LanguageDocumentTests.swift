import Foundation
import Syntax
import Testing

@testable import Library

/// `docs/language.md` is held to what runs: each of its blocks of code marked `gan` is a script with its expectations in it.
@Suite struct LanguageDocumentTests {
  static let scripts: [ScriptCase] = {
    let path = ScriptCase.root.appending(path: "docs/language.md")
    guard let text = try? String(contentsOf: path, encoding: .utf8) else { return [] }
    var scripts: [ScriptCase] = []
    var block: [String]?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if line == "```gan" {
        block = []
      } else if line == "```", let lines = block {
        let code = lines.joined(separator: "\n") + "\n"
        scripts.append(ScriptCase(name: "docs/language.md, above line \(index + 1)", text: code))
        block = nil
      } else {
        block?.append(line)
      }
    }
    return scripts
  }()

  @Test(arguments: scripts) func itsExamplesDoWhatTheySay(_ script: ScriptCase) throws { try script.check() }

  @Test func everyChapterOfRulesHasExamples() { #expect(Self.scripts.count >= 18) }
}
