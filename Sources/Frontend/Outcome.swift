import Interpreter
import Syntax

/// How running a source ended, in terms of exit codes.
public enum Outcome: Equatable, Sendable {
  case done
  case failed
  case interrupted
  case exit(Int32)

  /// 0 done, 1 failed, 130 interrupted, else what `exit` was given.
  public var exitCode: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .interrupted: 130
    case .exit(let code): code
    }
  }
}

extension Session {
  /// Runs what a person has typed. Of a line for a shell, of which a program has no use, the sink is told where it belongs.
  public func performTyped(_ source: Source, echo: Echo) -> Outcome {
    guard let foreign = foreignEntry(source.text) else { return perform(source, echo: echo) }
    emit(.diagnostic(foreign))
    return .failed
  }

  /// What is said of an entry that is no program; nil for all others.
  public func foreignEntry(_ text: String) -> Diagnostic? {
    ForeignEntry.diagnostic(for: text) { self[$0] != nil || catalog.value(named: $0) != nil }
  }

  /// Runs a source; what it throws is handed to the sink.
  public func perform(_ source: Source, echo: Echo = .nothing) -> Outcome {
    do {
      switch Parser.parse(source) {
      case .complete(let program):
        try run(program, echo: echo)
        return .done
      case .incomplete(let incompleteness): throw incompleteness.diagnostic
      case .invalid(let diagnostics):
        for diagnostic in diagnostics.prefix(20) { emit(.diagnostic(diagnostic)) }
        return .failed
      }
    } catch let exit as Exit {
      return .exit(exit.code)
    } catch let interrupted as Interrupted {
      emit(.interrupted(note: interrupted.note))
      return .interrupted
    } catch let diagnostic as Diagnostic {
      emit(.diagnostic(diagnostic))
    } catch let failure as Failure {
      emit(.diagnostic(Diagnostic(title: failure.title, advice: failure.advice)))
    } catch {
      emit(.diagnostic(Diagnostic(title: "\(error)")))
    }
    return .failed
  }
}
