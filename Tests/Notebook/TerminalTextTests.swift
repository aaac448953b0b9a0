import Testing

@testable import Notebook

/// What programs write for a terminal.
@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain <b>", "plain &lt;b&gt;", "plain <b>"),
    ("\u{1b}[31mred\u{1b}[0m on", "<span class=\"bad\">red</span> on", "red on"),
    ("\u{1b}[1;94mx\u{1b}[22my\u{1b}[mz", "<span class=\"strong name\">x</span><span class=\"name\">y</span>z", "xyz"),
    ("\u{1b}[38;5;200ma\u{1b}[38;2;1;2;31mb\u{1b}[48;5;1mc\u{1b}[38;5;2md", "abc<span class=\"string\">d</span>", "abcd"),
    ("a\u{1b}[2K\u{1b}[1Gb\u{1b}]0;title\u{7}c\u{1b}]8;;x\u{1b}\\d\u{1b}(Be", "abcde", "abcde"),
    ("a\u{1b}[31", "a", "a"), ("a\u{1b}", "a", "a"), ("a\u{1b}[31é", "aé", "aé"),
    ("\u{1b}\u{1b}[32mg", "<span class=\"string\">g</span>", "g"),
    ("\u{1b}]open\nnext", "\nnext", "\nnext"), ("\u{1b}[99999999999999999999mx", "x", "x"),
  ])
  func colorsStayAndTheRestGoes(_ text: String, _ html: String, _ plain: String) {
    #expect(TerminalText.html(text) == html)
    #expect(TerminalText.plain(text) == plain)
  }
}
