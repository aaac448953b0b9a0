import Foundation
import Glibc
import Testing

/// vi's keys, and the keys of both maps.
@Suite(.serialized) struct EditorViTests {
  @Test func viKeysOnLines() {
    let editor = EditorScreen(editrc: "bind -v\n")
    editor.paste("f {\n  ab cd\n}")
    editor.type("\u{1B}")
    #expect(editor.sees { $0.row == 3 })
    editor.type("kA;\u{1B}")
    #expect(editor.shows("> f {", "    ab cd;", "  }"))
    editor.type("oxy\u{1B}")
    #expect(editor.sees { $0.lines.count == 5 && $0.line(3).hasSuffix("xy") })
    editor.type("dd")
    #expect(editor.shows("> f {", "    ab cd;", "  }"))
    editor.type("kk0D")
    #expect(editor.shows(">", "    ab cd;", "  }"))
    editor.type("u")
    #expect(editor.shows("> f {", "    ab cd;", "  }"))
  }

  @Test func viOperatorsStayInTheLine() {
    let editor = EditorScreen(editrc: "bind -v\n")
    editor.paste("abc def\nghi")
    editor.type("\u{1B}[A\u{1B}")
    #expect(editor.sees { $0.row == 1 })
    editor.type("0wd$")
    #expect(editor.shows("> abc", "  ghi"))
    editor.type("P0")
    #expect(editor.sees { $0.line(1).contains("def") && $0.column == 2 })
    editor.type("3x")
    #expect(editor.sees { $0.line(1).hasPrefix("> d") || $0.line(1).hasPrefix(">  d") || $0.line(1).hasPrefix(">  ") })
    editor.type("Sxyz\u{1B}")
    #expect(editor.shows("> xyz", "  ghi"))
  }

  @Test func viInsertsWhereItsCommandsSay() {
    let editor = EditorScreen(editrc: "bind -v\n")
    editor.type("hello\u{1B}AX\u{1B}")
    #expect(editor.shows("> helloX"))
    editor.type("0aY\u{1B}IZ\u{1B}")
    #expect(editor.shows("> ZhYelloX"))
    editor.type("$aW\u{1B}obelow\u{1B}")
    #expect(editor.shows("> ZhYelloXW", "  below"))
    editor.type("Smore\u{1B}")
    #expect(editor.shows("> ZhYelloXW", "  more"))
    editor.type("o\u{1B}")
    #expect(editor.cursorIs(row: 3, column: 2))
    editor.type("iz\u{1B}dd")
    #expect(editor.shows("> ZhYelloXW", "  more"))
    editor.type("dd0C40 + 2\u{1B}")
    #expect(editor.shows("> 40 + 2"))
    editor.type("\r")
    #expect(editor.has("42"))
  }

  @Test func viTakesBackAChangeAsAWhole() {
    let editor = EditorScreen(editrc: "bind -v\n")
    editor.type("f(first second, 2)\u{1B}")
    editor.type("0fscwone two three\u{1B}")
    #expect(editor.shows("> f(firone two three second, 2)"))
    editor.type("u")
    #expect(editor.shows("> f(first second, 2)"))
    editor.type("ci(x, y\u{1B}")
    #expect(editor.shows("> f(x, y)"))
    editor.type("u")
    #expect(editor.shows("> f(first second, 2)"))
  }

  @Test func whatViDoesNotKnowIsSaid() {
    let editor = EditorScreen(editrc: "bind -v\n")
    editor.type("abc\u{1B}K")
    #expect(editor.shows("> abc", "`K` is no command of vi's here"))
    editor.type("x")
    #expect(editor.shows("> ab"))
  }

  /// Every key of both maps by itself, with Alt, behind Ctrl-X, and as a key of vi's: the entry stays, and nothing else is shown. The keys that are
  /// to change or leave the entry, and Ctrl-X, to which the next key belongs, are left out.
  @Test(arguments: ["bind -e\n", "bind -v\n"]) func noKeyLosesTheEntry(_ settings: String) {
    let isVi = settings.contains("-v")
    let editor = EditorScreen(history: ["1 + 1"], editrc: settings)
    let controls = (UInt8(0)..<0x20).filter {
      ![3, 4, 8, 9, 10, 13, 16, 14, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 31].contains($0)
    }
    var keys = controls.map { String(UnicodeScalar($0)) }
    if isVi {
      keys += "bBeEwWhlkj0^$%fFtTyYgGHKLMQVZmqz:#@&*=!;,_|+-()[]{}\"'`\\<>".map { "\u{1B}\($0)\u{1B}" }
    } else {
      let letters = Set("abcdefghijklmnopqrstuvwxyz").subtracting("bfdpncult").map { String($0) }
      keys += (letters + letters.map { $0.uppercased() }).map { "\u{1B}" + $0 }
      keys += ["!", "#", "$", "%", "&", "'", "(", ")", "*", "+", ",", ":", ";", "=", "?", "@", "]", "^", "`", "{", "|", "}", "~"]
        .map { "\u{1B}" + $0 }
      keys += controls.filter { ![5, 7].contains($0) }.map { "\u{18}" + String(UnicodeScalar($0)) }
      keys += ["\u{18}\u{18}", "\u{1B}\u{0}", "\u{1B}\u{1}", "\u{1B}\u{F}"]
    }
    for key in keys {
      editor.type("zq xy" + key)
      if isVi { editor.type("\u{1B}A") } else { editor.type("\u{5}") }
      editor.type(";")
      let isKept = editor.sees { $0.lines.last == "> zq xy;" }
      #expect(isKept, "\(key.debugDescription): \(editor.screen.text)")
      guard isKept else { return }
      editor.type("\u{15}")
      #expect(editor.sees { $0.lines.last == ">" })
    }
    #expect(editor.leaves())
  }

  @Test func theKeyBehindCtrlVIsText() {
    let editor = EditorScreen()
    editor.type("[1\u{16}\t]\u{16}\u{3}6 * 7\r")
    #expect(editor.has("42"))
    editor.type("\"a\u{16}\tb\"\r")
    #expect(editor.has("\"a\\tb\""))
  }

  @Test func keysTypedWhileAnEntryRunsAreTheEditors() {
    let editor = EditorScreen()
    editor.type("print \"runs\"; sleep 0.5\r")
    #expect(editor.has("runs"))
    editor.type("\"a\u{16}\tb\" rest\u{17}\r")
    #expect(editor.has("\"a\\tb\""))
    #expect(editor.leaves())
  }
}
