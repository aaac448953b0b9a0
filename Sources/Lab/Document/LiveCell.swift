import Base
import Formats
import Frontend
import Notebook
import Syntax

/// A cell of the document that lives in the process.
struct LiveCell {
  /// A run of it that has begun.
  struct Run {
    /// Runs are counted over all sessions.
    var serial: Int
    /// The session in which it was, counted from 1.
    var session: Int
    /// What was run.
    var text: String
    /// A checksum of the runs of the cells above, as they were when it began.
    var basis: Int
  }

  /// What is under way with it.
  enum Activity: Equatable { case none, queued, running, paused }

  /// How its last run ended.
  enum Ending: String { case done, failed, stopped }

  let id: String
  /// Kind, text, properties, and how it stands in the file.
  var cell: Cell
  /// As HTML: prose laid out, code colored.
  var html = ""
  var outputs = CellOutputs()
  var count: Int?
  var seconds: Double?
  var run: Run?
  var ending: Ending?
  var activity = Activity.none
  /// What pages have been told of its state.
  var told = ""
  /// How often pages have been told all of it: what they were told before does not wait for what they are told behind.
  var edition = 0
  var taken = TakenEdits()
  /// Whether it was put in by a page, and did not come with the document.
  var isInserted = false

  init(id: String, _ cell: Cell, folder: String) {
    self.id = id
    self.cell = cell
    // What a notebook holds is shown until the cell is run; it goes back into the notebook by itself.
    for html in cell.found?.html ?? [] { outputs.show([.text("")], html: html) }
    layOut(folder: folder)
  }

  /// Makes its HTML anew. `folder`: where prose finds its pictures.
  mutating func layOut(folder: String) {
    html = Self.html(cell, id: id, folder: folder)
  }

  private static func html(_ cell: Cell, id: String, folder: String) -> String {
    switch cell.kind {
    case .code: return StyledHTML.text(CodeText.styled(Source(name: "", text: cell.text)))
    case .raw: return Markup.escaped(cell.text)
    case .prose:
      let pictures = PagePictures(folder: folder)
      var prose = Markdown(picture: { pictures.address($0, attachments: cell.properties.attachments) })
      prose.namespace = id
      return prose.html(cell.text)
    }
  }

  /// The cell as documents hold it, with what it has put out.
  var exported: Cell {
    var cell = cell
    cell.outputs = outputs.contents
    cell.executionCount = count
    return cell
  }

  /// It was put in here, and there is nothing in it.
  var isOffered: Bool { isInserted && cell.kind == .code && cell.text.isEmpty && outputs.pieces.isEmpty }

  /// For pages; `state` as the document knows it. `page`: which page is to be told what of its edits has been taken.
  func json(state: String, page: String? = nil) -> JSON {
    func number(_ value: Int?) -> JSON { value.map { .number(Double($0)) } ?? .null }
    let title: JSON = cell.properties.title.map { .string($0) } ?? .null
    let members: [(String, JSON)] = [
      ("id", .string(id)), ("kind", .string(cell.kind.rawValue)), ("text", .string(cell.text)), ("title", title),
      ("html", .string(html)), ("outputs", .array(outputs.pieces.map { .string($0.html) })), ("count", number(count)),
      ("state", .string(state)), ("seconds", seconds.map { .number($0) } ?? .null),
      ("taken", number(page.flatMap { taken.last(of: $0) })),
    ]
    return .object(JSON.Members(members))
  }
}
