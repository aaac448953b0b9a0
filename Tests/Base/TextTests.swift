import Testing

@testable import Base

@Suite struct TextTests {
  @Test func durationsAsAClockShowsThem() {
    #expect(DurationText.clock(7) == "0:07")
    #expect(DurationText.clock(750) == "12:30")
    #expect(DurationText.clock(11_045) == "3:04:05")
    #expect(DurationText.clock(1e9) == "11574 days")
    #expect(DurationText.clock(.infinity) == "11574 days")
    #expect(DurationText.clock(.nan) == "?")
    #expect(DurationText.clock(-3) == "0:00")
  }

  @Test func addressesAreDecodedWhereTheyAreEncoded() {
    for (address, text) in [
      ("a%20b", "a b"), ("%C3%a4", "ä"), ("100%", "100%"), ("%+5%-1%zz%2", "%+5%-1%zz%2"), ("%25%2B", "%+"), ("", ""),
    ] { #expect(Hexadecimal.decodingPercents(address) == text) }
  }

  @Test func measuredDurationsHaveThreeDigits() {
    #expect(DurationText.measured(0.000_001_234) == "1.23 µs")
    #expect(DurationText.measured(0.0456) == "45.6 ms")
    #expect(DurationText.measured(1.5) == "1.5 s")
    #expect(DurationText.measured(123.4) == "123 s")
    #expect(DurationText.measured(0) == "0 µs")
  }

  @Test func significantDigits() {
    #expect(NumberText.significant(3.14159, digits: 3) == "3.14")
    #expect(NumberText.significant(-1234.5, digits: 3) == "-1234")
    #expect(NumberText.significant(0.00001234, digits: 2) == "1.2e-5")
    #expect(NumberText.significant(1e9, digits: 3) == "1e9")
    #expect(NumberText.significant(.nan, digits: 3) == "nan")
    #expect(NumberText.significant(-.infinity, digits: 3) == "-infinity")
  }

  @Test func floatsInTheFewestDigits() {
    #expect(NumberText.exact(0.1) == "0.1")
    #expect(NumberText.exact(3) == "3")
    #expect(NumberText.exact(.infinity) == "infinity")
    #expect(NumberText.exact(1e20) == "1e+20")
  }

  @Test func wordsFillLines() {
    #expect(Lines.filled(["one", "two", "three"], width: 7) == ["one two", "three"])
    #expect(Lines.filled(["longer than that", "x"], width: 4) == ["longer than that", "x"])
    #expect(Lines.filled(["漢字", "漢"], width: 6) == ["漢字", "漢"])
    #expect(Lines.filled(["a", "b", "c"], separator: "   ", width: 5) == ["a   b", "c"])
    #expect(Lines.filled([String](), width: 5) == [])
  }

  @Test func longLinesAreFoldedBetweenWords() {
    #expect(Paragraph.folded("one two three", width: 20) == "one two three")
    let long = "losses: the discriminator tells nothing"
    #expect(Paragraph.folded(long, width: 25) == "losses: the\n  discriminator tells\n  nothing")
    #expect(Paragraph.folded("  " + long + "\n\nshort", width: 30) == "  losses: the discriminator\n    tells nothing\n\nshort")
    // Columns keep their blanks, and a word that is too long has a line of its own.
    #expect(Paragraph.folded("a    b    c    " + String(repeating: "x", count: 30), width: 24).hasPrefix("a    b    c"))
    #expect(Paragraph.folded("漢字 " + String(repeating: "漢", count: 10), width: 22).contains("\n  漢漢"))
  }

  @Test func codeIsOneWordWhereItHasRoom() {
    #expect(Paragraph.words("write `a = 1`, or `b`.", room: 20) == ["write", "`a = 1`,", "or", "`b`."])
    #expect(Paragraph.words("write `a = 1` now", room: 4) == ["write", "`a", "=", "1`", "now"])
    #expect(Paragraph.words("an open `a b", room: 20) == ["an", "open", "`a", "b"])
  }

  @Test func whatCannotBeReadSaysWhy() throws {
    let failure = #expect(throws: Descriptor.Failure.self) { try Descriptor.contents(of: "/nothing/of/this/name") }
    #expect(failure?.reason == "No such file or directory")
    #expect(throws: Descriptor.Failure.self) { try Descriptor.contents(of: "/") }
    #expect(try Descriptor.contents(of: "/dev/null").isEmpty)
    #expect(try Descriptor.text(of: "/proc/self/status").hasPrefix("Name:"))
  }
}
