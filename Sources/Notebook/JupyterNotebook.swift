import Formats
import Library

/// Jupyter's notebooks, format 4.5 (nbformat.readthedocs.io): read as documents, and written.
///
/// Nothing is lost between a `.gan` file and a notebook, in either direction, but for outputs, which a `.gan` file has no place for. What a notebook
/// has no place for, such as blank lines between cells, is noted in its metadata under `gan`, and counts for as long as the cell stays as it was.
public enum JupyterNotebook {
  /// What a notebook says of itself that was made here.
  static let ownMetadata: [String: JSON] = [
    "kernelspec": .object(["display_name": .string("Gan"), "language": .string("gan"), "name": .string("gan")]),
    "language_info": .object(JSON.Members(languageInfo)),
  ]

  /// What notebooks and kernels say of the language.
  public static let languageInfo: [String: JSON] = [
    "file_extension": .string(".gan"), "mimetype": .string("text/x-gan"), "name": .string("gan"),
    "version": .string(Version.text),
  ]

  // MARK: Reading

  /// The document in a notebook's bytes, with prose alone where `proseOnly`, which is how a notebook of another language can be read.
  /// `keepsOutputs`: with what the notebook holds as the outputs of its cells, for whoever saves it again.
  ///
  /// - Throws: a `FormatError` that says why it is none.
  public static func document(named name: String, _ bytes: [UInt8], proseOnly: Bool = false, keepsOutputs: Bool = false) throws
    -> Document
  {
    func failure(_ advice: String) -> FormatError { FormatError(title: "\(name) is no notebook", advice: advice, path: name) }
    _ = try TextEncoding.program(bytes, path: name)
    guard let json = try? JSON(bytes) else {
      throw failure("It is not JSON. A notebook is what Jupyter saves; a program with `# %%` lines is a `.gan` file.")
    }
    guard case .object(let members) = json, case .number(let version)? = members["nbformat"] else {
      throw failure("It is JSON, but has no `nbformat`.")
    }
    guard version == 4 else {
      throw failure(
        "It has the format \(JSON.number(version).text), and 4 is known. Try: jupyter nbconvert --to notebook --inplace \(name)")
    }
    guard case .array(let elements)? = members["cells"] else { throw failure("It has no list of `cells`.") }
    var metadata: [String: JSON] = [:]
    if case .object(let found)? = members["metadata"] { metadata = found.dictionary }
    if let language = language(of: metadata), language != "gan" {
      guard proseOnly else {
        throw FormatError(
          title: "the notebook is written in \(language)",
          advice: "Only notebooks in Gan can be converted. `--prose` takes the prose of this one, without its code.", path: name)
      }
      metadata = [:]
    }
    let hints = takeHints(&metadata)
    var cells: [Cell] = []
    for (place, element) in elements.enumerated() {
      guard let cell = cell(element, keepsOutputs) else {
        throw failure("Its cell \(place + 1) has no `cell_type` of markdown, code or raw, or no `source`.")
      }
      if !proseOnly || cell.kind == .prose { cells.append(cell) }
    }
    cells = CellNames.withoutOwn(cells)
    // What was noted of a cell counts as long as the cell says that.
    for place in cells.indices where cells[place].written.map({ !says($0, cells[place]) }) ?? false { cells[place].written = nil }
    var document = Document(name: name, cells: cells, metadata: proseOnly || ownsMetadata(metadata) ? nil : metadata)
    if case .string(let text)? = hints["text"], case var written = Document(name: name, text: text), says(written, document) {
      for (place, cell) in document.cells.enumerated() { written.cells[place].found = cell.found }
      return written
    }
    if case .string(let tail)? = hints["tail"], Document(name: "", text: tail).cells.isEmpty { document.tail = tail }
    if case .string(let head)? = hints["head"] {
      let read = Document(name: "", text: head)
      if read.cells.isEmpty, read.tail.isEmpty, read.metadata == document.metadata { document.head = head }
    }
    return document
  }

  /// Whether the texts that a notebook was made of are its own, under the same names.
  private static func says(_ written: Document, _ document: Document) -> Bool {
    func bare(_ cell: Cell) -> Cell {
      var cell = cell
      cell.properties.id = nil
      return cell
    }
    return written.metadata == document.metadata && CellNames.names(of: written.cells) == CellNames.names(of: document.cells)
      && zip(written.cells, document.cells).allSatisfy { bare($0).saysTheSame(as: bare($1)) }
  }

  /// Whether a cell's own lines are read as the cell.
  private static func says(_ written: String, _ cell: Cell) -> Bool {
    let read = Document(name: "", text: written)
    return read.head.isEmpty && read.cells.count == 1 && read.cells[0].saysTheSame(as: cell)
  }

  /// The language of a notebook's code; nil where it does not say.
  private static func language(of metadata: [String: JSON]) -> String? {
    for (group, name) in [("kernelspec", "language"), ("language_info", "name"), ("kernelspec", "name")] {
      if case .object(let members)? = metadata[group], case .string(let language)? = members[name] { return language }
    }
    return nil
  }

  /// Whether nothing is said but the language, in whatever version.
  private static func ownsMetadata(_ metadata: [String: JSON]) -> Bool {
    Set(metadata.keys) == Set(ownMetadata.keys) && metadata["kernelspec"] == ownMetadata["kernelspec"]
  }

  /// Takes out what the last conversion noted.
  private static func takeHints(_ metadata: inout [String: JSON]) -> [String: JSON] {
    guard case .object(let hints)? = metadata["gan"], hints.allSatisfy({ ["digest", "head", "tail", "text"].contains($0.key) })
    else {
      return [:]
    }
    metadata["gan"] = nil
    return hints.dictionary
  }

  private static func cell(_ json: JSON, _ keepsOutputs: Bool) -> Cell? {
    guard case .object(let members) = json, case .string(let type)? = members["cell_type"], let kind = kinds[type],
      let text = text(members["source"])
    else { return nil }
    var cell = Cell(kind, text)
    if case .object(let metadata)? = members["metadata"] { cell.properties.metadata = metadata.dictionary }
    if case .string(let text)? = takeHints(&cell.properties.metadata)["text"] { cell.written = text }
    if case .string(let id)? = members["id"] { cell.properties.id = id }
    if keepsOutputs, kind == .code, case .array(let outputs)? = members["outputs"] {
      cell.found = FoundOutputs(outputs: outputs, count: members["execution_count"] ?? .null)
    }
    if case .object = members["attachments"] { cell.properties.attachments = members["attachments"] }
    return cell
  }

  private static let kinds: [String: Cell.Kind] = ["markdown": .prose, "code": .code, "raw": .raw]

  /// A text, or the list of its lines.
  private static func text(_ json: JSON?) -> String? {
    if case .string(let text)? = json { return text }
    guard case .array(let lines)? = json else { return nil }
    var text = ""
    for line in lines {
      guard case .string(let line) = line else { return nil }
      text += line
    }
    return text
  }

  /// Whether the cells in a notebook's bytes are those with which it was written here, or those of `document`: whoever writes over it takes
  /// nothing away from anybody.
  public static func isUntouched(_ bytes: [UInt8], for document: Document) -> Bool {
    guard let read = try? self.document(named: "", bytes) else { return false }
    let digest = CellNames.digest(of: read.cells)
    if digest == CellNames.digest(of: document.cells) { return true }
    guard case .object(let members)? = try? JSON(bytes), case .object(let metadata)? = members["metadata"],
      case .object(let hints)? = metadata["gan"]
    else { return false }
    return hints["digest"] == .string(digest)
  }

  // MARK: Writing

  /// The notebook as the text of its file, laid out as Jupyter does it.
  ///
  /// `isSigned`: with a checksum of its cells, by which `isUntouched` sees whether somebody has edited them since.
  public static func text(of document: Document, isSigned: Bool = false) -> String {
    let written = document.text
    var bare = document
    for place in bare.cells.indices { bare.cells[place].written = nil }
    (bare.head, bare.tail) = ("", "")
    var hints: [String: JSON] = isSigned ? ["digest": .string(CellNames.digest(of: document.cells))] : [:]
    if bare.text == written { return text(of: bare, hints: hints) }
    // What the plainest form would lose: first of single cells, then of the whole.
    if document.head != DocumentWriter.head(document.metadata) { hints["head"] = .string(document.head) }
    if !document.tail.isEmpty { hints["tail"] = .string(document.tail) }
    (bare.head, bare.tail) = (document.head, document.tail)
    let plain = Document(name: "", text: bare.text).cells
    for place in bare.cells.indices where plain.count == bare.cells.count && plain[place].written != document.cells[place].written
    {
      bare.cells[place].written = document.cells[place].written
    }
    let hinted = text(of: bare, hints: hints)
    if let read = try? self.document(named: "", Array(hinted.utf8)), read.text == written { return hinted }
    return text(of: bare, hints: hints.filter { $0.key == "digest" }.merging(["text": .string(written)]) { $1 })
  }

  private static func text(of document: Document, hints: [String: JSON]) -> String {
    var metadata = document.metadata ?? ownMetadata
    if !hints.isEmpty { metadata["gan"] = .object(JSON.Members(hints)) }
    let names = CellNames.names(of: document.cells)
    let cells = zip(document.cells, names).map { json($0, named: $1, isHinted: hints["text"] == nil) }
    let notebook = JSON.object([
      "cells": .array(cells), "metadata": .object(JSON.Members(metadata)), "nbformat": .number(4), "nbformat_minor": .number(5),
    ])
    return notebook.indented + "\n"
  }

  private static func json(_ cell: Cell, named name: String, isHinted: Bool) -> JSON {
    var metadata = cell.properties.metadata
    if isHinted, let written = cell.written { metadata["gan"] = .object(["text": .string(written)]) }
    var members: [String: JSON] = ["id": .string(name), "metadata": .object(JSON.Members(metadata)), "source": lines(cell.text)]
    if let attachments = cell.properties.attachments { members["attachments"] = attachments }
    switch cell.kind {
    case .prose: members["cell_type"] = .string("markdown")
    case .raw: members["cell_type"] = .string("raw")
    case .code:
      members["cell_type"] = .string("code")
      members["execution_count"] = cell.executionCount.map { .number(Double($0)) } ?? cell.found?.count ?? .null
      members["outputs"] = .array(cell.found?.outputs ?? JupyterOutputs.outputs(of: cell))
    }
    return .object(JSON.Members(members))
  }

  /// A text as the list of its lines, each with its newline.
  static func lines(_ text: String) -> JSON {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let texts = lines.enumerated().map { place, line in
      String(decoding: line, as: UTF8.self) + (place + 1 < lines.count ? "\n" : "")
    }
    return .array(texts.filter { !$0.isEmpty }.map { .string($0) })
  }
}
