import Foundation
import Glibc
import Testing

/// Entries as they are typed, and what is seen of them.
@Suite(.serialized) struct EditorTests {
  @Test func keywordsNumbersAndStringsHaveColorsAndThePromptsEnds() {
    let editor = EditorScreen()
    editor.type("while x < 42 { \"abc\" } # note")
    #expect(editor.shows("> while x < 42 { \"abc\" } # note"))
    #expect(editor.screen.looks(of: "while") == [1133])
    #expect(editor.screen.looks(of: "42") == [1063])
    #expect(editor.screen.looks(of: "abc") == [1028])
    #expect(editor.screen.looks(of: "# note") == [1244])
    #expect(editor.screen.looks(of: "> ") == [1, 1031])
    #expect(editor.screen.looks(of: "x <") == [])
    #expect(editor.screen.unknown.isEmpty)
  }

  @Test func withoutColorsNothingIsColored() {
    let editor = EditorScreen(environment: ["NO_COLOR": "1"], history: ["1 + 12"])
    editor.type("1 +")
    #expect(editor.shows("> 1 +"))
    #expect(editor.screen.cells.joined().allSatisfy { $0.looks.isEmpty })
  }

  @Test func blocksAreIndentedAndRun() {
    let editor = EditorScreen()
    editor.type("fn f(x) {\r")
    #expect(editor.cursorIs(row: 2, column: 4))
    editor.type("if x > 1 {\r")
    #expect(editor.cursorIs(row: 3, column: 6))
    editor.type("10\r")
    #expect(editor.cursorIs(row: 4, column: 6))
    editor.type("}")
    #expect(editor.shows("> fn f(x) {", "    if x > 1 {", "      10", "    }"))
    editor.type("\r}\rf 2\r")
    #expect(editor.has("10"))
  }

  @Test func aLineCanBePutIntoAFinishedBlock() {
    let editor = EditorScreen()
    editor.paste("fn f(x) {\n  x\n}")
    #expect(editor.cursorIs(row: 3, column: 3))
    editor.type("\u{1B}[A")
    #expect(editor.cursorIs(row: 2, column: 3))
    editor.type("\u{5}")
    #expect(editor.cursorIs(row: 2, column: 5))
    editor.type("\r")
    #expect(editor.cursorIs(row: 3, column: 4))
    editor.type("+ 40\u{1B}[D\u{1B}[D\u{1B}[D\u{1B}[D\u{7F}\u{7F} ")
    #expect(editor.shows("> fn f(x) {", "    x + 40", "  }"))
    editor.type("\u{1B}[B\rf 2\r")
    #expect(editor.has("42"))
  }

  @Test func altEnterBeginsALine() {
    let editor = EditorScreen()
    editor.type("[1, 2]\u{1B}\r")
    #expect(editor.cursorIs(row: 2, column: 2))
    editor.type("|> sum\r")
    #expect(editor.has("3"))
  }

  @Test func aPipeGoesOnWithTheLastResult() {
    let editor = EditorScreen()
    editor.type("[1, 2, 3]\r")
    #expect(editor.has("[1, 2, 3]"))
    editor.type("|> sum\r")
    #expect(editor.has("6"))
  }

  @Test func linesThatComeAtOnceGoOnByThePipeAndElse() {
    let editor = EditorScreen()
    editor.type("x = if false { 1 }\r  else { 2 }\r[x, 5]\r  |> sum\r")
    #expect(editor.has("7"))
  }

  @Test func homeAndEndGoByLineAndThenByEntry() {
    let editor = EditorScreen()
    editor.paste("f {\n  abc")
    #expect(editor.cursorIs(row: 2, column: 7))
    editor.type("\u{1B}[H")
    #expect(editor.cursorIs(row: 2, column: 2))
    editor.type("\u{1}")
    #expect(editor.cursorIs(row: 1, column: 2))
    editor.type("\u{5}")
    #expect(editor.cursorIs(row: 1, column: 5))
    editor.type("\u{1B}OF")
    #expect(editor.cursorIs(row: 2, column: 7))
  }

  @Test func killsStayInTheLineAndComeBack() {
    let editor = EditorScreen()
    editor.paste("a b {\n  c d\n}")
    editor.type("\u{1B}[A\u{5}\u{15}")
    #expect(editor.shows("> a b {", "", "  }"))
    editor.type("\u{19}\u{17}\u{17}")
    #expect(editor.shows("> a b {", "", "  }"))
    editor.type("\u{19}")
    #expect(editor.shows("> a b {", "    c d", "  }"))
    editor.type("\u{1}\u{B}")
    #expect(editor.shows("> a b {", "", "  }"))
    editor.type("\u{B}")
    #expect(editor.shows("> a b {", "  }"))
  }

  @Test func entriesTallerThanTheWindowScrollWithinIt() {
    let editor = EditorScreen(rows: 6)
    editor.paste((1...20).map { "x\($0) = \($0);" }.joined(separator: "\n"))
    #expect(editor.sees { $0.lines.last == "  x20 = 20;" && $0.line(0) == "↑ x15 = 15;" })
    for _ in 1..<20 { editor.type("\u{1B}[A") }
    #expect(editor.sees { $0.line(0) == "> x1 = 1;" && $0.line(5) == "↓ x6 = 6;" && $0.row == 0 })
    editor.type("\u{1B}>\rx20 + x1\r")
    #expect(editor.has("21"))
    #expect(editor.screen.scrollback.contains("> x1 = 1;") && editor.screen.scrollback.contains("  x7 = 7;"))
  }

  @Test func longLinesOnSmallWindows() throws {
    let keys = try #require(
      FileManager.default.contents(
        atPath: #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
          + "/Fixtures/terminal/long_line.keys"))
    let editor = EditorScreen()
    editor.type(Array(keys))
    editor.type("\u{3}6 * 7\r")
    #expect(editor.has("42"))
  }

  @Test func theWindowCanChangeItsSize() {
    let editor = EditorScreen(columns: 60)
    editor.type("\"a long enough line of words\" + \"and more\"")
    #expect(editor.shows("> \"a long enough line of words\" + \"and more\""))
    editor.resize(columns: 20, rows: 24)
    #expect(editor.shows("> \"a long enough lin", "e of words\" + \"and m", "ore\""))
    editor.resize(columns: 80, rows: 24)
    #expect(editor.shows("> \"a long enough line of words\" + \"and more\""))
    #expect(!editor.screen.text.contains("ore\"\n>"))
    editor.type("\r")
    #expect(editor.has("\"a long enough line of wordsand more\""))
  }

  @Test(arguments: ["C", "POSIX", "de_DE.ISO-8859-1", "nonsense", ""])
  func textIsUTF8InEveryLocale(_ locale: String) {
    let editor = EditorScreen(environment: ["LC_ALL": locale, "LANG": locale])
    editor.type("λ = \"äöü漢\"\r")
    #expect(editor.has("> λ = \"äöü漢\""))
    editor.type("λ\r")
    #expect(editor.has("\"äöü漢\""))
  }

  @Test func theCursorGoesByCharactersAsSeen() {
    let editor = EditorScreen()
    editor.type("\"👩‍👩‍👧e\u{301}漢\"")
    #expect(editor.cursorIs(row: 1, column: 9))
    editor.type("\u{1B}[D\u{1B}[D")
    #expect(editor.cursorIs(row: 1, column: 6))
    editor.type("\u{1B}[D")
    #expect(editor.cursorIs(row: 1, column: 5))
    editor.type("\u{7F}")
    #expect(editor.shows("> \"e\u{301}漢\""))
    editor.type("\u{1B}[3~\r")
    #expect(editor.has("\"漢\""))
  }

  @Test func bracketsAreMarkedWithTheirPartners() {
    let editor = EditorScreen()
    editor.type("f([1, 2])")
    #expect(
      editor.sees { $0.looks(of: "([1") == [1, 4, 1031] && $0.looks(of: ")") == [1, 4, 1031] && $0.looks(of: "[1") == [] })
    editor.type("\u{2}")
    #expect(editor.sees { $0.looks(of: "[1") == [1, 4, 1031] && $0.looks(of: "]") == [1, 4, 1031] })
  }

  @Test func errorsAreUnderlinedAfterAPause() {
    let editor = EditorScreen()
    editor.type("x = 1 2")
    #expect(editor.sees { $0.looks(of: "2")?.isSuperset(of: [4, 1160]) == true && $0.lines.count == 3 })
    editor.type("\u{7F}\u{7F}")
    #expect(editor.shows("> x = 1"))
    #expect(editor.screen.looks(of: "1")?.contains(4) == false)
  }

  @Test func whatIsOnlyNotFinishedIsNoError() {
    let editor = EditorScreen()
    editor.type("f(1, ")
    #expect(editor.shows("> f(1,"))
    editor.type("2")
    #expect(editor.shows("> f(1, 2"))
    #expect(editor.screen.looks(of: "f(") == [])
  }

  // MARK: Keys

  @Test func undoAndRedo() {
    let editor = EditorScreen()
    editor.type("abc def")
    #expect(editor.shows("> abc def"))
    editor.type("\u{1F}")
    #expect(editor.shows("> abc"))
    editor.type("\u{1F}\u{1F}")
    #expect(editor.shows(">"))
    editor.type("\u{1B}_")
    #expect(editor.shows("> abc"))
  }

  @Test func theScreenIsCleared() {
    let editor = EditorScreen()
    editor.type("6 * 7\r")
    #expect(editor.has("42"))
    editor.type("abc\u{C}")
    #expect(editor.sees { $0.lines == ["> abc"] && $0.row == 0 })
  }

  @Test func ctrlCThrowsTheEntryAway() {
    let editor = EditorScreen()
    editor.paste("f {\n  x")
    editor.type("\u{3}")
    #expect(editor.shows("> f {", "    x^C", ">"))
    editor.type("6 * 7\r")
    #expect(editor.has("42"))
  }

  @Test func ctrlDDeletesAndEnds() {
    let editor = EditorScreen()
    editor.type("ab\u{1}\u{4}")
    #expect(editor.shows("> b"))
    editor.type("\u{4}")
    #expect(editor.shows(">"))
    editor.type("\u{4}")
    #expect(editor.end() == 0)
    #expect(!editor.screen.modes.contains(2004))
  }

  @Test func ctrlZStopsAndComesBack() {
    let editor = EditorScreen()
    editor.type("6 * 7")
    #expect(editor.shows("> 6 * 7"))
    // The orphaned session of a test is not stopped: it goes on at once.
    editor.type("\u{1A}")
    #expect(editor.sees { $0.lines.filter { $0 == "> 6 * 7" }.count == 2 })
    editor.type("\r")
    #expect(editor.has("42"))
  }

  @Test func theEntryCanBeEditedOutside() {
    let editor = EditorScreen(environment: ["EDITOR": "sed -i s/1/6/"])
    editor.type("1 * 7\u{18}\u{5}")
    #expect(editor.sees { $0.lines.last == "> 6 * 7" })
    editor.type("\r")
    #expect(editor.has("42"))
  }

  @Test func anEditorThatFailsIsSaid() {
    let editor = EditorScreen(environment: ["EDITOR": "false"])
    editor.type("1 * 7\u{18}\u{5}")
    #expect(editor.sees { $0.text.contains("false has failed") && $0.text.contains("> 1 * 7") })
  }

  @Test func sequencesWithoutMeaningAreNotText() {
    let editor = EditorScreen()
    editor.type("a\u{1B}[9999999999999999999;5~\u{1B}[1;2P\u{1B}Oz\u{1B}[[Ab\u{1B}[Z")
    #expect(editor.sees { $0.text.contains("> ab") })
  }

  @Test func numbersBeforeCommandsAreShort() {
    let editor = EditorScreen()
    editor.type("\u{1B}9999999999a")
    #expect(editor.sees { $0.text.filter { $0 == "a" }.count > 500 })
    #expect(editor.screen.text.filter { $0 == "a" }.count < 1100)
    #expect(editor.leaves())
  }

  @Test func keysBySettingsOfOnesOwn() {
    let editor = EditorScreen(editrc: "bind \"^G\" gan-undo\nbind \"\\e[15~\" gan-kill-line-back\n")
    editor.type("abc\u{1B}[15~x\u{7}")
    #expect(editor.shows(">"))
  }

  // MARK: Pasting

  @Test func pastedTextIsPutInWholeAndNotRun() {
    let editor = EditorScreen()
    editor.paste("a = 6\nb = 7\n\n")
    #expect(editor.shows("> a = 6", "  b = 7"))
    editor.type("\ra * b\r")
    #expect(editor.has("42"))
  }

  @Test func pastedSessionsLoseTheirPrompts() {
    let editor = EditorScreen()
    editor.paste("> x = [1, 2, 3]\n> sum(x)\n6\n")
    #expect(editor.shows("> x = [1, 2, 3]", "  sum(x)"))
    editor.type("\r")
    #expect(editor.has("6"))
  }

  @Test func aPasteWithControlCharactersDoesNothingElse() {
    let editor = EditorScreen()
    editor.paste("6 *\u{4}\u{1B}[2J\u{7}\u{1A} 7")
    #expect(editor.shows("> 6 *[2J 7"))
    #expect(editor.leaves())
  }

  @Test func aHugePasteIsHeld() {
    let editor = EditorScreen()
    editor.paste(String(repeating: "x = 1;\n", count: 3000))
    #expect(editor.sees { $0.lines.last == "  x = 1;" && $0.line(0).hasPrefix("↑") })
    #expect(editor.leaves())
  }

  // MARK: Completion

  @Test func candidatesAreChosenByTab() {
    let editor = EditorScreen()
    editor.type("x0 = 1; zzq_first = 1; zzq_second = 2; zzq_third = 3;\r")
    #expect(editor.sees { $0.row == 2 })
    editor.type("zz\t")
    #expect(editor.shows("> zzq_"))
    editor.type("\t")
    #expect(editor.sees { $0.lines.count == 6 && $0.line(3).hasPrefix("zzq_first ") })
    editor.type("\t")
    #expect(editor.sees { $0.line(2) == "> zzq_first" && $0.looks(of: "zzq_first  ")?.contains(7) == true })
    editor.type("\t\t\t")
    #expect(editor.sees { $0.line(2) == "> zzq_first" })
    editor.type("\u{1B}[Z")
    #expect(editor.sees { $0.line(2) == "> zzq_third" })
    editor.type("\r")
    #expect(editor.shows("> zzq_third"))
    editor.type(" + 4\r")
    #expect(editor.has("7"))
  }

  @Test func escapeGoesBackToWhatWasTyped() {
    let editor = EditorScreen()
    editor.type("x0 = 1; zzq_first = 1; zzq_second = 2;\r")
    #expect(editor.sees { $0.row == 2 })
    editor.type("zzq_\t\t")
    #expect(editor.sees { $0.line(2) == "> zzq_first" })
    editor.type("\u{7}")
    #expect(editor.shows("> zzq_"))
  }
}
