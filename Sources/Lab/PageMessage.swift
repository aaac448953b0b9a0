import Formats
import Notebook

/// A message of a page, and what becomes of it.
struct PageMessage {
  private let members: JSON.Members?
  private let line: PageLine

  /// A message that is no text, no JSON or no object is answered by a notice.
  init(_ text: String?, from line: PageLine) {
    self.line = line
    if let text, case .object(let members)? = try? JSON(text.utf8) { self.members = members } else { members = nil }
  }

  private func text(_ name: String) -> String? { if case .string(let text)? = members?[name] { text } else { nil } }
  private func whole(_ name: String) -> Int? {
    if case .number(let number)? = members?[name] { Int(exactly: number.rounded()) } else { nil }
  }

  private func refuse(_ words: String) {
    line.send(LabState.message("notice", [("level", .string("error")), ("text", .string(words))]))
  }

  func perform(_ document: LiveDocument) {
    guard members != nil, let type = text("type") else {
      return refuse("A message that was no JSON object with a type was passed over.")
    }
    switch type {
    case "edit", "insert", "delete", "undelete", "move", "kind", "split", "join": edit(type, document)
    case "run":
      if let cell = text("cell") { document.run([cell]) } else { lacks("cell", type) }
    case "run_all": document.run(document.state.withLock { $0.codeIDs(from: nil) })
    case "run_from":
      if let cell = text("cell") { document.run(document.state.withLock { $0.codeIDs(from: cell) }) } else { lacks("cell", type) }
    case "interrupt": document.interrupt()
    case "restart": document.restart()
    case "answer": document.answer(text("text"))
    case "complete", "inspect":
      guard let text = text("text"), let cursor = whole("cursor") else { return lacks("text and cursor", type) }
      let request = members?["request"] ?? .null
      if type == "complete" {
        document.complete(text, cursor, request, line)
      } else {
        document.inspect(text, cursor, request, line)
      }
    case "game": if let members { document.state.withLock { $0.game }?.receive(.object(members)) }
    case "save":
      document.file.sayPlace(document)
      document.file.saveSoon(document)
      // Who wants to save is told again why that is not done.
      document.state.withLock { if $0.conflict != nil { $0.tellConflict() } }
    case "resolve":
      guard let choice = text("choice").flatMap(DocumentKeeper.Choice.init(rawValue:)) else {
        return lacks("choice of theirs, mine or copy", type)
      }
      document.file.resolve(choice, document)
    case "export":
      guard let format = text("format") else { return lacks("format", type) }
      document.export(format, line)
    default: refuse("There is no message of the type \(type.prefix(40)).")
    }
  }

  private func lacks(_ names: String, _ type: String) { refuse("A message of the type \(type) wants \(names).") }

  private func edit(_ type: String, _ document: LiveDocument) {
    let cell = text("cell")
    document.file.lookBeforeEdit(of: cell, document)
    document.state.withLock { state in
      switch (type, cell) {
      case ("undelete", _): state.undelete()
      case ("insert", _):
        guard let kind = text("kind").flatMap(Cell.Kind.init(rawValue:)) else { return lacks("kind of code, prose or raw", type) }
        state.insert(kind, after: text("after"))
      case ("edit", let cell?):
        guard let words = text("text") else { return lacks("text", type) }
        state.edit(cell, words, from: text("base"), request: members?["request"], by: line)
      case ("delete", let cell?): state.delete(cell)
      case ("move", let cell?): state.move(cell, after: text("after"))
      case ("kind", let cell?):
        guard let kind = text("kind").flatMap(Cell.Kind.init(rawValue:)) else { return lacks("kind of code, prose or raw", type) }
        state.setKind(cell, kind)
      case ("split", let cell?):
        guard let place = whole("at") else { return lacks("at", type) }
        state.split(cell, at: place)
      case ("join", let cell?): state.join(cell)
      default: lacks("cell", type)
      }
    }
    document.file.saveSoon(document, after: DocumentKeeper.pause)
  }
}
