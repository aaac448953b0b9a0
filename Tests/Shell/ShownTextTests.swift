import Testing

/// What Gan says in a window: no word is broken, and tables are tables.
@Suite(.serialized) struct ShownTextTests {
  private static let words = "one two three four five six seven"

  @Test func whatGanSaysBreaksNoWord() {
    let editor = EditorScreen(columns: 30)
    editor.type("print \"\(Self.words)\", wrap: true\r")
    #expect(editor.shows("one two three four five six", "  seven", ">"))
    editor.type("note \"\(Self.words)\"\r")
    #expect(editor.shows("one two three four five six", "  seven", ">"))
    editor.type("list(100..112)\r")
    #expect(editor.shows("[100, 101, 102, 103, 104,", "  105, 106, 107, 108, 109,", "  110, 111]", ">"))
    // What a program prints is its own.
    editor.type("print \"\(Self.words)\"\r")
    #expect(editor.shows("one two three four five six se", "ven", ">"))
    editor.resize(columns: 60, rows: 24)
    editor.type("print \"\(Self.words)\", wrap: true\r")
    #expect(editor.shows(Self.words, ">"))
  }

  @Test func theTextOfAFunctionBreaksNoWord() {
    let editor = EditorScreen(columns: 30)
    editor.type("fn long_name(first) = first + 1 + first * first\r")
    editor.type("source long_name\r")
    #expect(editor.shows("fn long_name(first) = first +", "    1 + first * first", ">"))
  }

  @Test func aPipeGetsWholeLines() {
    let long = Array(repeating: Self.words, count: 5).joined(separator: " ")
    let ending = GanProgram.run("-e", "print \"\(long)\", wrap: true; note \"\(long)\"")
    #expect(ending == GanProgram.Ending(code: 0, output: long + "\n", error: long + "\n"))
  }

  @Test func aLineOfALessonBreaksNoWord() {
    let editor = EditorScreen(columns: 60, arguments: ["learn", "9"], awaits: .reading)
    #expect(editor.sees { $0.modes.contains(2004) && $0.text.contains("1/") })
    for place in 2...8 {
      editor.type("learn next\r")
      #expect(
        editor.sees { screen in
          screen.modes.contains(2004) && screen.line(screen.row) == ">"
            && (screen.scrollback + screen.lines).contains { $0.hasPrefix("  \(place)/") }
        })
    }
    let rows = editor.screen.scrollback + editor.screen.lines
    let step = rows.drop { !$0.hasPrefix("  8/") }.prefix { !$0.isEmpty }
    let words = step.joined(separator: " ").split(separator: " ").dropFirst().joined(separator: " ")
    #expect(words == "own = objective_of((real, fake) -> mean((real - 1) ^ 2) + mean((fake + 1) ^ 2), fake -> mean(fake ^ 2))")
    #expect(step.count == 3)
  }

  @Test func aShortTableStandsInColumns() {
    let editor = EditorScreen()
    editor.type("{n: 1..4, square: [1, 4, 9]}\r")
    #expect(editor.shows("n  square", "1       1", "2       4", "3       9", ">"))
    editor.type("{low: 0..1, high: 2..3}\r")
    #expect(editor.shows("> {low: 0..1, high: 2..3}", "{low: 0..1, high: 2..3}", ">"))
  }

  @Test func aLargeRecordFitsTheWindow() {
    let editor = EditorScreen()
    editor.type("r = {}; for i in 0..40 { r[\"layer_{i}.weights\"] = ones([64, 128]) }\r")
    editor.type("r\r")
    #expect(editor.sees { $0.text.contains("layer_39.weights") && $0.text.contains("18 of 40 rows") && $0.line($0.row) == ">" })
    #expect(editor.screen.line(0).hasPrefix("> r") || editor.screen.lines.contains { $0.hasPrefix("field") })
  }
}
