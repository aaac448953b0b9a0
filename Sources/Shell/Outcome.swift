import Interpreter
import Syntax

/// How running a source ended, in terms of exit codes.
public enum Outcome: Equatable, Sendable {
  case done
  case failed
  case interrupted
  case exit(Int32)

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
  /// Runs a source; what it throws is reported through the sink.
  func perform(_ source: Source, echo: Bool, sink: TerminalSink) -> (outcome: Outcome, value: Value) {
    do {
      switch Parser.parse(source) {
      case .complete(let program): return (.done, try run(program, echo: echo))
      case .incomplete(let incompleteness): throw incompleteness.diagnostic
      case .invalid(let diagnostics):
        for diagnostic in diagnostics.prefix(20) { sink.receive(.diagnostic(diagnostic)) }
        return (.failed, .none)
      }
    } catch let exit as Exit {
      return (.exit(exit.code), .none)
    } catch let interrupted as Interrupted {
      sink.reportInterruption(interrupted)
      return (.interrupted, .none)
    } catch let diagnostic as Diagnostic {
      sink.receive(.diagnostic(diagnostic))
    } catch let failure as Failure {
      sink.receive(.diagnostic(Diagnostic(title: failure.title, advice: failure.advice)))
    } catch {
      sink.receive(.diagnostic(Diagnostic(title: "\(error)")))
    }
    return (.failed, .none)
  }
}
