import Base
import Formats
import Frontend
import Glibc
import Interpreter
import Library
import Syntax
import Terminal

/// Runs what the command line asks for, on the interpreter's thread.
public struct Run {
  let options: Options
  let streams: Streams
  let sink: TerminalSink
  /// Standard input, for programs and for the conversation.
  let lines: LineReader

  /// Prepares the streams; nothing is run yet.
  public init(options: Options) {
    self.options = options
    streams = Streams(colors: options.colors)
    lines = LineReader(inquiry: streams.inquiry)
    sink = TerminalSink(streams: streams, traces: options.traces)
    // A reader that has had enough (`gan … | head -1`) ends the program quietly: nothing went wrong. Output that cannot be written is an error.
    streams.output.onClose = { _exit(0) }
  }

  /// Prints a text; gives the exit code.
  public func show(_ text: String) -> Int32 {
    streams.print(text)
    return finished(0)
  }

  /// Says what has gone wrong, and what to do; gives the exit code.
  public func fail(_ title: String, _ advice: String) -> Int32 {
    sink.receive(.diagnostic(Diagnostic(title: title, advice: [advice])))
    return finished(1)
  }

  /// Gives the exit code.
  public func run(_ program: Options.Program) -> Int32 { finished(perform(program)) }

  /// Writes out what is left, and says so where it cannot be written; gives the exit code then.
  func finished(_ code: Int32) -> Int32 {
    sink.endFrames()
    streams.flush()
    streams.inquiry.settle(isEnd: true)
    Interruption.endIfRequested()
    guard let failure = streams.output.failure else { return code }
    let advice = "\(failure.reason). What was printed since then is lost, and the program was stopped."
    sink.receive(.diagnostic(Diagnostic(title: "standard output cannot be written", advice: [advice])))
    return 1
  }

  private func perform(_ program: Options.Program) -> Int32 {
    let isConversation = program == .standardInput && !options.readsInput && (isatty(0) == 1 || options.stays)
    guard let session = makeSession(for: program) else { return 1 }
    // No other thread is at work in the session: plans and a profile can be had of it.
    let dump = options.dumpsPlans ? try? PlanDump(session) { [streams] in streams.report($0) } : nil
    defer { dump?.stop() }
    if isConversation {
      guard !options.profiles else {
        let advice = "Try: gan --profile script.gan. In a conversation, `profile { … }` looks at a block."
        sink.receive(.diagnostic(Diagnostic(title: "--profile wants a program", advice: [advice])))
        return 2
      }
      return converse(session)
    }
    guard let parts = parts(of: program) else { return 1 }
    session.outlivesPrograms = options.stays
    Interruption.watch(session, endsProgram: true)
    let profile = options.profiles ? try? SessionProfile(session) : nil
    var outcome = Outcome.done
    for part in parts where outcome == .done { outcome = session.perform(part, echo: program.isCode ? .last : .nothing) }
    if let text = try? profile?.text() { streams.report(text) }
    streams.flush()
    if streams.output.isClosed || Interruption.isEndRequested { return outcome.exitCode }
    switch outcome {
    // After Ctrl-C too: an interrupted training can be looked at, and gone on with.
    case .done, .failed, .interrupted: return options.stays ? converse(session) : outcome.exitCode
    case .exit: return outcome.exitCode
    }
  }

  /// Finds what is certainly wrong in a program, without running it.
  public func check(_ program: Options.Program) -> Int32 {
    guard let parts = parts(of: program), let session = makeSession(for: program) else { return 1 }
    let found = session.check(parts)
    for diagnostic in found { sink.receive(.diagnostic(diagnostic)) }
    return finished(found.contains { $0.severity == .error } ? 1 : 0)
  }

  func makeSession(for program: Options.Program) -> Session? {
    let session = Library.session(sink: sink, threads: options.threads)
    // It is there until the process ends: the system takes its memory back in less time than taking it apart would need.
    _ = Unmanaged.passRetained(session)
    // As Ctrl-C would: a training that keeps itself does so before it stops.
    streams.output.onFailure = { [interrupter = session.interrupter] in interrupter.askToStop() }
    session.scriptArguments = options.arguments
    session.input = StandardInput(lines, streams: streams)
    // A script finds its data beside itself, from whatever folder it is run.
    if case .file(let path) = program { session.folders.script = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "." }
    guard let seed = options.seed else { return session }
    return session.perform(Source(name: "--seed", text: "seed \(seed);")) == .done ? session : nil
  }

  func source(of program: Options.Program) -> Source? {
    do {
      switch program {
      case .code(let text): return Source(name: "command line", text: EntryShorthand.program(of: text, hasResult: false))
      case .standardInput:
        let name = "standard input"
        return Source(name: name, text: try TextEncoding.program(Descriptor.standardInput(), path: name))
      case .file(let path): return Source(name: path, text: try TextEncoding.program(Descriptor.contents(of: path), path: path))
      }
    } catch {
      guard let error = error as? Descriptor.Failure else {
        _ = failed(error)
        return nil
      }
      let name = if case .file(let path) = program { path } else { "standard input" }
      let near = name.contains("/") || name.contains(".") ? nil : Suggestion.nearest(to: name, among: Options.commands)
      let advice = near.map { " Did you mean `gan \($0)`?" } ?? ""
      sink.receive(.diagnostic(Diagnostic(title: "\(name) cannot be read", advice: [error.reason + "." + advice])))
      return nil
    }
  }

  /// `gan learn`: a conversation that begins with a lesson; gives the exit code.
  public func learn(_ lesson: String?) -> Int32 {
    guard let session = makeSession(for: .standardInput) else { return 1 }
    return finished(converse(session, first: "learn " + (lesson ?? "next")))
  }

  private func converse(_ session: Session, first entry: String? = nil) -> Int32 {
    if streams.outputScreen.isTerminal, isatty(0) == 1 {
      let greeting = "Gan \(Version.text) · `use gan` brings the toolbox, `help` and `learn` tell the rest"
      streams.print(Paragraph.folded(greeting, width: streams.outputScreen.width))
    }
    if options.runsStart { runStart(session) }
    let history = HistoryFile(path: isatty(0) == 1 ? HistoryFile.standardPath(Screen.environment) : nil)
    let code = REPL(session: session, sink: sink, history: history, lines: lines).run(first: entry)
    streams.flush()
    return code
  }

  /// `$XDG_CONFIG_HOME/gan/start.gan`: what a person wants at hand in every conversation.
  private func runStart(_ session: Session) {
    let configuration = Screen.environment("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = configuration ?? Screen.environment("HOME").map({ $0 + "/.config" }) else { return }
    let path = folder + "/gan/start.gan"
    guard let bytes = try? Descriptor.contents(of: path) else { return }
    let text: String
    do { text = try TextEncoding.program(bytes, path: path) } catch {
      _ = failed(error)
      return
    }
    _ = session.perform(Source(name: path, text: text))
  }
}

extension Options.Program {
  fileprivate var isCode: Bool { if case .code = self { true } else { false } }
}
