import Base
import Interpreter
import Syntax
import Testing

@testable import Frontend

@Suite struct HelpTextTests {
  private let page = HelpPage(
    title: "relu", summary: "The greater of a number and 0.", signatures: ["relu(x)"],
    parameters: [.init(name: "x", text: "a number or a tensor, whose elements are taken one by one, whatever its shape")],
    examples: [Example("if true {\n  relu(-1) # none\n}", "0")], details: "Its slope at 0 is 0.")

  @Test func aPageHasItsPartsInOrder() {
    #expect(
      HelpText(width: 50).text(page).plain == """
        relu(x)
        The greater of a number and 0.

          x  a number or a tensor, whose elements are
             taken one by one, whatever its shape

        Its slope at 0 is 0.

          > if true {
              relu(-1) # none
            }
          0
        """)
  }

  @Test func partsSayWhatTheyAre() {
    let parts = HelpText(width: 80).text(page).parts
    #expect(parts.first == .init("relu(x)", .heading))
    #expect(parts.contains(.init("x", .name)))
    #expect(parts.contains(.init("if", .keyword)))
    #expect(parts.contains(.init("# none", .comment)))
  }

  @Test(arguments: ["x = \"a{1 + 2}b\" # é\n\"", "", "\n\n", "fn f(x) = {\n  x\n", "漢 = 'ä'", "\"\"\"\nopen"])
  func codeKeepsItsText(_ code: String) {
    let text = CodeText.styled(Source(name: "", text: code))
    #expect(text.plain == code)
    #expect(text.lines.map(\.plain).joined(separator: "\n") == code)
  }

  @Test func aLongSignatureIsBrokenBetweenItsParameters() {
    let page = HelpPage(title: "train", summary: "", signatures: ["train(run: record, steps: count = none, every: count = 50)"])
    #expect(
      HelpText(width: 44).text(page).plain == "train(run: record, steps: count = none,\n  every: count = 50)")
    #expect(HelpText(width: 60).text(page).plain == page.signatures[0])
  }

  @Test func aLongLineOfCodeIsFolded() {
    let text = CodeText.styled(Source(name: "", text: "run = gan(G, D, data, batch: 128, noise: 4)\nx"))
    #expect(text.folded(width: 30, indent: 4).plain == "run = gan(G, D, data, batch:\n    128, noise: 4)\nx")
    #expect(text.folded(width: 60).plain == text.plain)
    #expect(text.folded(width: 30).parts.contains(.init("128", .number)))
  }

  @Test func noLineIsWiderThanTheScreen() {
    let text = HelpText(width: 40).text(page)
    #expect(text.lines.dropFirst(2).allSatisfy { $0.displayWidth <= 45 })
  }
}
