import Base
import Interpreter
import Library
import Syntax

/// What may stand behind `learn`, in a conversation and on the command line: a lesson, by its number or name, or what to do.
enum LessonWord {
  /// What to do, instead of a lesson to begin.
  static let commands = ["next", "back", "again", "stop", "list"]

  /// Those that mean something where no lesson is under way yet.
  static let beginnings = ["next", "again", "list"]

  /// What is wrong with words behind `learn`, and what could stand there; nil where they can be obeyed.
  static func refusal(of words: [String], among commands: [String]) -> Diagnostic? {
    guard words.count < 2 else {
      return Diagnostic(
        title: "learn takes one lesson, not \(words.count) words",
        advice: ["Write its number alone: `learn \(words[0].harmless)`."])
    }
    guard let word = words.first, !commands.contains(word), Lesson.named(word) == nil else { return nil }
    let range = "The lessons are 1 to \(Lesson.all.count)"
    if let number = Int(word) {
      return Diagnostic(title: "there is no lesson \(number)", advice: ["\(range); `learn list` shows them."])
    }
    let near = Suggestion.nearest(to: word, among: Lesson.all.map(\.name) + commands)
    return Diagnostic(
      title: "there is no lesson `\(word.harmless)`",
      advice: [near.map { "Did you mean `learn \($0)`?" } ?? "\(range), or \(Lesson.all.map(\.name).joined(separator: ", "))."])
  }

  /// What could stand at the cursor of an entry that begins with `learn`; nil for all others.
  static func completion(of entry: String, at cursor: Int, in session: Session) -> Completion? {
    let before = String(decoding: entry.utf8.prefix(max(0, cursor)), as: UTF8.self)
    guard before.hasPrefix("learn "), session["learn"] == nil else { return nil }
    let typed = before.dropFirst(6).drop { $0 == " " }
    guard typed.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else { return nil }
    let lessons = Lesson.all.map { lesson in
      Completion.Candidate(lesson.name, label: "\(lesson.number) \(lesson.name)", summary: lesson.title)
    }
    let all = lessons + commands.map { Completion.Candidate($0, summary: "instead of a lesson") }
    let fitting = all.filter { $0.text.hasPrefix(typed) }
    return fitting.isEmpty ? nil : Completion(replaced: typed.utf8.count, candidates: fitting)
  }

  /// What `gan learn --help` prints.
  static var usage: String {
    let names = Lesson.all.map(\.name)
    let width = (names.map(\.count).max() ?? 0) + 6
    let lessons = Lesson.all.map { lesson in
      let head = "\(lesson.number), \(lesson.name)"
      return "  " + head + String(repeating: " ", count: max(2, width - head.count)) + lesson.title
    }
    return """
      gan learn: lessons, done by typing

      gan learn            goes on with the lesson that you were at, or begins the first
      gan learn 3          begins lesson 3, or goes on with it; so does gan learn ring
      gan learn list       a conversation that begins with the list of the lessons

      \(lessons.joined(separator: "\n"))

      In a lesson, `help learn` tells what to type. Options of gan stand before it: gan --no-color learn
      """
  }
}

extension Options.Command {
  /// What `gan learn` and the words behind it ask for.
  static func learning(_ words: [String]) throws -> Options.Command {
    if words.contains(where: Options.asksForHelp) { return .help(.learn) }
    if let option = words.first(where: { $0.hasPrefix("-") && Int($0) == nil }) {
      let isKnown = CommandOption.named(option) != nil
      throw Options.Misuse(
        title: "gan learn has no option \(option)",
        advice: isKnown ? "It is one of gan: gan \(option) learn" : "See: gan learn --help")
    }
    if let refusal = LessonWord.refusal(of: words, among: LessonWord.beginnings) {
      let advice = refusal.advice.joined(separator: " ").replacing("`learn ", with: "`gan learn ")
      throw Options.Misuse(title: words.count > 1 ? "gan " + refusal.title : refusal.title, advice: advice)
    }
    return .learn(words.first)
  }
}
