import Formats
import Frontend
import Interpreter
import Synchronization

/// What `input` reads: a line that the client is asked for whose cell runs.
final class ClientInput: InputSource, @unchecked Sendable {
  // But for the answer, which has a lock, its members are used on the session's thread alone.
  private let outbox: Outbox
  private var request: Request?
  /// Whose thread waits; set before anything is run.
  var host: SessionHost?
  private weak var session: Session?

  private enum Answer: Sendable {
    /// Nobody is asked.
    case notAsked
    case awaited
    case given(String?)
  }

  private let answer = Mutex(Answer.notAsked)

  init(_ outbox: Outbox) { self.outbox = outbox }

  func connect(_ session: Session) { self.session = session }

  /// A cell is run now; its client is asked.
  func begin(_ request: Request) { self.request = request }

  func end() {
    request = nil
    answer.withLock { $0 = .notAsked }
  }

  func line(prompt: String, mayWait: () throws -> Void) throws -> String? {
    guard let request, let host, let session, request.flag("allow_stdin", default: true) else {
      throw Failure(
        "nobody can be asked here",
        advice: "The client that runs this cell takes no input. Give the value in the cell, or by environment(\"NAME\").")
    }
    answer.withLock { $0 = .awaited }
    defer { answer.withLock { $0 = .notAsked } }
    outbox.send(
      Message(
        .stdin, "input_request", parent: request.header, identities: request.identities,
        ["prompt": .string(prompt), "password": .boolean(false)]))
    try host.wait(in: session) { given != nil }
    guard case .given(let line)? = given else { return nil }
    return line
  }

  private var given: Answer? {
    answer.withLock { answer in
      switch answer {
      case .given: answer
      case .notAsked, .awaited: nil
      }
    }
  }

  /// Takes a line from a client, in any thread; one that nobody waits for is dropped. Says whether somebody did.
  func take(_ line: String?) -> Bool {
    answer.withLock { answer in
      switch answer {
      case .awaited:
        answer = .given(line)
        return true
      case .notAsked, .given: return false
      }
    }
  }
}
