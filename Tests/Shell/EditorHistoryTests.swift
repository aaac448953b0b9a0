import Foundation
import Glibc
import Testing

/// Entries that come back from the history.
@Suite(.serialized) struct EditorHistoryTests {
  @Test func aSuggestionIsTakenByTheRightArrow() {
    let editor = EditorScreen(history: ["train run, steps: 5", "1 + 41"])
    editor.type("1 +")
    #expect(editor.sees { $0.lines.last == "> 1 + 41" && $0.looks(of: " 41") == [1244] && $0.column == 5 })
    editor.type("\u{1B}[C\r")
    #expect(editor.has("42"))
  }

  @Test func aSuggestionIsTakenByWordsOrByEnd() {
    let editor = EditorScreen(history: ["alpha_b beta gamma"])
    editor.type("al\u{1B}f")
    #expect(editor.sees { $0.column == 9 })
    editor.type("\u{5}")
    #expect(editor.sees { $0.column == 20 })
  }

  @Test func upGoesByLineWithinAnEntryAndThenBack() {
    let editor = EditorScreen(history: ["1 + 1", "f {\n  a\n}"])
    editor.type("\u{10}")
    #expect(editor.shows("> f {", "    a", "  }"))
    editor.type("\u{10}\u{10}")
    #expect(editor.sees { $0.row == 1 })
    editor.type("\u{10}")
    #expect(editor.shows("> 1 + 1"))
  }

  @Test func entriesThatBeginAsTypedAreFound() {
    let editor = EditorScreen(history: ["111 + 1", "22 + 1", "113 + 1"])
    editor.type("11\u{1B}[A\u{1B}[A")
    #expect(editor.shows("> 111 + 1"))
    editor.type("\u{1B}[B\u{1B}[B")
    #expect(editor.sees { $0.column == 4 })
  }

  @Test func searchingBackAndOn() {
    let editor = EditorScreen(history: ["900 + 9", "x = 1", "900 + 1"])
    editor.type("\u{12}900")
    #expect(editor.shows("> 900 + 1", "search back: 900"))
    editor.type("\u{12}")
    #expect(editor.shows("> 900 + 9", "search back: 900"))
    editor.type("\u{12}")
    #expect(editor.shows("> 900 + 9", "search back: 900  (not found)"))
    editor.type("\u{13}")
    #expect(editor.shows("> 900 + 1", "search on: 900"))
    editor.type("\u{12}\r")
    #expect(editor.has("909"))
  }

  @Test func aSearchCanBeLeft() {
    let editor = EditorScreen(history: ["900 + 9"])
    editor.type("abc\u{12}900")
    #expect(editor.shows("> 900 + 9", "search back: 900"))
    editor.type("\u{7}")
    #expect(editor.shows("> abc"))
    editor.type("\u{12}900\u{1B}[C")
    #expect(editor.shows("> 900 + 9") && editor.cursorIs(row: 1, column: 3))
  }

  @Test func theLastWordOfEarlierEntries() {
    let editor = EditorScreen(history: ["a = 11", "b = 22"])
    editor.type("1 + \u{1B}.")
    #expect(editor.shows("> 1 + 22"))
    editor.type("\u{1B}.")
    #expect(editor.shows("> 1 + 11"))
    editor.type("\r")
    #expect(editor.has("12"))
  }

  @Test func entriesOfSeveralLinesComeBackWhole() {
    let first = EditorScreen()
    first.paste("fn f(x) {\n  x + 1\n}")
    first.type("\r kept = 1\rf 1\r")
    #expect(first.has("2"))
    let kept = (try? String(contentsOfFile: first.home + "/state/gan/history", encoding: .utf8)) ?? ""
    #expect(kept == "fn f(x) {\\n  x + 1\\n}\nf 1\n")
  }

  @Test func aHistoryThatIsNoFileIsSaidAndLeft() {
    var template = Array("/tmp/gan-editor-XXXXXX".utf8CString)
    let home = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    mkdir(home + "/state", 0o700)
    mkdir(home + "/state/gan", 0o700)
    mkfifo(home + "/state/gan/history", 0o600)
    let editor = EditorScreen(columns: 200, home: home)
    editor.type("6 * 7\r")
    #expect(editor.has("42"))
    #expect(editor.sees { $0.text.contains("not an ordinary file") })
  }
}
