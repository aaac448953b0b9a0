import Formats
import Library
import Notebook

/// What `gan lab` shows where no file is named: the lessons, and a new program.
enum Lessons {
  /// The page that lists them.
  static var list: Document {
    let lines = Lesson.all.map { "\($0.number). [\($0.title)](/lesson/\($0.name))" }
    let text = """
      # Gan

      [A new program](/new) in this folder, or a lesson:

      \(lines.joined(separator: "\n"))
      """
    return Document(name: "lessons.gan", cells: [Cell(.prose, text)])
  }

  /// A lesson as a document.
  static func document(named name: String) -> Document? {
    Lesson.named(name).map { Document(name: $0.file, text: $0.text) }
  }
}

extension LiveDocument {
  /// A path that leads to another document: it is shown to all pages in place of the one that is here. False where the path leads nowhere.
  func visit(_ path: String) -> Bool {
    switch path {
    case "/lessons": return show(Lessons.list, isWritable: false)
    case "/new":
      let name = DocumentKeeper.newName
      return show(Document(name: name, cells: [Cell(.code, "")]), isWritable: true)
    default:
      guard path.hasPrefix("/lesson/"), let lesson = Lessons.document(named: String(path.dropFirst(8))) else { return false }
      return show(lesson, isWritable: false)
    }
  }

  private func show(_ document: Document, isWritable: Bool) -> Bool {
    // What runs is not stopped by a link.
    guard state.withLock({ $0.running == nil && $0.queue.isEmpty }) else {
      state.withLock { $0.notice("A cell is being run: interrupt it first.") }
      return true
    }
    file.save(self)
    file.move(to: document.name, isWritable: isWritable)
    restart {
      $0.path = document.name
      $0.cells = []
      $0.take(document)
      ($0.conflict, $0.warning, $0.savedAt, $0.canSave) = (nil, nil, nil, isWritable)
      $0.isNew = isWritable
      $0.edition += 1
      $0.savedEdition = $0.edition
      for line in $0.lines { $0.greet(line) }
    }
    return true
  }
}
