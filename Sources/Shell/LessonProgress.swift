import Formats
import Glibc
import Library

/// How far somebody has come in the lessons: a text file beside the history, with a line for each lesson: `collapse 5`, `values done`.
struct LessonProgress {
  /// What is known of one lesson.
  enum State: Equatable { case new, reached(Int), done }

  private var states: [String: State] = [:]
  private let path: String?

  /// `history`: where the history lies; nil where nothing is kept.
  init(beside history: String?) {
    path = history.map { Paths.join(Paths.folder(of: $0), "lessons") }
    guard let path, let bytes = try? DocumentFile.bytes(of: path), bytes.count < 10_000 else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2 else { continue }
      if words[1] == "done" { states[String(words[0])] = .done }
      if let steps = Int(words[1]), steps > 0 { states[String(words[0])] = .reached(steps) }
    }
  }

  subscript(_ lesson: Lesson) -> State {
    get { states[lesson.name] ?? .new }
    set {
      guard states[lesson.name] != newValue else { return }
      states[lesson.name] = newValue
      write()
    }
  }

  /// The first lesson that is not done; nil where all are.
  var next: Lesson? { Lesson.all.first { self[$0] != .done } }

  /// What cannot be kept is forgotten: a lesson goes on all the same.
  private func write() {
    guard let path else { return }
    let lines = Lesson.all.compactMap { lesson -> String? in
      switch self[lesson] {
      case .new: nil
      case .reached(let steps): "\(lesson.name) \(steps)\n"
      case .done: "\(lesson.name) done\n"
      }
    }
    try? AtomicFile.write(path, Array(lines.joined().utf8))
  }
}
