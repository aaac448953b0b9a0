import Base
import Formats
import Frontend
import Interpreter
import Library
import Notebook
import Syntax

/// What pages ask for.
extension LiveDocument {
  /// The line that `input` waits for; nil: there is no more.
  func answer(_ text: String?) {
    state.withLock { state in
      guard let question = state.question else { return }
      state.answer = .line(text)
      state.question = nil
      // As in a terminal, question and answer stay to be read.
      if let place = state.place(of: state.running) {
        state.cells[place].outputs.append("\(question)\(text ?? "")\n", isNote: false)
        state.tellOutputs()
      }
    }
    worker.withLock { $0 }?.wake()
  }

  /// What could stand at a cursor, at the next moment at which the session can be looked at.
  func complete(_ text: String, _ cursor: Int, _ request: JSON, _ line: PageLine) {
    worker.withLock { $0 }?.whenSafe { session in
      let place = text.utf16Place(cursor)
      let offset = text.utf8.distance(from: text.startIndex, to: place)
      let found = (try? session.inside { Completer(session: session).complete(text, offset) }) ?? .none
      let start = text.utf8.index(place, offsetBy: -min(found.replaced, offset))
      let candidates = found.candidates.prefix(200).map { candidate in
        JSON.object([
          "text": .string(candidate.text), "label": .string(candidate.label),
          "summary": candidate.summary.map { .string($0) } ?? .null,
        ])
      }
      line.send(
        LabState.message(
          "completion",
          [
            ("request", request), ("replaced", .number(Double(text[start..<place].utf16.count))),
            ("candidates", .array(candidates)),
            ("suffix", .string(found.suffix)),
          ]))
    }
  }

  /// What help says of the name at a cursor.
  func inspect(_ text: String, _ cursor: Int, _ request: JSON, _ line: PageLine) {
    worker.withLock { $0 }?.whenSafe { session in
      let offset = text.utf8.distance(from: text.startIndex, to: text.utf16Place(cursor))
      let found = try? session.inside { Inspector(session: session).inspect(text, offset) }
      let html = (found?.page).map { "<pre class=\"out\">\(StyledHTML.text(HelpText(width: 72).text($0)))</pre>" } ?? ""
      line.send(LabState.message("inspection", [("request", request), ("html", .string(html))]))
    }
  }

  /// The document as a file for somebody else.
  func export(_ format: String, _ line: PageLine) {
    let (document, folder) = state.withLock { ($0.document, $0.folder) }
    let stem = Paths.stem(of: document.name)
    let text: String
    switch format {
    case "html": text = Page(document, folder: folder).html
    case "ipynb": text = JupyterNotebook.text(of: document)
    case "gan": text = document.checkedText
    default:
      return line.send(
        LabState.message(
          "notice",
          [
            ("level", .string("error")),
            ("text", .string("A document is exported as html, ipynb or gan, not as \(format.prefix(20)).")),
          ]))
    }
    line.send(LabState.message("exported", [("name", .string("\(stem).\(format)")), ("text", .string(text))]))
  }
}
