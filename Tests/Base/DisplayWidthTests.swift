import Testing

@testable import Base

@Suite struct DisplayWidthTests {
  @Test func wideAndJoiningCharacters() {
    #expect("abc".displayWidth == 3)
    #expect("漢字".displayWidth == 4)
    #expect("e\u{301}".displayWidth == 1)
    #expect("∇ₓ·λ".displayWidth == 4)
    #expect("🙂".displayWidth == 2)
    // One picture of several parts, and one that a selector makes colorful.
    #expect("👩‍🔬".displayWidth == 2)
    #expect("❤️".displayWidth == 2)
    #expect("🇩🇪".displayWidth == 2)
    #expect("a\tb".displayWidth == 2)
  }

  @Test func escapeCodesTakeNoRoom() {
    #expect("\u{1B}[1;31mred\u{1B}[0m".displayWidth == 3)
  }

  @Test func cuttingKeepsWithinTheWidth() {
    #expect("gradient".cut(to: 5) == "grad…")
    #expect("gradient".cut(to: 8) == "gradient")
    #expect("漢字漢字".cut(to: 4) == "漢…")
    #expect("x".cut(to: 0) == "")
  }

  @Test func paddingCountsColumns() {
    #expect("漢".padded(to: 4) == "漢  ")
    #expect("long".padded(to: 2) == "long")
  }

  @Test func columnsAreReadDownwards() {
    #expect(Columns(["a", "b", "c", "d", "e"]).lines(width: 7) == ["a  c  e", "b  d"])
    #expect(Columns(["abcdef"]).lines(width: 2) == ["abcdef"])
    #expect(Columns([]).lines(width: 10) == [])
  }
}
