import Formats
import Glibc
import Library

/// How far somebody has come in the lessons: a text file beside the history, with a line for each lesson: `collapse 5`, `values done`; and one for
/// the lesson that was under way last: `at collapse`.
struct LessonProgress {
  /// What is known of one lesson.
  enum State: Equatable { case new, reached(Int), done }

  private var states: [String: State] = [:]
  private var latestName: String?
  private let path: String?

  /// `history`: where the history lies; nil where nothing is kept.
  init(beside history: String?) {
    path = history.map { Paths.join(Paths.folder(of: $0), "lessons") }
    guard let path, let bytes = try? DocumentFile.bytes(of: path), bytes.count < 10_000 else { return }
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2 else { continue }
      if words[0] == "at" {
        latestName = String(words[1])
        continue
      }
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

  /// The lesson that was begun last, or that comes after one that was done: what `next` goes on with.
  var latest: Lesson? {
    get { latestName.flatMap(Lesson.named) }
    set {
      guard latestName != newValue?.name else { return }
      latestName = newValue?.name
      write()
    }
  }

  /// The lesson to go on with: the latest, or the first that is not done; nil where all are.
  var next: Lesson? {
    if let latest, self[latest] != .done { return latest }
    return Lesson.all.first { self[$0] != .done }
  }

  /// What cannot be kept is forgotten: a lesson goes on all the same.
  private func write() {
    guard let path else { return }
    var lines = Lesson.all.compactMap { lesson -> String? in
      switch self[lesson] {
      case .new: nil
      case .reached(let steps): "\(lesson.name) \(steps)\n"
      case .done: "\(lesson.name) done\n"
      }
    }
    if let latestName { lines.append("at \(latestName)\n") }
    try? AtomicFile.write(path, Array(lines.joined().utf8))
  }
}
