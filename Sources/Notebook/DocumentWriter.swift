import Formats

/// Writes cells as the text of a `.gan` file, in the plainest form that is read back as the same cells.
enum DocumentWriter {
  /// How a cell is written, from the plainest on.
  private enum Form: CaseIterable {
    /// Without a `# %%` line, unless it needs one.
    case plain
    /// Below a `# %%` line.
    case marked
    /// Below one that counts its lines, so that nothing in them matters.
    case counted
  }

  /// The text of a document whose cells need not come from a file.
  static func text(of document: Document) -> String {
    let head = document.head.isEmpty ? self.head(document.metadata) : document.head
    var chunks: [String] = []
    for (place, cell) in document.cells.enumerated() { append(cell, at: place, of: document.cells, to: &chunks) }
    let text = head + chunks.joined() + document.tail
    if says(text, document) { return text }
    return head
      + document.cells.enumerated().map { chunk($1, .counted, after: $0 > 0 ? document.cells[$0 - 1].kind : nil) }.joined()
  }

  /// The lines with what the whole document says of itself; empty where it says nothing.
  static func head(_ metadata: [String: JSON]?) -> String {
    guard let metadata else { return "" }
    return CellMarker(kind: .notebook, properties: CellProperties(metadata: metadata)).text + "\n\n"
  }

  private static func says(_ text: String, _ document: Document) -> Bool {
    let read = Document(name: document.name, text: text)
    return read.metadata == document.metadata && says(read.cells, document.cells[...])
  }

  private static func says(_ read: [Cell], _ cells: ArraySlice<Cell>) -> Bool {
    read.count == cells.count && zip(read, cells).allSatisfy { $0.saysTheSame(as: $1) }
  }

  private static func says(_ chunk: String, _ cells: ArraySlice<Cell>) -> Bool {
    let read = Document(name: "", text: chunk)
    return read.head.isEmpty && says(read.cells, cells)
  }

  /// Adds the plainest chunk that is read as the cell, alone and behind the one before.
  private static func append(_ cell: Cell, at place: Int, of cells: [Cell], to chunks: inout [String]) {
    let previous = place > 0 ? cells[place - 1] : nil
    var candidates = Form.allCases.map { chunk(cell, $0, after: previous?.kind) }
    if var written = cell.written {
      if place + 1 < cells.count, !written.hasSuffix("\n") { written += "\n" }
      candidates.insert(written, at: 0)
    }
    for candidate in candidates where says(candidate, cells[place...place]) {
      guard let last = chunks.last else { return chunks.append(candidate) }
      if says(last + candidate, cells[place - 1...place]) { return chunks.append(candidate) }
    }
    // The cell before goes on into this one, whatever stands at its head: it has to say where it ends.
    if let previous {
      chunks[chunks.count - 1] = chunk(previous, .counted, after: place > 1 ? cells[place - 2].kind : nil)
    }
    chunks.append(chunk(cell, .counted, after: previous?.kind))
  }

  /// The cell's lines, with an empty line before them unless it is the first.
  private static func chunk(_ cell: Cell, _ form: Form, after previous: Cell.Kind?) -> String {
    let mark = cell.kind == .code ? "" : cell.kind == .raw ? "#" : "##"
    var lines = cell.text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      mark + (line.isEmpty || mark.isEmpty ? "" : " ") + String(decoding: line, as: UTF8.self)
    }
    if cell.text.isEmpty, cell.kind == .code { lines = [] }
    let isMarked =
      form != .plain || !cell.properties.isEmpty || cell.kind == .raw
      || (cell.kind == .code && (previous == .code || lines.isEmpty))
    if isMarked {
      let kind: CellMarker.Kind? =
        switch cell.kind {
        case .prose: .prose
        case .code: nil
        case .raw: .raw
        }
      let marker = CellMarker(kind: kind, properties: cell.properties, lineCount: form == .counted ? lines.count : nil)
      lines.insert(marker.text, at: 0)
    }
    return (previous == nil ? "" : "\n") + lines.map { $0 + "\n" }.joined()
  }
}
