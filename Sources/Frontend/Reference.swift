import Interpreter
import Library
import Syntax

/// The reference as Markdown: every builtin by subject, the words of the vocabularies, and the functions of the standard library.
public struct Reference {
  let session: Session

  /// The reference of the builtins and modules that `session` has.
  public init(session: Session) {
    self.session = session
  }

  /// The whole page.
  public func text() -> String {
    var parts = [
      """
      # Reference

      Written by `gan docs` from what the program itself knows; a test says when it is out of date. Change the builtins or
      the standard library instead, then run `gan docs` again.
      """
    ]
    parts.append(contents())
    for subject in session.catalog.subjects {
      let builtins = session.catalog.all.filter { $0.subject == subject }
      if builtins.isEmpty { continue }
      parts.append("## \(subject)")
      parts += builtins.map { entry($0.helpPage) }
    }
    for vocabulary in session.catalog.vocabularyNames {
      parts.append("## The words of \(vocabulary)\n\nThese count inside the block of \(owners(of: vocabulary)).")
      parts += session.catalog.all(vocabulary: vocabulary).map { entry($0.helpPage) }
    }
    let modules = StandardModules.names.compactMap { name -> (name: String, program: Program)? in
      guard let source = StandardModules.source(named: name), case .complete(let program) = Parser.parse(source) else {
        return nil
      }
      return (name, program)
    }
    for (name, program) in modules { parts += module(name, program, among: modules.map(\.program)) }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func contents() -> String {
    let subjects = session.catalog.subjects.compactMap { subject -> String? in
      let names = session.catalog.all.filter { $0.subject == subject }.map { "`\($0.name)`" }
      return names.isEmpty ? nil : "- **\(subject)**: \(names.joined(separator: ", "))"
    }
    return subjects.joined(separator: "\n")
  }

  private func owners(of vocabulary: String) -> String {
    let owners = session.catalog.all.filter { builtin in
      builtin.forms.flatMap(\.parameters).contains { parameter in
        if case .collecting(let name) = parameter.passing { name == vocabulary } else { false }
      }
    }
    return owners.map { "`\($0.name) { … }`" }.joined(separator: " and ")
  }

  private func entry(_ page: HelpPage) -> String {
    var parts = ["### \(page.title)", page.signatures.map { "    \($0)" }.joined(separator: "\n"), page.summary]
    if !page.parameters.isEmpty {
      parts.append(page.parameters.map { "- `\($0.name)`: \($0.text)" }.joined(separator: "\n"))
    }
    if !page.details.isEmpty { parts.append(page.details) }
    if !page.examples.isEmpty {
      let lines = page.examples.flatMap { example in
        [indented(example.code, first: "    > ", further: "      ")]
          + (example.result.map { $0.isEmpty ? [] : [indented($0, first: "    ", further: "    ")] } ?? [])
      }
      parts.append(lines.joined(separator: "\n"))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private func indented(_ text: String, first: String, further: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0.offset == 0 ? first : further) + $0.element }.joined(separator: "\n")
  }

  private func module(_ name: String, _ program: Program, among all: [Program]) -> [String] {
    var parts = ["## Module \(name)"]
    if let documentation = program.documentation { parts.append(prose(documentation)) }
    for statement in program.statements {
      guard case .definition(let name, let literal) = statement.kind, !name.text.hasPrefix("_") else { continue }
      let parameters = literal.parameters(in: program.source) { name in
        ([program] + all).lazy.compactMap { program in program.definition(of: name).map { ($0, program.source) } }.first
      }.map(\.text)
      parts.append("### \(name.text)\n\n    \(name.text)(\(parameters.joined(separator: ", ")))")
      if let documentation = literal.documentation { parts.append(documentation) }
    }
    return parts
  }

  /// A module's own heading would break the order of the page's.
  private func prose(_ documentation: String) -> String {
    documentation.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("# ") }.joined(separator: "\n")
  }
}
