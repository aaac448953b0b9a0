import Formats
import Syntax

/// A program as a text to be read: cells of prose and of code, in their order, with what the code has put out.
///
/// A `.gan` file is one: prose stands in `##` lines, code is what stands between (`docs/notebook.md` has the rules). Every text can be read as a
/// document, and is written back byte by byte.
public struct Document: Sendable {
  /// The name of its file, or what stands for it in errors.
  public var name: String
  /// What stands before the first cell: the mark of UTF-8, a `#!` line, and the line with the document's own metadata.
  public var head: String
  /// In their order.
  public var cells: [Cell]
  /// What stands behind the last cell: blank lines.
  public var tail: String
  /// What the document says of itself for Jupyter; nil where it says nothing.
  public var metadata: [String: JSON]?

  /// A document of these cells.
  public init(
    name: String, head: String = "", cells: [Cell] = [], tail: String = "", metadata: [String: JSON]? = nil
  ) {
    self.name = name
    self.head = head
    self.cells = cells
    self.tail = tail
    self.metadata = metadata
  }

  /// The document that a text is.
  public init(name: String, text: String) {
    var reader = DocumentReader(Array(text.utf8))
    self = reader.document(named: name)
  }

  /// The text that it was read from, byte by byte; cells without a text of their own are written as `DocumentWriter` does.
  public var text: String {
    guard !cells.isEmpty, cells.allSatisfy({ $0.written != nil }) else { return DocumentWriter.text(of: self) }
    return head + cells.map { $0.written ?? "" }.joined() + tail
  }

  /// The text, with each cell's own where that is read back as the cells that are here, as after an edit it need not be.
  public var checkedText: String {
    let text = text
    let read = Document(name: name, text: text)
    let isSame =
      read.metadata == metadata && read.cells.count == cells.count
      && zip(read.cells, cells).allSatisfy { $0.saysTheSame(as: $1) }
    return isSame ? text : DocumentWriter.text(of: self)
  }

  /// What the page is called: its first heading, or the name of its file.
  public var title: String {
    for cell in cells where cell.kind == .prose {
      for line in cell.text.split(whereSeparator: \.isNewline) where line.hasPrefix("# ") {
        let title = line.dropFirst(2).drop { $0 == " " }
        if !title.isEmpty { return String(title) }
      }
    }
    let file = name.split(separator: "/").last.map(String.init) ?? name
    return file.hasSuffix(".gan") ? String(file.dropLast(4)) : file
  }

  /// The cells of code, by their places among `cells`.
  public var codePlaces: [Int] { cells.indices.filter { cells[$0].kind == .code } }
}
