import Glibc
import Library
import Notebook
import Testing

/// Lessons as they are done: by typing in a terminal.
@Suite struct LessonTests {
  private let home: String

  init() {
    var template = Array("/tmp/gan-lesson-XXXXXX".utf8CString)
    home = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  private func begin(_ arguments: String...) -> GanTerminal {
    GanTerminal(arguments, environment: ["HOME": home, "XDG_STATE_HOME": home + "/state"], columns: 100)
  }

  @Test func aLessonIsTypedToItsEnd() {
    let terminal = begin("learn")
    #expect(terminal.shows("Lesson 1 · "))
    let steps = LessonPlan(Lesson.all[0]).steps
    for (place, step) in steps.enumerated() {
      #expect(terminal.shows("  \(place + 1)/\(steps.count)  \(step.code)\r\n"))
      #expect(terminal.shows("> "))
      terminal.type(step.code + "\r")
    }
    #expect(terminal.shows("Lesson 1 is done.  ●○○○○○○○○  1 of 9 done"))
    #expect(terminal.shows("Next: `learn 2`"))
    terminal.type("learn\r")
    #expect(terminal.shows(Lesson.all[0].title + " ✓"))
    #expect(terminal.shows("tells the rest"))
    #expect(terminal.shows("> "))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test func whatDiffersIsSaid() {
    let terminal = begin("learn", "values")
    #expect(terminal.shows("1/"))
    terminal.type("radius = 5\r")
    #expect(terminal.shows("here stands `2` where you have `5`"))
    #expect(terminal.shows("  pi * radius ^ 2\r\n"))
    terminal.type("pi * radius + 2\r")
    #expect(terminal.shows("Not quite the line of the lesson. Compare: here stands `^` where you have `+`."))
    terminal.type("600 + 66\r")
    #expect(terminal.shows("666\r\n(The lesson waits: pi * radius ^ 2)"))
    terminal.type("learn next\r")
    #expect(terminal.shows("> pi * radius ^ 2\r\n78.53"))
    #expect(terminal.shows("3/"))
    terminal.type("learn back\r")
    #expect(terminal.shows("2/"))
  }

  @Test func aLessonIsLeftAndGoneOnWith() {
    let first = begin("learn", "1")
    #expect(first.shows("1/"))
    first.type("radius = 2\r")
    #expect(first.shows("2/"))
    first.type("learn stop\r")
    #expect(first.shows("`learn next` or `learn 1` goes on with it"))
    #expect(first.shows("> "))
    first.type("\u{4}")
    #expect(first.end() == 0)
    let second = begin("learn")
    #expect(second.shows("You were at step 2"))
    #expect(second.shows("2/"))
    second.type("radius + 100\r")
    #expect(second.shows("102\r\n"))
    second.type("learn again\r")
    #expect(second.shows("1/"))
  }

  @Test func variablesThatAreGoneAreMadeAgain() {
    let terminal = begin("learn", "1")
    #expect(terminal.shows("1/"))
    terminal.type("radius = 2\r")
    #expect(terminal.shows("2/"))
    terminal.type("reset\r")
    #expect(terminal.shows("The lesson's variable `radius` is gone. `learn next` runs the lines before"))
    terminal.type("learn next\r")
    #expect(terminal.shows("`radius` is gone. The lesson's own lines up to here are run again"))
    #expect(terminal.shows("  1/"))
    #expect(terminal.shows("  radius = 2\r\n"))
    #expect(terminal.shows("> pi * radius ^ 2\r\n12.56"))
    #expect(terminal.shows("3/"))
    terminal.type("learn back\r")
    #expect(terminal.shows("2/"))
    // By whoever types the line, too, and where the variable is another one.
    for taken in ["reset radius", "radius = \"wide\""] {
      terminal.type(taken + "\r")
      terminal.type("pi * radius ^ 2\r")
      #expect(terminal.shows("error: "))
      #expect(terminal.shows("Now the line works"))
    }
    terminal.type("pi * radius ^ 2\r")
    #expect(terminal.shows("12.56"))
    #expect(terminal.shows("3/"))
  }

  @Test func whatIsInTheWayOfALessonIsSaid() {
    let terminal = begin("learn", "1")
    #expect(terminal.shows("1/"))
    terminal.type("radius = 2\r")
    #expect(terminal.shows("2/"))
    terminal.type("pi = none\r")
    for answer in ["Now the line works", "something of yours is in its way"] {
      terminal.type("pi * radius ^ 2\r")
      #expect(terminal.shows(answer))
    }
  }

  @Test func theLessonThatWasLeftGoesOn() {
    let first = begin("learn", "2")
    #expect(first.shows("1/"))
    first.type("learn next\r")
    #expect(first.shows("2/"))
    first.type("learn stop\r")
    #expect(first.shows("goes on with it"))
    first.type("learn next\r")
    #expect(first.shows("Lesson 2 · "))
    #expect(first.shows("You were at step 2"))
    first.type("\u{4}")
    #expect(first.end() == 0)
    let second = begin("learn")
    #expect(second.shows("Lesson 2 · "))
    #expect(second.shows("2/"))
  }

  @Test(arguments: [
    (["99"], "error: there is no lesson 99\n  The lessons are 1 to 9; `gan learn list` shows them.\n"),
    (["-1"], "error: there is no lesson -1\n"), (["1", "2"], "error: gan learn takes one lesson, not 2 words\n"),
    (["rong"], "error: there is no lesson `rong`\n  Did you mean `gan learn ring`?\n"),
    (["--seed"], "error: gan learn has no option --seed\n  It is one of gan: gan --seed learn\n"),
    (["stop"], "error: there is no lesson `stop`\n"),
  ]) func theCommandLineNamesALesson(words: [String], error: String) {
    let ending = GanProgram.run(GanProgram.path, ["learn"] + words, environment: ["HOME": home])
    #expect(ending.code == 2 && ending.output.isEmpty && ending.error.hasPrefix(error), "\(ending)")
  }

  @Test func theCommandLineTellsOfTheLessons() {
    let ending = GanProgram.run("learn", "--help")
    #expect(ending.code == 0 && ending.output.contains("3, ring"), "\(ending)")
  }

  @Test func lessonsAreCompleted() {
    let terminal = begin("--no-start")
    terminal.type("learn ri\t\r")
    #expect(terminal.shows("Lesson 3 · "))
    terminal.type("learn ba\t\t\r")
    #expect(terminal.shows("1/"))
  }

  @Test func wordsThatAreNoLessonAreSaid() {
    let terminal = begin("--no-start")
    for (entry, answer) in [
      ("learn rong", "error: there is no lesson `rong`\r\n  Did you mean `learn ring`?"),
      ("learn 99", "error: there is no lesson 99\r\n  The lessons are 1 to 9"), ("learn -1", "error: there is no lesson -1"),
      ("learn 1 2", "error: learn takes one lesson, not 2 words"), ("learn --help", "begins a lesson, or goes on with it"),
      ("gan learn list", "0 of 9 done"), ("learn stop", "No lesson is under way"),
    ] {
      terminal.type(entry + "\r")
      #expect(terminal.shows(answer))
    }
    terminal.type("learn = 3\r")
    terminal.type("learn * 222\r")
    #expect(terminal.shows("666\r\n"))
  }
}
