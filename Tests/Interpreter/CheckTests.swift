import Syntax
import Testing

@testable import Interpreter

@Suite struct CheckTests {
  private func check(_ text: String, on bench: Workbench = Workbench()) -> [Diagnostic] {
    bench.session.check([Source(name: "test", text: text)])
  }

  @Test func aSoundProgramHasNothing() {
    #expect(check("fn f(n) = later(n) + say_more\nsay_more = 1\nfn later(x) = x\nsay f(2)").isEmpty)
  }

  @Test func unknownNamesAreFoundWithoutRunning() {
    let bench = Workbench()
    let found = check("say 1\nfn f(scale) = scalle * 2", on: bench)
    #expect(found.map(\.title) == ["there is no `scalle`"])
    #expect(found.first?.advice == ["Did you mean `scale`?"])
    #expect(bench.recorder.texts.isEmpty)
  }

  @Test func allOfThemAreFoundButEachOnce() {
    #expect(check("one + two\none + three").map(\.title) == ["there is no `one`", "there is no `two`", "there is no `three`"])
  }

  /// Cells of a notebook: each knows what any of them defines.
  @Test func partsAreOneProgram() {
    func found(_ texts: String...) -> [String] {
      Workbench().session.check(texts.enumerated().map { Source(name: "cell \($0)", text: $1) }).map {
        "\($0.title) in \($0.labels.first?.source.name ?? "")"
      }
    }
    #expect(found("x = 1\nfn f() = later", "x + 1", "later = 2\nf()").isEmpty)
    #expect(found("x = 1", "x + y", "z").map(\.description) == ["there is no `y` in cell 1", "there is no `z` in cell 2"])
    // What a broken cell defines is not known.
    let broken = found("x = (1", "x + y")
    #expect(broken.count == 1 && broken[0].hasSuffix("in cell 0"), "\(broken)")
  }

  @Test func namesOfModulesAreKnown() {
    let bench = Workbench()
    bench.session.moduleLoader = { module, _ in
      guard module.title == "tools" else { throw Failure("there is no module \(module.title)") }
      return Source(name: "std/tools.gan", text: "fn helper(x) = x")
    }
    bench.session.standardModuleNames = ["tools"]
    #expect(check("use tools\nhelper(1)", on: bench).isEmpty)
    let found = check("use tolls\nhelper(1)", on: bench)
    #expect(found.map(\.title) == ["there is no module tolls"])
    #expect(found.first?.advice == ["Did you mean `use tools`?"])
  }

  @Test func errorsOfScopeAndSyntaxAreFound() {
    #expect(check("t = 0\nfn f() { t += 1 }").map(\.title) == ["`t` is not a variable of this function"])
    #expect(!check("x = (1").isEmpty)
  }
}
