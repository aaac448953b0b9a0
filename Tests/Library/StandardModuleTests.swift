import Foundation
import Interpreter
import Library
import Syntax
import Testing

@Suite struct StandardModuleTests {
  /// Functions of the standard library are compiled when they are first called: a mistake in one would be found by that call alone.
  @Test(arguments: StandardModules.names) func nothingIsWrongWithAModule(name: String) throws {
    let source = try #require(StandardModules.source(named: name))
    let diagnostics = Library.session().check([source])
    #expect(diagnostics.map(\.title) == [])
  }

  @Test func aSecondUseBringsNamesBack() throws {
    let session = Library.session()
    try session.run(Source(name: "a", text: "use objectives\nvanilla = 1\nuse objectives"))
    #expect(session["vanilla"]?.typeName == "function")
    #expect(!session.variableNames.contains("vanilla"))
  }

  /// See `stdlib/embed`.
  @Test func everyFileOfTheFolderIsAModule() throws {
    let folder = ScriptCase.root.appending(path: "stdlib")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".gan") }
    #expect(StandardModules.names == files.map { String($0.dropLast(4)) }.sorted(), "stdlib/embed makes the list anew")
    for name in StandardModules.names {
      #expect(
        StandardModules.source(named: name)?.text
          == (try String(contentsOf: folder.appending(path: "\(name).gan"), encoding: .utf8)))
    }
  }
}
