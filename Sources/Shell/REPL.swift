import Base
import Formats
import Frontend
import Glibc
import Interpreter
import Syntax
import Terminal

/// The conversation: reads an entry, runs it, shows what it gives, until the person has had enough. Neither an error nor Ctrl-C ends it.
final class REPL {
  private let session: Session
  private let sink: TerminalSink
  private let editor: LineEditor
  private let tutor: Tutor
  private var entries = EntryList()
  private var entryCount = 0
  /// How the last entry has ended.
  private var latest = Outcome.done

  init(session: Session, sink: TerminalSink, history: HistoryFile, lines: LineReader) {
    self.session = session
    self.sink = sink
    session.conversationCommands = ConversationCommand.all.map(\.page)
    editor = LineEditor(history: history, screen: sink.streams.outputScreen, lines: lines)
    tutor = Tutor(session: session, sink: sink, progress: LessonProgress(beside: history.path))
    editor.language = EntryLanguage(session: session)
    editor.language.expected = { [tutor] in tutor.expected }
  }

  /// Gives the exit code. `entry` is run first, as if it had been typed.
  func run(first entry: String? = nil) -> Int32 {
    let streams = sink.streams
    if let trouble = editor.history.trouble { streams.remark("note: \(trouble.harmless)") }
    Signals.restoreTerminalAtTermination()
    sink.readsPages = editor.isEditing
    defer { TerminalEcho.turnOn() }
    Interruption.watch(session, endsProgram: false)
    if let entry, let code = perform(entry) { return code }
    while true {
      streams.endLine()
      streams.flush()
      if Interruption.isEndRequested { return latest.exitCode }
      if streams.output.isClosed { return 0 }
      let entry = Interruption.whileIdle { editor.read() }
      // Ctrl-C meant the entry, or what had ended by then.
      session.clearInterrupts()
      switch entry {
      // As in a shell: what comes through a pipe is somebody's script, which must be able to see that it has failed.
      case .end: return isatty(0) == 1 ? 0 : latest.exitCode
      case .interrupted: continue
      case .text(let text):
        guard let code = perform(text) else { continue }
        return code
      }
    }
  }

  /// Runs one entry; gives an exit code where it ends the conversation.
  private func perform(_ text: String) -> Int32? {
    guard text.contains(where: { !$0.isWhitespace }) else { return nil }
    if let (command, rest) = ConversationCommand.written(as: text, in: session) {
      latest = .done
      switch command.perform(rest) {
      case .shows(let page):
        sink.receive(.help(page))
        return nil
      case .recalls(let wanted):
        recall(wanted, typed: text)
        return nil
      case .resets(let names):
        reset(names)
        return nil
      case .clears:
        sink.clear()
        return nil
      case .refuses(let diagnostic):
        latest = .failed
        sink.receive(.diagnostic(diagnostic))
        return nil
      case .learns(let words):
        Interruption.reset()
        return tutor.perform(words).flatMap(typeForThePerson)
      case .ends(let code): return code
      }
    }
    return execute(text)
  }

  /// Takes variables away; all of them where none is named.
  private func reset(_ names: [String]) {
    let known = session.variableNames
    if let name = names.first(where: { !known.contains($0) }) {
      let near = Suggestion.nearest(to: name, among: known)
      let advice = near.map { "Did you mean `\($0)`?" } ?? "`vars` lists the variables; `reset` alone takes all of them away."
      latest = .failed
      return sink.receive(.diagnostic(Diagnostic(title: "you have no variable `\(name.harmless)`", advice: [advice])))
    }
    for name in names.isEmpty ? known : names { session[name] = nil }
    tutor.seeReset()
  }

  /// Lists entries, or writes them.
  private func recall(_ wanted: EntryList.Wanted, typed: String) {
    switch wanted {
    case .all: entries.list().forEach(sink.streams.print)
    case .last(let count): entries.list(last: count).forEach(sink.streams.print)
    case .holding(let text):
      // What was typed just now holds what it looks for, too.
      let found = editor.history.entries.filter { $0.contains(text) && $0 != typed }
      if found.isEmpty { sink.streams.remark("no entry holds “\(text.harmless)” but this one") }
      found.forEach(sink.streams.print)
    case .file(let path): keep(in: path)
    }
  }

  private func keep(in path: String) {
    do {
      sink.streams.remark(try entries.write(to: path).harmless)
    } catch {
      let told = error as? FormatError
      sink.receive(.diagnostic(Diagnostic(title: told?.title ?? "\(error)", advice: (told?.advice).map { [$0] } ?? [])))
    }
  }

  /// Runs an entry of a lesson, shown as if it had been typed.
  private func typeForThePerson(_ text: String) -> Int32? {
    let lines = CodeText.styled(Source(name: "", text: text)).text(on: sink.streams.outputScreen)
    sink.streams.print("> " + lines.replacing("\n", with: "\n  "))
    return execute(text)
  }

  private func execute(_ text: String) -> Int32? {
    entryCount += 1
    Interruption.reset()
    if tutor.expected != nil { sink.beginListening() }
    if editor.isEditing { TerminalEcho.turnOff() }
    let program = EntryShorthand.program(of: text, hasResult: session["_"] != nil)
    let outcome = session.performTyped(Source(name: "entry \(entryCount)", text: program), echo: .each)
    sink.endEntry()
    sink.streams.flush()
    // What is still awaited of the terminal has left it without echo, too.
    sink.streams.inquiry.settle()
    return end(outcome, of: text)
  }

  /// Notes how an entry has ended.
  private func end(_ outcome: Outcome, of text: String) -> Int32? {
    latest = outcome
    entries.note(text, isDone: outcome == .done)
    if case .exit = outcome {} else { tutor.see(text, outcome, shown: sink.endListening()) }
    sink.streams.flush()
    switch outcome {
    case .done, .failed, .interrupted: return nil
    case .exit(let code): return code
    }
  }
}
