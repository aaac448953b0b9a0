import Foundation
import Glibc
import Testing

/// Terminals that answer the question about pictures in one way or another: the picture comes as it should, what was typed meanwhile is there,
/// and nothing else is.
@Suite(.serialized) struct PictureQuestionTests {
  /// How a terminal answers, and what it is sent then.
  struct Terminal: CustomTestStringConvertible, Sendable {
    let name: String
    let answer: String
    /// How the string that shows the picture begins; nil where it is text.
    let picture: String?
    /// What a person typed among it, which the next prompt shows.
    var typed = ""
    /// What comes when the picture is there already.
    var late = ""
    var testDescription: String { name }
  }

  private static let number = "1196443507"
  private static let kitty = "\u{1B}_Gi=\(number);OK\u{1B}\\"
  private static let cell = "\u{1B}[6;20;10t"

  static let terminals: [Terminal] = [
    Terminal(name: "nothing", answer: "", picture: nil),
    Terminal(name: "attributes alone", answer: "\u{1B}[?1;2c", picture: nil),
    Terminal(name: "kitty", answer: kitty + cell + "\u{1B}[?62;c", picture: "_Ga=T,q=2,f=100"),
    Terminal(
      name: "kitty refuses", answer: "\u{1B}_Gi=\(number);ENOTSUPPORTED:no\u{1B}\\\u{1B}[?62;c", picture: nil),
    Terminal(name: "sixel", answer: cell + "\u{1B}[?1;0;256S\u{1B}[?62;4;22c", picture: "P0;1;0q\"1;1;"),
    Terminal(
      name: "sixel of 16 colors", answer: "\u{1B}P>|XTerm(379)\u{1B}\\\u{1B}[?1;0;16S\u{1B}[?63;1;2;4;6;9;15;22c",
      picture: "P0;1;0q\"1;1;"),
    Terminal(
      name: "iTerm2", answer: "\u{1B}P>|iTerm2 3.4.16\u{1B}\\\u{1B}]1337;ReportCellSize=18.0;8.0;2.0\u{1B}\\\u{1B}[?62;4c",
      picture: "]1337;File=inline=1"),
    Terminal(
      name: "iTerm2 with a bell", answer: "\u{1B}]1337;ReportCellSize=18.0;8.0\u{7}\u{1B}[?62c", picture: "]1337;File=inline=1"),
    Terminal(name: "half an answer", answer: "\u{1B}_Gi=\(number);O", picture: nil),
    Terminal(name: "half the attributes", answer: kitty + "\u{1B}[?62;4", picture: "_Ga=T"),
    Terminal(name: "late", answer: "", picture: nil, late: kitty + cell + "\u{1B}[?62;4c"),
    Terminal(
      name: "the rest is late", answer: kitty, picture: "_Ga=T",
      late: "\u{1B}P>|kitty(0.26.5)\u{1B}\\" + cell + "\u{1B}[?62;c"),
    Terminal(name: "keys before", answer: "40 + 2" + kitty + "\u{1B}[?62;c", picture: "_Ga=T", typed: "40 + 2"),
    Terminal(name: "keys between", answer: "40" + kitty + " + " + cell + "2\u{1B}[?62;c", picture: "_Ga=T", typed: "40 + 2"),
    Terminal(name: "keys behind", answer: kitty + "\u{1B}[?62;c" + "40 + é", picture: "_Ga=T", typed: "40 + é"),
    Terminal(name: "keys instead of an answer", answer: "40 + 2", picture: nil, typed: "40 + 2"),
    Terminal(
      name: "an arrow, and a key that begins like an answer", answer: "40 + 2\u{1B}[D\u{1B}[6;5~" + kitty + "\u{1B}[?62;c7",
      picture: "_Ga=T", typed: "40 + 72"),
    Terminal(name: "the answer of another", answer: "\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c", picture: "P0;1;0q"),
    Terminal(
      name: "codes without meaning", answer: "\u{1B}[?9;9;9z\u{1B}[?;;;S\u{1B}P>|\u{1B}\\\u{1B}[6;-1;t\u{1B}[?62c", picture: nil),
    Terminal(
      name: "numbers that are too large", answer: "\u{1B}[6;99999999999999999999;8t\u{1B}[?1;0;99999999S\u{1B}[?64;4c",
      picture: "P0;1;0q"),
    Terminal(name: "a background", answer: kitty + "\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{1B}\\\u{1B}[?62;c", picture: "_Ga=T"),
    Terminal(name: "a background with a bell", answer: "\u{1B}]11;rgba:ff/ff/ff/80\u{7}\u{1B}[?62;4c", picture: "P0;1;0q"),
    Terminal(
      name: "a background that is none", answer: "\u{1B}]11;rgb:zz//\u{7}\u{1B}]11;\u{7}\u{1B}]11;blue\u{1B}\\\u{1B}[?62;4c",
      picture: "P0;1;0q"),
    Terminal(name: "half a background", answer: "\u{1B}]11;rgb:1e1e/1e", picture: nil),
    Terminal(
      name: "keys around a background", answer: "40\u{1B}]11;#ffffff\u{7} + 2" + kitty + "\u{1B}[?62;c", picture: "_Ga=T",
      typed: "40 + 2"),
    Terminal(name: "a background that is late", answer: "", picture: nil, late: "\u{1B}]11;rgb:0/0/0\u{7}\u{1B}[?62;4c"),
    Terminal(name: "a string without an end", answer: "\u{1B}P>|" + String(repeating: "x", count: 700), picture: nil),
  ]

  @Test(arguments: terminals) func theAnswerLeavesNothing(_ terminal: Terminal) {
    // Where there is an answer it is awaited, however busy the machine is.
    let isAnswered = terminal.picture != nil
    let editor = EditorScreen(environment: isAnswered ? ["GAN_GRAPHICS_WAIT": terminal.answer.hasSuffix("c") ? "5" : "1"] : [:])
    editor.answer = Array(terminal.answer.utf8)
    editor.type("show image(ones([20, 20]))\r")
    // The picture, or its first line as text, and then the prompt.
    let isShown = editor.sees { screen in
      screen.questions == 1 && screen.modes.contains(2004)
        && (terminal.picture == nil
          ? screen.lines.contains { $0.contains("▀") } : screen.strings.contains { $0.text.hasPrefix(terminal.picture ?? "") })
    }
    #expect(isShown, "\(editor.screen.text) \(editor.screen.strings.map { $0.text.prefix(30) })")
    editor.type(terminal.late)
    if terminal.name == "a string without an end" {
      // Nobody could tell its rest from keys; Ctrl-C throws it away.
      editor.type("\u{3}")
    }
    #expect(editor.sees { $0.line($0.row) == "> " + terminal.typed || (terminal.typed.isEmpty && $0.line($0.row) == ">") })
    editor.type("\u{5}\u{15}6 * 7\r")
    #expect(editor.shows("> 6 * 7", "42", ">"))
    // No answer was echoed.
    let texts = editor.screen.scrollback + editor.screen.lines
    #expect(!texts.contains { $0.contains("Gi=") || $0.contains("?62") || $0.contains("ReportCell") || $0.contains("rgb") })
    // It is asked once.
    editor.type("show image(zeros([20, 20]))\r")
    #expect(editor.sees { $0.modes.contains(2004) && $0.line($0.row) == ">" && $0.line($0.row - 1) != "42" })
    #expect(editor.screen.questions == 1)
    #expect(editor.screen.unknown.isEmpty)
  }

  @Test func thePictureStandsWhereThereIsRoomAndThePromptBelow() {
    let editor = EditorScreen(environment: ["GAN_GRAPHICS_WAIT": "5"])
    editor.answer = Array((PictureQuestionTests.kitty + "\u{1B}[6;20;10t\u{1B}[?62;c").utf8)
    for number in 1...4 {
      editor.type("show image(ones([100, 100]) * 0.\(number))\r")
      #expect(editor.sees { $0.strings.filter { $0.text.hasPrefix("_Ga=T") }.count == number && $0.line($0.row) == ">" })
    }
    let pictures = editor.screen.strings.filter { $0.text.hasPrefix("_Ga=T") }
    // 100 pixels are enlarged to 300, which are 15 rows; then comes the next prompt.
    #expect(zip(pictures, pictures.dropFirst()).allSatisfy { $1.row - $0.row == 16 })
    #expect(pictures.allSatisfy { $0.column == 0 })
    #expect(editor.screen.scrollback.count + editor.screen.row == (pictures.last?.row ?? 0) + 15)
    // Each has a number of its own: those before stay.
    let numbers = Set(pictures.map { $0.text.split(separator: ",").first { $0.hasPrefix("i=") } })
    #expect(numbers.count == 4)
  }

  @Test(arguments: [
    ("kitty", "_Ga=T"), ("ITERM", "]1337;File=inline=1"), ("sixel", "P0;1;0q"),
  ]) func theVariableOverrules(_ wish: String, _ beginning: String) {
    let editor = EditorScreen(environment: ["GAN_GRAPHICS": wish])
    editor.answer = Array("\u{1B}[?1;2c".utf8)
    editor.type("show image(ones([20, 20]))\r")
    #expect(editor.sees { $0.strings.contains { $0.text.hasPrefix(beginning) } && $0.line($0.row) == ">" })
  }

  @Test func textNeedsNoQuestion() {
    let characters: [(wish: String, of: ClosedRange<UInt32>)] = [
      ("blocks", 0x2580...0x2580), ("braille", 0x2801...0x28FF), ("sextants", 0x1FB00...0x1FB3B),
    ]
    for (wish, range) in characters {
      let editor = EditorScreen(environment: ["GAN_GRAPHICS": wish])
      editor.type("show image(uniform([60, 60]))\r")
      #expect(
        editor.sees { screen in screen.lines.contains { $0.unicodeScalars.contains { range.contains($0.value) } } },
        "\(wish): \(editor.screen.text)")
      #expect(editor.screen.questions == 0)
    }
    let editor = EditorScreen(environment: ["GAN_GRAPHICS": "off"])
    editor.type("show image(uniform([20, 20]))\r")
    #expect(editor.has("image of 20×20 pixels, gray"))
    #expect(editor.screen.questions == 0)
  }

  @Test func aWrongWishIsToldOnce() {
    let editor = EditorScreen(environment: ["GAN_GRAPHICS": "holograms"])
    editor.answer = Array("\u{1B}[?1;2c".utf8)
    for _ in 1...2 {
      editor.type("show image(ones([20, 20]))\r")
      #expect(editor.sees { $0.lines.contains { $0.contains("▀") } && $0.line($0.row) == ">" })
    }
    let told = (editor.screen.scrollback + editor.screen.lines).filter { $0.contains("GAN_GRAPHICS is \"holograms\"") }
    #expect(told.count == 1)
  }

  @Test func nobodyIsAskedWithoutAPictureOrWhereItWouldBeShown() {
    let editor = EditorScreen()
    editor.type("1 + 1\r")
    #expect(editor.shows("> 1 + 1", "2", ">"))
    #expect(editor.screen.questions == 0)
    let console = EditorScreen(environment: ["TERM": "linux"])
    console.type("show image(uniform([20, 20]))\r")
    #expect(console.sees { $0.row > 3 && $0.line($0.row) == ">" })
    #expect(console.screen.questions == 0 && console.screen.strings.isEmpty)
  }

  @Test func aScriptShowsPicturesAndEndsAsItWould() {
    let terminal = GanTerminal(
      ["-e", "show image(ones([20, 20])); print \"end\""],
      environment: ["TERM": "xterm-256color", "GAN_GRAPHICS_WAIT": "5"])
    #expect(terminal.shows("\u{1B}[c"))
    terminal.type(PictureQuestionTests.kitty + "\u{1B}[?62;c")
    #expect(terminal.shows("_Ga=T"))
    #expect(terminal.shows("end"))
    #expect(terminal.end() == 0)
  }
}
