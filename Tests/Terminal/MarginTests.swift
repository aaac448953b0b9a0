import Testing

@testable import Terminal

@Suite struct MarginTests {
  @Test func marginIsAddedAndRemoved() {
    let text = "fn f(x) {\n  x + 1\n}"
    #expect(Margin.add(2, to: text) == "fn f(x) {\n    x + 1\n  }")
    #expect(Margin.remove(2, from: Margin.add(2, to: text)) == text)
  }

  @Test func lessThanTheMarginIsRemovedAsFarAsItGoes() {
    #expect(Margin.remove(2, from: "a\n b\nc") == "a\nb\nc")
  }

  @Test func rowsCountWrappingAndBreaks() {
    #expect(Margin.rows(of: "abc", from: 2, width: 10) == 0)
    #expect(Margin.rows(of: "abcdefghij", from: 2, width: 10) == 1)
    // Behind a full line the cursor stands on the next.
    #expect(Margin.rows(of: "abcdefg", from: 2, width: 10) == 0)
    #expect(Margin.rows(of: "abcdefgh", from: 2, width: 10) == 1)
    #expect(Margin.rows(of: "a\n  b\n  c", from: 2, width: 10) == 2)
    #expect(Margin.rows(of: "漢字漢字漢", from: 1, width: 10) == 1)
  }
}
