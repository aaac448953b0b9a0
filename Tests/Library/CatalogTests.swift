import Interpreter
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// Laws over the whole catalog.
  @Suite struct CatalogTests {
    /// All builtins, those of vocabularies included, by name and place among the forms of the name.
    static func builtins() -> [Builtin] {
      let catalog = Library.catalog()
      let words = catalog.vocabularyNames.flatMap { catalog.all(vocabulary: $0) }
      return (catalog.all + words).flatMap(\.forms)
    }

    static let names = builtins().map(\.name)

    @Test func everyBuiltinHasASummaryOfOneSentence() {
      for builtin in Self.builtins() {
        #expect(builtin.summary.hasSuffix(".") && !builtin.summary.contains("\n"), "\(builtin.name): \(builtin.summary)")
      }
    }

    @Test func everyParameterHasHelp() {
      for builtin in Self.builtins() {
        for parameter in builtin.parameters { #expect(!parameter.help.isEmpty, "\(builtin.name): \(parameter.name)") }
      }
    }

    @Test func everyBuiltinHasAnExample() {
      // `exit` and `stop` end the session that would run their example; nobody answers `input`.
      for builtin in Self.builtins() where !["exit", "stop", "input"].contains(builtin.name) {
        #expect(!builtin.examples.isEmpty, "\(builtin.name)")
      }
    }

    @Test(arguments: Array(names.enumerated().map { "\($0.offset) \($0.element)" }))
    func examplesGiveWhatTheySay(_ label: String) throws {
      guard let index = Int(label.prefix { $0 != " " }) else { return }
      for example in Self.builtins()[index].examples {
        let (output, diagnostic) = try Recorder.run(Source(name: "example", text: example.code))
        #expect(diagnostic == nil, "\(example.code): \(diagnostic.map { DiagnosticRenderer().render($0) } ?? "")")
        if let result = example.result {
          #expect(output.joined(separator: "\n") == result, "\(example.code)")
        }
      }
    }
  }
}
