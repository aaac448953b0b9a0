import Frontend
import Interpreter

/// What `input` reads: lines that somebody writes into a page.
final class PageInput: InputSource {
  private let document: LiveDocument
  private let host: SessionHost
  private let number: Int
  private unowned let session: Session

  init(_ document: LiveDocument, host: SessionHost, number: Int, session: Session) {
    self.document = document
    self.host = host
    self.number = number
    self.session = session
  }

  func line(prompt: String, mayWait: () throws -> Void) throws -> String? {
    document.ask(prompt, session: number)
    defer { document.unask(session: number) }
    try host.wait(in: session) { document.hasAnswer(session: number) }
    try mayWait()
    return document.takeAnswer(session: number)
  }
}
