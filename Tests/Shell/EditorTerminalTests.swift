import Foundation
import Glibc
import Testing

/// Entries in terminals of any kind and size, and what becomes of them while nothing can be typed.
@Suite(.serialized) struct EditorTerminalTests {
  @Test(arguments: [(1, 1), (2, 1), (1, 9), (3, 2), (7, 3), (500, 500)])
  func everySizeWorks(_ columns: Int, _ rows: Int) {
    let editor = EditorScreen(columns: columns, rows: rows, awaits: .reading)
    editor.type("fn f(x) { \"漢👩‍👩‍👧\" }\t\t\u{12}f\u{7}\u{1B}[A\u{1B}[A\u{3}")
    editor.resize(columns: rows, rows: columns)
    editor.type("abc\u{1B}[D\u{1B}[D\t\t\u{3}")
    editor.type("exit 5\r")
    #expect(editor.end() == 5)
  }

  @Test(arguments: ["vt100", "linux", "screen", "nonsense", "xterm-direct", "adm3a"])
  func everyTerminalWorks(_ terminal: String) {
    let editor = EditorScreen(environment: ["TERM": terminal])
    editor.type("6 * 7\u{1B}[D\u{7F}\u{7F} *\u{5}\r")
    editor.type("exit 5\r")
    #expect(editor.end() == 5)
  }

  @Test func aTerminalThatGoesAwayEndsTheProgram() {
    let editor = EditorScreen()
    editor.type("abc")
    #expect(editor.shows("> abc"))
    editor.signal(SIGHUP)
    #expect(editor.end() == 128 + SIGHUP)
  }

  @Test func aLineForAShellDoesNotWaitForMore() {
    let editor = EditorScreen()
    editor.type("cd ..\r")
    #expect(editor.has("error: `cd` is a command of a shell"))
    editor.type("6 * 7\r")
    #expect(editor.has("42"))
  }

  @Test func aNarrowWindowBreaksNoWord() {
    let editor = EditorScreen(columns: 40, rows: 200, awaits: .reading)
    #expect(editor.has("  toolbox, `help` and `learn` tell the"))
    editor.type("help\r")
    #expect(editor.has("Subjects of the standard library (use") && editor.has("gan)"))
  }

  /// An operation on tensors runs to its end; who waits for it to stop is told so. An interrupt before it is under way stops at once, and is sent
  /// again then.
  @Test func aLongOperationThatIsNotBrokenOffIsTold() {
    let editor = EditorScreen()
    editor.type("x = normal([7000, 7000]); number(sum(x)) > 0\r")
    var isTold = false
    for attempt in 1...6 where !isTold {
      editor.type("print \"runs {1 + \(attempt)}\"; number(sum(x @ x))\r")
      #expect(editor.has("runs \(attempt + 1)"))
      usleep(UInt32(attempt) * 200_000)
      editor.type("\u{3}")
      _ = editor.sees { screen in
        isTold = screen.lines.contains("stopping as soon as the operation at hand is done")
        return isTold || screen.lines.count { $0 == "stopped" } == attempt
      }
    }
    #expect(isTold)
  }
}
