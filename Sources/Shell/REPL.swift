import Interpreter
import Syntax
import Frontend
import Terminal

/// The conversation: reads an entry, runs it, shows what it gives, until the person has had enough. Neither an error nor Ctrl-C ends it.
final class REPL {
  private let session: Session
  private let sink: TerminalSink
  private let editor: LineEditor
  private var entryCount = 0

  init(session: Session, sink: TerminalSink, history: HistoryFile) {
    self.session = session
    self.sink = sink
    session.conversationCommands = ConversationCommand.all.map { .init(name: $0.name, text: $0.summary) }
    editor = LineEditor(history: history, screen: sink.streams.outputScreen)
    let completer = Completer(session: session)
    // Fields of values are looked at.
    editor.complete = { text, cursor in (try? session.inside { completer.complete(text, cursor) }) ?? .none }
    editor.need = REPL.need
  }

  /// By the parser's own word.
  static func need(_ text: String) -> LineEditor.Need {
    switch Parser.parse(Source(name: "", text: text)) {
    case .incomplete(let incompleteness): .more(indentation: 2 * max(0, min(incompleteness.depth, 20)))
    case .complete, .invalid: .nothing
    }
  }

  /// Gives the exit code.
  func run() -> Int32 {
    let streams = sink.streams
    if let trouble = editor.history.trouble { streams.report("note: \(trouble)") }
    Signals.restoreTerminalAtTermination()
    Interruption.watch(session, endsProgram: false)
    while true {
      streams.flush()
      if streams.output.isClosed { return 0 }
      switch editor.read() {
      case .end: return 0
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
    if let command = ConversationCommand.written(as: text, in: session) {
      switch command.perform(session) {
      case .goesOn: return nil
      case .ends(let code): return code
      }
    }
    entryCount += 1
    Interruption.reset()
    let outcome = session.perform(Source(name: "entry \(entryCount)", text: text), echo: .each)
    sink.streams.flush()
    switch outcome {
    case .done, .failed, .interrupted: return nil
    case .exit(let code): return code
    }
  }
}
