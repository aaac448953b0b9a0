import Foundation
import Interpreter
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// The lessons run as programs, and do what they say.
  @Suite struct LessonTests {
    @Test func everyFileOfTheFolderIsALesson() throws {
      let folder = ScriptCase.root.appending(path: "docs/lessons")
      let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".gan") }.sorted()
      #expect(Lesson.all.map(\.file) == files, "stdlib/embed makes the list anew")
      #expect(Lesson.all.count >= 9)
      for lesson in Lesson.all {
        #expect(lesson.text == (try String(contentsOf: folder.appending(path: lesson.file), encoding: .utf8)))
        #expect(lesson.title != lesson.name)
        #expect(Lesson.named(lesson.name)?.number == lesson.number)
        #expect(Lesson.named("\(lesson.number)")?.name == lesson.name)
      }
      #expect(Lesson.named("nothing") == nil)
    }

    @Test(arguments: Lesson.all.map(\.name)) func nothingIsWrongWithALesson(name: String) throws {
      let lesson = try #require(Lesson.named(name))
      #expect(Library.session().check([lesson.source]).map(\.title) == [])
    }

    /// Cell by cell, as it is typed; where a cell says what it shows, it shows that.
    @Test(arguments: Lesson.all.map(\.name)) func everyCellDoesWhatItSays(name: String) throws {
      let lesson = try #require(Lesson.named(name))
      var blocks: [PageBlock] = []
      var lines: [String] = []
      func end(at line: Int) {
        let text = lines.joined(separator: "\n") + "\n"
        if lines.contains(where: { !$0.isEmpty }) {
          blocks.append(PageBlock(place: "\(lesson.file):\(line)", kind: "gan", text: text, origin: nil))
        }
        lines = []
      }
      for (place, line) in lesson.text.components(separatedBy: "\n").enumerated() {
        if line.hasPrefix("##") { end(at: place) } else { lines.append(line) }
      }
      end(at: 0)
      #expect(blocks.count >= 5)
      try PageSession(page: lesson.file, setup: "", blocks: blocks).check()
    }
  }
}
