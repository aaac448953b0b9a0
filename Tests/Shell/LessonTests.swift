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
    #expect(first.shows("`learn 1` goes on with it"))
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

  @Test func wordsThatAreNoLessonAreSaid() {
    let terminal = begin("learn", "rong")
    #expect(terminal.shows("There is no lesson `rong`. Did you mean `learn ring`?"))
    terminal.type("learn = 3\r")
    terminal.type("learn * 222\r")
    #expect(terminal.shows("666\r\n"))
  }
}
