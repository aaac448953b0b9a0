import Base
import Frontend
import Interpreter
import Library
import Notebook
import Syntax
import Terminal

/// Leads through the lessons in a conversation: says what is new, shows the line to type, looks at what was typed, and goes on. Whatever is
/// typed is run as in any conversation; a lesson only watches.
final class Tutor {
  private let session: Session
  private let sink: TerminalSink
  private var progress: LessonProgress
  private var lesson: Lesson?
  private var plan: LessonPlan?
  private var place = 0
  /// Whether it was said how to go on, since the last step.
  private var hasReminded = false
  /// Of which lesson the lines up to the present place have been run in this conversation.
  private var prepared: String?
  /// Whether the lines before the present one were run again for the entry before.
  private var hasMadeAgain = false

  init(session: Session, sink: TerminalSink, progress: LessonProgress) {
    self.session = session
    self.sink = sink
    self.progress = progress
  }

  /// What is to be typed; nil where no lesson is under way.
  var expected: String? { step?.code }

  private var step: LessonStep? {
    guard let plan, plan.steps.indices.contains(place) else { return nil }
    return plan.steps[place]
  }

  static let page = HelpPage(
    title: "learn", summary: "Lessons, done by typing: from the first line to a loop of one's own.",
    parameters: [
      HelpPage.Row(name: "learn", text: "lists the lessons and how far you are; in a lesson it says the step again"),
      HelpPage.Row(name: "learn 3, learn ring", text: "begins a lesson, or goes on with it"),
      HelpPage.Row(
        name: "learn next", text: "types the line for you; where no lesson is under way it goes on with the one that you left"),
      HelpPage.Row(name: "learn back", text: "goes back a step"),
      HelpPage.Row(name: "learn again", text: "begins the lesson anew"),
      HelpPage.Row(name: "learn stop", text: "leaves the lesson; `learn next` goes on with it where it stood"),
    ],
    details:
      "`gan learn` begins a conversation with the next lesson. What you type is run as always, and a lesson takes whatever comes to the "
      + "same. The lessons are programs, in docs/lessons: `gan run --html page.html docs/lessons/01_values.gan` makes a page of one."
  )

  // MARK: Commands

  /// Does what `learn` and words behind it that mean something ask for; gives an entry that is to be run as if it had been typed.
  func perform(_ words: [String]) -> String? {
    switch words.first {
    case nil: if step == nil { list() } else { showStep() }
    case "list": list()
    case "stop": stop()
    case "next":
      guard let step else { begin(progress.next ?? Lesson.all.first); return nil }
      return isReady || makeAgain(because: Self.loss(of: missing)) ? step.code : nil
    case "back":
      guard lesson != nil else { return say(Self.noLesson) }
      place = max(0, place - 1)
      showStep()
    case "again":
      guard let lesson = lesson ?? progress.next else { return say("All lessons are done; `learn 1` begins the first one anew.") }
      progress[lesson] = .new
      begin(lesson)
    case let name?: begin(Lesson.named(name))
    }
    return nil
  }

  private static let noLesson =
    "No lesson is under way; `learn next` goes on with the one that you were at, `learn` lists them."

  private func say(_ text: String) -> String? {
    show(prose(text))
    return nil
  }

  private func list() {
    var page = HelpPage(title: "Lessons", summary: bar)
    page.parameters = Lesson.all.map { lesson in
      let state =
        switch progress[lesson] {
        case .new: ""
        case .reached(let steps): " (step \(steps + 1) of \(LessonPlan(lesson).steps.count))"
        case .done: " ✓"
        }
      return HelpPage.Row(name: "learn \(lesson.number)", text: lesson.title + state)
    }
    page.details = "`help learn` tells the rest."
    sink.receive(.help(page))
  }

  private var bar: String {
    let done = Lesson.all.count { progress[$0] == .done }
    return Lesson.all.map { progress[$0] == .done ? "●" : "○" }.joined() + "  \(done) of \(Lesson.all.count) done"
  }

  private func stop() {
    guard let lesson else { return _ = say(Self.noLesson) }
    progress[lesson] = place > 0 ? .reached(place) : .new
    clear()
    _ = say("The lesson waits for you: `learn next` or `learn \(lesson.number)` goes on with it.")
  }

  private func clear() { (lesson, plan, place, hasReminded, hasMadeAgain) = (nil, nil, 0, false, false) }

  // MARK: A lesson

  private func begin(_ lesson: Lesson?) {
    guard let lesson else { return }
    let plan = LessonPlan(lesson)
    let wasPrepared = prepared == lesson.name
    clear()
    (self.lesson, self.plan) = (lesson, plan)
    (prepared, progress.latest) = (lesson.name, lesson)
    show(StyledText("\nLesson \(lesson.number) · \(lesson.title)", .heading))
    if case .reached(let steps) = progress[lesson], steps < plan.steps.count {
      place = steps
      let stand = "You were at step \(steps + 1) of \(plan.steps.count)."
      if wasPrepared, missing.isEmpty {
        _ = say(stand)
      } else if !makeAgain(because: stand) {
        return
      }
    }
    showStep()
  }

  // MARK: The variables of a lesson

  /// The names that the lines before the present one gave values to, and that have none now.
  private var missing: [String] {
    guard let plan else { return [] }
    var seen: Set<String> = []
    return plan.steps[..<place].flatMap(\.names).filter { session[$0] == nil && seen.insert($0).inserted }
  }

  /// Whether what the present line builds on is there.
  private var isReady: Bool { prepared == lesson?.name && missing.isEmpty }

  private static func loss(of names: [String]) -> String {
    guard !names.isEmpty else { return "Not all lines before this one have been run." }
    let shown = names.prefix(5).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 5 ? " …" : "")
    return "The lesson's \(names.count == 1 ? "variable" : "variables") \(shown) \(names.count == 1 ? "is" : "are") gone."
  }

  /// Says of variables that have been taken away that the lesson will miss them.
  func seeReset() {
    guard step != nil, !missing.isEmpty else { return }
    _ = say(
      "\(Self.loss(of: missing)) `learn next` runs the lines before this one again and goes on; `learn again` begins the lesson anew."
    )
  }

  /// Runs the lesson's lines before the present one, so that their variables are there; false where that was stopped or fails. What they print is
  /// not shown again, but which of them is run, and how far it is.
  private func makeAgain(because reason: String) -> Bool {
    guard let plan else { return false }
    _ = say(
      "\(reason) The lesson's own lines up to here are run again, without anything else that you typed; Ctrl-C stops them, and `learn again` begins anew."
    )
    prepared = nil
    let progressSink = ProgressAlone(shownBy: sink)
    for (number, step) in plan.steps[..<place].enumerated() {
      show(StyledText("  \(number + 1)/\(plan.steps.count)  \(Self.firstLine(of: step.code))", .faint).folded(width: width))
      sink.streams.flush()
      session.sink = progressSink
      let outcome = session.perform(Source(name: "lesson", text: step.code + ";"))
      session.sink = sink
      sink.endFrames()
      switch outcome {
      case .done: continue
      case .interrupted:
        _ = say("Stopped. `learn next` runs these lines again and goes on; `learn again` begins the lesson anew.")
      case .failed, .exit:
        _ = say(
          "The line `\(Self.firstLine(of: step.code))` fails now: something of yours is in its way. `reset` takes all your variables away; `learn again` then begins the lesson anew."
        )
      }
      return false
    }
    prepared = lesson?.name
    return true
  }

  private func showStep() {
    guard let plan, let step else { return }
    if !step.prose.isEmpty {
      let isFirst = place == 0
      let text = prose(isFirst ? Self.withoutTitle(step.prose) : step.prose)
      if !text.plain.isEmpty { show(StyledText("\n"), text) }
    }
    showLine(of: step, behind: StyledText("  \(place + 1)/\(plan.steps.count)  ", .faint))
  }

  /// The line to type, with an empty one above and below it.
  private func showLine(of step: LessonStep, behind lead: StyledText) {
    var text = StyledText("\n")
    text.append(lead)
    let margin = String(repeating: " ", count: lead.displayWidth)
    let code = CodeText.styled(Source(name: "", text: step.code)).folded(width: width - margin.count, indent: 4)
    for (number, line) in code.lines.enumerated() {
      if number > 0 { text.append("\n" + margin) }
      text.append(line)
    }
    text.append("\n")
    show(text)
  }

  private static func withoutTitle(_ prose: String) -> String {
    let lines = prose.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.first?.hasPrefix("# ") == true ? lines.dropFirst().joined(separator: "\n") : prose
  }

  /// Looks at an entry that has been run, and says what there is to say.
  func see(_ entry: String, _ outcome: Outcome, shown: [String]) {
    guard let plan, let step else { return }
    if outcome == .interrupted { return }
    if outcome == .failed, lacksSomething(step, entry) { return }
    hasMadeAgain = false
    // Several lines may have been typed at once.
    if outcome == .done, case .complete(let program) = Parser.parse(Source(name: "", text: entry)), program.statements.count > 1 {
      var count = 0
      for statement in program.statements {
        guard place + count < plan.steps.count, plan.steps[place + count].isWritten(as: statement) else { break }
        count += 1
      }
      if count == program.statements.count { return advance(by: count, StyledText()) }
    }
    switch step.verdict(on: entry, hasFailed: outcome != .done, shown: shown.joined(separator: "\n")) {
    case .same: advance(by: 1, StyledText())
    case .sameResult: advance(by: 1, StyledText("✓ Another way to the same result.", .faint))
    case .variation(let difference):
      advance(by: 1, prose("✓ The lesson's line was a little different (\(difference)); it goes on with yours."))
    case .mistaken(let difference):
      let hint = difference.isEmpty ? "" : " Compare: \(difference)."
      show(StyledText("\n"), prose("Not quite the line of the lesson.\(hint) `learn next` types it for you."))
      repeatLine(step)
    case .unrelated:
      guard !hasReminded else { return }
      hasReminded = true
      show(StyledText("(The lesson waits: \(Self.firstLine(of: step.code)))", .faint).folded(width: width))
    }
  }

  /// Whether an entry failed because the lesson's variables are not what the lesson made them, and not by what was typed; they are made again then.
  private func lacksSomething(_ step: LessonStep, _ entry: String) -> Bool {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: entry)) else { return false }
    let isTheLine = program.statements.count == 1 && step.isWritten(as: program.statements[0])
    let missing = missing
    guard isTheLine || !missing.isEmpty && step.verdict(on: entry, hasFailed: true, shown: nil) != .unrelated else {
      return false
    }
    if isTheLine, missing.isEmpty, hasMadeAgain || place == 0 {
      _ = say(
        "That was the lesson's line: something of yours is in its way. `reset` takes all your variables away; `learn again` then begins the lesson anew."
      )
      return true
    }
    hasMadeAgain = true
    let reason =
      missing.isEmpty
      ? "That was the lesson's line, but a variable has another value than the lesson gave it." : Self.loss(of: missing)
    guard makeAgain(because: reason) else { return true }
    _ = say("Now the line works; type it once more, or `learn next`.")
    repeatLine(step)
    return true
  }

  private func repeatLine(_ step: LessonStep) { showLine(of: step, behind: StyledText("  ")) }

  private static func firstLine(of code: String) -> String {
    let lines = code.split(separator: "\n")
    return (lines.first.map(String.init) ?? "") + (lines.count > 1 ? " …" : "")
  }

  private func advance(by count: Int, _ remark: StyledText) {
    guard let lesson, let plan else { return }
    (hasReminded, hasMadeAgain) = (false, false)
    place += count
    if !remark.plain.isEmpty { show(remark) }
    guard place >= plan.steps.count else {
      progress[lesson] = .reached(place)
      return showStep()
    }
    progress[lesson] = .done
    clear()
    if !plan.closing.isEmpty { show(StyledText("\n"), prose(plan.closing)) }
    progress.latest = Lesson.all.first { $0.number > lesson.number && progress[$0] != .done }
    let next = progress.next
    show(StyledText("\nLesson \(lesson.number) is done.  \(bar)", .heading))
    _ = say(next.map { "Next: `learn \($0.number)`, \($0.title)." } ?? "These were all of them. `help` lists what there is.")
  }

  // MARK: The screen

  private var width: Int { Screen.size(of: .output)?.columns ?? sink.streams.outputScreen.width }

  private func prose(_ markdown: String) -> StyledText {
    ProseText(width: width, keepsMarks: sink.streams.outputScreen.colorDepth == .none).text(markdown)
  }

  private func show(_ texts: StyledText...) {
    var whole = StyledText()
    for text in texts { whole.append(text) }
    sink.streams.print(whole.text(on: sink.streams.outputScreen))
  }
}
