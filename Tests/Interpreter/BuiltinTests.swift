import Syntax
import Testing

@testable import Interpreter

@Suite struct BuiltinTests {
  @Test func collectingBlocksGatherTheValuesOfTheirStatements() throws {
    let value = try Workbench().run("gather { 1; x = 2; x; if x > 1 { 3; 4 } else { 5 }; for i in 0..2 { i }; say 9 }")
    #expect(value.plainText == "[1, 2, 3, 4, 0, 1]")
  }

  @Test func vocabulariesCountOnlyInside() throws {
    let bench = Workbench()
    #expect(try bench.run("gather { word; word(2); word 3 }").plainText == "[<function word(n)>, 200, 300]")
    let diagnostic = try #require(bench.diagnostic("word 3"))
    #expect(diagnostic.title == "there is no `word`")
    #expect(diagnostic.advice == ["`word` is one of the words that count only between the braces of `gather { }`."])
  }

  @Test func vocabulariesComeBeforeGlobalsButAfterNamesAssignedInside() throws {
    let bench = Workbench()
    #expect(try bench.run("word = 7\ngather { word 1 }").plainText == "[100]")
    #expect(try bench.run("gather { word = 5; word }").plainText == "[5]")
    #expect(try bench.run("fn f(word) = gather { word 1 }\nf(3)").plainText == "[100]")
  }

  @Test func aGatheredValueIsMarkedWhereItStands() throws {
    let diagnostic = try #require(Workbench().diagnostic("gather {\n  1\n  \"two\"\n}"))
    #expect(diagnostic.marked == ["\"two\""])
    #expect(diagnostic.labels.first?.text == "text")
  }

  @Test func quotedNamesArePassedAsText() throws {
    let bench = Workbench()
    #expect(try bench.run("name_of thing").plainText == "\"thing\"")
    #expect(try bench.run("name_of(\"thing\")").plainText == "\"thing\"")
    #expect(try bench.run("name_of(1 + 1)").plainText == "2")
  }

  @Test func theFirstArgumentChoosesTheForm() throws {
    let bench = Workbench()
    #expect(try bench.run("size(1)").plainText == "\"number\"")
    #expect(try bench.run("size(\"a\")").plainText == "\"text\"")
    #expect(try bench.run("size(text: \"a\")").plainText == "\"text\"")
    #expect(bench.diagnostic("size([1])")?.title == "size wants a number, or a string")
  }

  @Test func objectsStandForNumbersWhereNumbersAreWanted() throws {
    final class Three: Object {
      var typeName: String { "three" }
      func scalar() throws -> Double? { 3 }
    }
    let bench = Workbench()
    bench.session["three"] = .object(Three())
    #expect(try bench.run("size(three)").plainText == "\"number\"")
    #expect(try bench.run("if three { 1 } else { 2 }").plainText == "1")
    #expect(try bench.run("\"{three:.2}\"").plainText == "\"3.00\"")
    #expect(try bench.run("[5, 6, 7, 8][three]").plainText == "8")
    #expect(bench.diagnostic("three + 1")?.title == "`+` wants two numbers")
    #expect(bench.diagnostic("three()")?.title == "a three cannot be called")
    #expect(bench.diagnostic("three.x")?.title == "the three has no field `x`")
    #expect(bench.diagnostic("for x in three { }")?.title == "a three has no elements to run over")
  }

  @Test func anElementThatCannotBeMadeIsAnErrorOfTheLoop() throws {
    final class Brittle: Object {
      var typeName: String { "brittle" }
      var count: Int? { 3 }
      func elements() throws -> ElementAtPlace? {
        { place in
          if place == 2 { throw Failure("there is no third") }
          return .number(Double(place))
        }
      }
    }
    let bench = Workbench()
    bench.session["brittle"] = .object(Brittle())
    let failing = try #require(bench.diagnostic("for x in brittle { last = x }"))
    #expect(failing.title == "there is no third")
    #expect(failing.marked == ["brittle"])
    #expect(try bench.run("last").plainText == "1")
    #expect(bench.diagnostic("a, b, c = brittle")?.title == "there is no third")
    #expect(bench.diagnostic("a, b = brittle")?.title == "there is no third")
  }

  @Test func failuresOfTheLibraryAreTranslated() throws {
    struct Odd: Error {}
    let bench = Workbench()
    bench.session.catalog.add(Builtin("odd", "Fails.", subject: "Test") { _ in throw Odd() })
    bench.session.translateError = { $0 is Odd ? Failure("it was odd", advice: "Be even.") : nil }
    let diagnostic = try #require(bench.diagnostic("odd()"))
    #expect(diagnostic.title == "it was odd")
    #expect(diagnostic.marked == ["odd()"])
  }
}
