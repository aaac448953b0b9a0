import Testing

@testable import Lab

/// Two changes of one text.
@Suite struct TextMergeTests {
  @Test(arguments: [
    ("ab", "xab", "aby", "xaby"), ("", "own", "other", "otherown"), ("one two", "one", "one two three", "one three"),
    ("one two three", "one 2 three", "1 two three", "1 2 three"), ("same", "same!", "same!", "same!!"), ("a", "", "", ""),
    ("abc", "abc", "x", "x"), ("abc", "x", "abc", "x"), ("😀b", "😁b", "😀bc", "😁bc"), ("e\u{301}", "e", "e\u{301}f", "ef"),
    ("line\nline\n", "line\nmine\nline\n", "line\nline\ntheirs\n", "line\nmine\nline\ntheirs\n"),
  ])
  func bothAreInIt(_ base: String, _ mine: String, _ theirs: String, _ merged: String) {
    #expect(TextMerge.merged(base, mine: mine, theirs: theirs).unicodeScalars.elementsEqual(merged.unicodeScalars))
  }

  /// What differs as a whole is not compared letter by letter, which would take gigabytes.
  @Test func longTextsAreMerged() {
    let base = String(repeating: "ab", count: 100_000)
    let mine = String(repeating: "ba", count: 100_000)
    #expect(TextMerge.merged(base, mine: mine, theirs: base + "!") == mine + "!")
  }
}
