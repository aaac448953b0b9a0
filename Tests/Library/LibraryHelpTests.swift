import Interpreter
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// What help says of the language and of the standard library.
  @Suite struct LibraryHelpTests {
    @Test(arguments: LanguagePages.all.flatMap(\.page.examples).map(\.code))
    func examplesOfTheLanguageGiveWhatTheySay(_ code: String) throws {
      let example = try #require(LanguagePages.all.flatMap(\.page.examples).first { $0.code == code })
      try check(example, beginning: "")
    }

    nonisolated(unsafe) private static let documented = LibrarySubjects.all.flatMap { LibrarySubjects.definitions(of: $0) }
      .filter { !$0.documentation.examples.isEmpty }

    @Test func everyParameterOfTheLibraryHasItsHelp() {
      for found in LibrarySubjects.all.flatMap({ LibrarySubjects.definitions(of: $0) }) {
        for parameter in found.literal.parameters {
          #expect(found.documentation.text(of: parameter.name.text) != nil, "\(found.name): \(parameter.name.text)")
        }
      }
    }

    @Test func mostFunctionsHaveExamples() { #expect(Self.documented.count > 135) }

    @Test(arguments: documented.map(\.name)) func examplesOfTheLibraryGiveWhatTheySay(_ name: String) throws {
      for example in Self.documented.filter({ $0.name == name }).flatMap(\.documentation.examples) {
        try check(example, beginning: "use gan; ")
      }
    }

    private func check(_ example: Example, beginning: String) throws {
      let (output, diagnostic) = try Recorder.run(Source(name: "example", text: beginning + example.code))
      #expect(diagnostic == nil, "\(example.code): \(diagnostic.map { DiagnosticRenderer().render($0) } ?? "")")
      if let result = example.result {
        #expect(output == result.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }, "\(example.code)")
      }
    }

    @Test func everyModuleHasItsSubject() {
      let listed = LibrarySubjects.all.flatMap(\.modules)
      #expect(Set(listed).count == listed.count)
      for module in StandardModules.names where !LibrarySubjects.definitions(in: module).isEmpty {
        #expect(listed.contains(module), "\(module)")
      }
      for module in listed { #expect(StandardModules.names.contains(module), "\(module)") }
    }

    @Test func publicFunctionsAreDocumentedInASentence() {
      for found in LibrarySubjects.all.flatMap({ LibrarySubjects.definitions(of: $0) }) {
        #expect(!found.documentation.summary.isEmpty, "\(found.name)")
      }
    }

    /// The page that a program asks for.
    private func page(_ text: String) throws -> HelpPage {
      final class Listener: OutputSink {
        var pages: [HelpPage] = []
        func receive(_ output: Output) { if case .help(let page) = output { pages.append(page) } }
      }
      nonisolated(unsafe) let listener = Listener()
      return try BigStackThread.run {
        try Library.session(sink: listener).run(Source(name: "test", text: text))
        return try #require(listener.pages.last)
      }
    }

    @Test func keywordsAndSignsHavePages() throws {
      #expect(try page("help \"for\"").summary.hasPrefix("Runs a block for each element"))
      #expect(try page("help \"^\"").summary.hasPrefix("The power"))
      #expect(try page("help \"|>\"").title == "|>")
    }

    @Test func functionsOfModulesAreToldOfBeforeTheyAreUsed() throws {
      let page = try page("help train")
      #expect(page.summary.hasSuffix("It comes with `use gan`."))
      let early = try self.page("help dragan").parameters
      let late = try self.page("use gan; help dragan").parameters
      #expect(early.map(\.name) == late.map(\.name) && early.map(\.text) == late.map(\.text))
      #expect(late.first { $0.name == "objective" } == nil)
      #expect(
        late.first { $0.name == "lambda" }?.text
          == "the penalty's weight λ (a finite number from 0 up; by default 10)"
      )
      #expect(try self.page("use gan; help ring").examples.first?.code == "ring().points.shape")
    }

    @Test func wordsAreLookedForInNamesAndTexts() throws {
      let rows = try page("help \"gradient\"").parameters.map(\.name)
      #expect(rows.first == "gradient_norms" || rows.first == "gradient_norm" || rows.first == "squared_gradient_norm")
      #expect(rows.contains("adam") && rows.contains("train"))
      // What the first page of help proposes.
      #expect(try page("help \"learning rate\"").parameters.map(\.name).contains("adam"))
      let several = try page("help \"singular value\"").parameters.map(\.name)
      #expect(several.contains("svd") && !several.contains("grad"))
      #expect(throws: Diagnostic.self) { try page("help \"zzzz zzz\"") }
    }

    @Test func theFirstPageBeginsWithWhatToType() throws {
      let page = try page("help")
      #expect(page.parameters.first?.name == "use gan")
      #expect(page.sections.count == 2)
      #expect(page.sections.flatMap(\.rows).allSatisfy { $0.text.count < 100 })
      for row in page.sections.flatMap(\.rows) {
        #expect(try self.page("help \"\(row.name)\"").parameters.count > 0, "\(row.name)")
      }
    }
  }
}
