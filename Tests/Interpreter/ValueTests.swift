import Syntax
import Testing

@testable import Interpreter

@Suite struct ValueTests {
  @Test func recordsKeepTheirOrder() {
    let record = Record((0..<30).map { ("k\($0)", .number(Double($0))) })
    record["k5"] = nil
    record["k3"] = .string("three")
    record["new"] = Value.none
    #expect(record.count == 30)
    #expect(record.names.first == "k0" && record.names.last == "new")
    #expect(record["k29"]?.plainText == "29")
    #expect(record["k5"] == nil)
    #expect(record.names[3] == "k3" && record["k3"]?.plainText == "\"three\"")
  }

  @Test func rangesCountTheirNumbers() throws {
    #expect(try #require(NumberRange(lower: 0, upper: 1, step: 0.1)).count == 10)
    #expect(try #require(NumberRange(lower: 5, upper: 0)).count == 0)
    #expect(try #require(NumberRange(lower: 5, upper: 0, step: -2)).count == 3)
    #expect(NumberRange(lower: 0, upper: 1, step: 0) == nil)
    #expect(NumberRange(lower: 0, upper: .infinity) == nil)
    #expect(NumberRange(lower: 0, upper: 1e300) == nil)
    #expect(NumberRange(lower: .nan, upper: 1) == nil)
  }

  @Test func rangesAreColumnsBesideLists() throws {
    func range(_ upper: Double) throws -> Value { .range(try #require(NumberRange(lower: 1, upper: upper))) }
    let losses = Value.list([.number(2), .number(1)])
    let table = Value.record(Record([("step", try range(3)), ("loss", losses)]))
    #expect(TableContent.isTable(table))
    #expect(try TableContent(table).rows.map { $0.map(\.text) } == [["1", "2"], ["2", "1"]])
    #expect(!TableContent.isTable(.record(Record([("step", try range(4)), ("loss", losses)]))))
    // Ranges alone are bounds.
    #expect(!TableContent.isTable(.record(Record([("x", try range(3)), ("y", try range(3))]))))
  }

  @Test(
    arguments: [
      (2.3802430629730225, "2.380243"), (0.000022546493710251525, "2.254649e-5"), (0.1, "0.1"), (123456.789012, "123456.8"),
      (12345678.25, "12345678.25"), (16_777_217, "16777217"), (1.0 / 3, "0.3333333"), (-0.5, "-0.5"), (Double.nan, "nan"),
      (Double.infinity, "infinity"),
    ] as [(Double, String)])
  func fractionsInTablesHaveSevenDigits(_ number: Double, _ text: String) throws {
    let row = Value.record(Record([("a", .number(number)), ("b", .string("x"))]))
    #expect(try TableContent(.list(List([row]))).rows == [[TableContent.Cell(text, isNumber: true), TableContent.Cell("x")]])
  }

  @Test func longListsAreCutForTheScreen() throws {
    let value = Value.list((0..<10_000).map { .number(Double($0)) })
    let text = try value.description(width: 40)
    #expect(text.utf8.count < 400)
    #expect(text.hasSuffix(" more]"))
    #expect(try value.printed().hasSuffix("9998, 9999]"))
  }

  @Test func cyclesArePrintedAndComparedToAnEnd() throws {
    let list = List([.number(1)])
    list.elements.append(.list(list))
    let twin = List([.number(1)])
    twin.elements.append(.list(twin))
    #expect(try Value.list(list).printed() == "[1, […]]")
    #expect(try Value.list(list).isEqual(to: .list(twin)))
    list.elements = []
    twin.elements = []
  }

  @Test func deepNestingEndsWithoutOverflow() throws {
    var value = Value.list([])
    for _ in 0..<300_000 { value = .list([value]) }
    #expect(try value.printed().contains("[…]"))
    value = .none
    var record = Value.none
    for _ in 0..<300_000 { record = .record(Record([("inner", record)])) }
    record = .none
  }

  @Test func articlesFitTheWord() {
    #expect("image".withArticle == "an image")
    #expect("tensor".withArticle == "a tensor")
  }
}
