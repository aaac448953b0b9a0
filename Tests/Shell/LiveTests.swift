import Glibc
import Testing

/// `live` and the progress, as they are seen.
@Suite(.serialized) struct LiveTests {
  private static let wait = "start = clock(); while clock() - start < 0.3 { }"

  @Test func theLastStateIsShownInOnePlace() {
    let editor = EditorScreen()
    editor.type("for i in 1..2001 { live { print \"frame {i}\"; print \"more\" } }\r")
    #expect(editor.shows("> for i in 1..2001 { live { print \"frame {i}\"; print \"more\" } }", "frame 2000", "more", ">"))
    #expect(!editor.screen.scrollback.contains { $0.hasPrefix("frame") })
    // The next one has a place of its own.
    editor.type("live { print 5 }\r")
    #expect(editor.shows("frame 2000", "more", "> live { print 5 }", "5", ">"))
  }

  @Test func whatIsPrintedBetweenStays() {
    let editor = EditorScreen()
    editor.type("for i in 1..4 { live share: 1 { print \"frame {i}\" }; print \"line {i}\"; \(LiveTests.wait) }\r")
    #expect(editor.sees { $0.line($0.row) == ">" && $0.modes.contains(2004) && $0.row > 4 })
    let shown = editor.screen.lines.filter { $0.hasPrefix("frame") || $0.hasPrefix("line") }
    #expect(shown == ["frame 1", "line 1", "frame 2", "line 2", "frame 3", "line 3"])
  }

  @Test func picturesAreReplacedByTheirNumber() {
    let editor = EditorScreen(environment: ["GAN_GRAPHICS": "kitty"])
    editor.type("for i in 1..5 { live share: 1 { print i; show image(ones([20, 20]) * i / 4) }; \(LiveTests.wait) }\r")
    #expect(
      editor.sees {
        $0.strings.filter { $0.text.hasPrefix("_Ga=T") }.count >= 4 && $0.line($0.row) == ">" && $0.modes.contains(2004)
      })
    let pictures = editor.screen.strings.filter { $0.text.hasPrefix("_Ga=T") }
    #expect(Set(pictures.map { $0.text.split(separator: ",").first { $0.hasPrefix("i=") } }).count == 1)
    #expect(Set(pictures.map(\.row)).count <= 2)
    #expect(editor.screen.lines.filter { $0 == "4" }.count == 1 && !editor.screen.lines.contains("3"))
    #expect(editor.screen.unknown.isEmpty)
  }

  @Test func anErrorInsideLeavesThePromptAndWhatWasShown() {
    let editor = EditorScreen()
    editor.type("for i in 1..4 { live share: 1 { print \"frame {i}\"; [1][i] } }\r")
    #expect(editor.sees { $0.line($0.row) == ">" && $0.text.contains("frame 1") && $0.text.contains("error:") })
    editor.type("6 * 7\r")
    #expect(editor.shows("> 6 * 7", "42", ">"))
  }

  @Test func ctrlCLeavesThePrompt() {
    let editor = EditorScreen()
    editor.type("while true { live { print \"frame\" } }\r")
    #expect(editor.has("frame"))
    editor.type("\u{3}")
    #expect(editor.sees { $0.line($0.row) == ">" && $0.modes.contains(2004) && !$0.modes.contains(2026) })
    editor.type("6 * 7\r")
    #expect(editor.shows("> 6 * 7", "42", ">"))
  }

  @Test func aProgramThatStopsItselfShowsWhereItStands() {
    let editor = EditorScreen()
    editor.type("for i in 1..2001 { live { print \"frame {i}\" }; if i == 1500 { stop \"enough\" } }\r")
    #expect(editor.sees { $0.line($0.row) == ">" && $0.text.contains("enough") && $0.text.contains("frame 1500") })
  }

  @Test func aFrameAfterTheWindowChangedStandsBelow() {
    let editor = EditorScreen()
    editor.type("n = 0; while n < 1 { live share: 1 { print \"frame\" }; if exists(\"\(editor.home)/go\") { n = 1 } }\r")
    #expect(editor.has("frame"))
    editor.resize(columns: 60, rows: 20)
    let file = creat(editor.home + "/go", 0o600)
    close(file)
    #expect(editor.sees { $0.line($0.row) == ">" && $0.modes.contains(2004) })
    editor.type("6 * 7\r")
    #expect(editor.shows("> 6 * 7", "42", ">"))
  }

  @Test func theProgressLeavesNothingInANarrowerWindow() {
    let editor = EditorScreen()
    let note = "a note that is as long as the rest of the line"
    editor.type("i = 0; f = \"\(editor.home)/go\"\r")
    editor.type("while not exists(f) { i += 1; progress \"step\", i, 1000000000, \"\(note)\" }; print 6 * 7\r")
    #expect(editor.sees { $0.text.contains("a note that") && $0.column == 0 })
    for columns in [40, 25, 70] {
      editor.resize(columns: columns, rows: 24)
      // One row, cut off where the window ends.
      #expect(
        editor.sees { screen in
          let rows = screen.lines.filter { $0.hasPrefix("step ") }
          return rows.count == 1 && screen.lines.last == rows[0] && rows[0].hasSuffix("…") && rows[0].count == columns - 1
            && screen.column == 0
        }, "\(editor.screen.text)")
    }
    close(creat(editor.home + "/go", 0o600))
    #expect(editor.sees { $0.line($0.row) == ">" && $0.modes.contains(2004) && $0.lines.contains("42") })
    #expect(!editor.screen.text.contains("…"), "\(editor.screen.text)")
  }

  /// One line of the last work, where nothing else was shown; of a function of a program that loops, not one each.
  @Test func aShortWorkSaysWhereItStands() {
    let editor = EditorScreen()
    editor.type("for i in 1..4 { progress \"step\", 1, 2; progress \"step\", i, i, \"d 1.{i}\" }\r")
    #expect(
      editor.shows("> for i in 1..4 { progress \"step\", 1, 2; progress \"step\", i, i, \"d 1.{i}\" }", "step 3  d 1.3", ">"))
    editor.type("\u{C}progress \"step\", 5, 5, \"d 2\"; print 6 * 7\r")
    #expect(editor.shows("> progress \"step\", 5, 5, \"d 2\"; print 6 * 7", "42", ">"))
    editor.type("\u{C}progress \"step\", 5, 5\r")
    #expect(editor.shows("> progress \"step\", 5, 5", ">"))
  }

  /// The steps and the time of a work that was broken off are not counted with those of the next entry's.
  @Test func eachEntryIsAWorkOfItsOwn() {
    let editor = EditorScreen()
    editor.type("progress \"step\", 1, 10; start = clock(); while clock() - start < 1.2 { }; error \"no\"\r")
    #expect(editor.has("error: no"))
    editor.type("\u{C}progress \"step\", 2, 3; progress \"step\", 3, 3, \"d 2\"\r")
    #expect(editor.shows("> progress \"step\", 2, 3; progress \"step\", 3, 3, \"d 2\"", "step 3  d 2", ">"))
  }

  @Test func aTrainingIsWatchedAndCloses() {
    let editor = EditorScreen(rows: 40)
    editor.type("use gan\rrun = dragan(net { dense 2 }, net { dense 1 }, ring(), noise: 2, batch: 8)\r")
    #expect(editor.sees { $0.lines.filter { $0.hasPrefix(">") }.count >= 3 && $0.line($0.row) == ">" })
    editor.type("train run, until: seconds(1.2), live: true\r")
    #expect(
      editor.sees {
        // The entry itself may have gone up beyond the window.
        $0.line($0.row) == ">" && $0.text.contains("step ") && $0.modes.contains(2004)
      })
    let text = (editor.screen.scrollback + editor.screen.lines).joined(separator: "\n")
    #expect(text.contains("slope ") && text.contains("/s  d "))
    #expect(editor.screen.unknown.isEmpty)
  }

  @Test func aPipeSeesTheLastStateAndNoProgress() {
    let program = "use gan; run = dragan(net { dense 2 }, net { dense 1 }, ring(), noise: 2, batch: 8); "
    let ending = GanProgram.run(
      "-e", program + "train run, steps: 30, every: 1 { live { print \"step {run.step}\" } }; print \"end\"")
    #expect(ending == GanProgram.Ending(code: 0, output: "step 30\nend\n", error: ""))
  }
}
