import Base
import Frontend
import Interpreter
import Syntax
import Terminal

/// The conversation: reads an entry, runs it, shows what it gives, until the person has had enough. Neither an error nor Ctrl-C ends it.
final class REPL {
  private let session: Session
  private let sink: TerminalSink
  private let editor: LineEditor
  private var entryCount = 0

  init(session: Session, sink: TerminalSink, history: HistoryFile, lines: LineReader) {
    self.session = session
    self.sink = sink
    session.conversationCommands = ConversationCommand.all.map(\.page)
    editor = LineEditor(history: history, screen: sink.streams.outputScreen, lines: lines)
    editor.language = EntryLanguage(session: session)
  }

  /// Gives the exit code.
  func run() -> Int32 {
    let streams = sink.streams
    if let trouble = editor.history.trouble { streams.report("note: \(trouble.harmless)") }
    Signals.restoreTerminalAtTermination()
    Interruption.watch(session, endsProgram: false)
    while true {
      streams.endLine()
      streams.flush()
      if streams.output.isClosed { return 0 }
      let entry = editor.read()
      // Ctrl-C meant the entry, or what had ended by then.
      session.clearInterrupts()
      switch entry {
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
      case .shows(let page):
        sink.receive(.help(page))
        return nil
      case .ends(let code): return code
      }
    }
    entryCount += 1
    Interruption.reset()
    let program = EntryShorthand.program(of: text, hasResult: session["_"] != nil)
    let outcome = session.perform(Source(name: "entry \(entryCount)", text: program), echo: .each)
    sink.endFrames()
    sink.streams.flush()
    switch outcome {
    case .done, .failed, .interrupted: return nil
    case .exit(let code): return code
    }
  }
}
