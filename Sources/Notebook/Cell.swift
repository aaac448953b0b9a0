import Formats
import Syntax

/// A part of a document: prose, code, or text that is neither.
public struct Cell: Sendable {
  /// What a cell holds.
  public enum Kind: String, Sendable {
    /// Markdown with formulas.
    case prose
    /// Statements of the language.
    case code
    /// A text that is handed on as it stands, and neither laid out nor run.
    case raw
  }

  /// What it holds.
  public var kind: Kind
  /// Its own text, without the marks of prose and without a newline at its end.
  public var text: String
  /// What its `# %%` line says of it; empty where it has none.
  public var properties: CellProperties
  /// Its own lines as they stand in the file, with what stands between them and the cell before: blank lines and its `# %%` line; nil for
  /// a cell that comes from no `.gan` text.
  public var written: String?
  /// Where its own lines stand, in offsets into the document's text.
  public var span: Span
  /// The number of its first line in the file, from 1.
  public var firstLine: Int
  /// What it has put out, in order, since it was run last.
  public var outputs: [CellOutput] = []
  /// How many cells had been run when it was, itself included; nil for one that has not been run.
  public var executionCount: Int?
  /// What the notebook that it was read from holds as its outputs, until it is run here.
  public var found: FoundOutputs?

  /// A cell that has not been run.
  public init(
    _ kind: Kind, _ text: String, properties: CellProperties = CellProperties(), written: String? = nil, span: Span = Span(0, 0),
    firstLine: Int = 1
  ) {
    self.kind = kind
    self.text = text
    self.properties = properties
    self.written = written
    self.span = span
    self.firstLine = firstLine
  }

  /// Whether another has the same kind, text and properties, wherever it stands.
  public func saysTheSame(as other: Cell) -> Bool {
    kind == other.kind && text == other.text && properties == other.properties
  }
}

/// What a notebook holds as the outputs of a cell, as it stands there: whoever saves the notebook again takes nothing away.
public struct FoundOutputs: Sendable {
  /// As Jupyter writes them.
  public var outputs: [JSON]
  /// Its execution count.
  public var count: JSON
}

/// What is said of a cell beside its text: that which Jupyter keeps with it.
public struct CellProperties: Equatable, Sendable {
  /// The cell's own name among the others; nil where nobody gave it one.
  public var id: String?
  /// Tags and whatever else programs note down; its `title` is shown above the cell.
  public var metadata: [String: JSON]
  /// Pictures of a prose cell, by name; nil where it has none.
  public var attachments: JSON?

  /// By default nothing is said.
  public init(id: String? = nil, metadata: [String: JSON] = [:], attachments: JSON? = nil) {
    self.id = id
    self.metadata = metadata
    self.attachments = attachments
  }

  /// Whether nothing is said.
  public var isEmpty: Bool { id == nil && metadata.isEmpty && attachments == nil }

  /// What is shown above the cell.
  public var title: String? { if case .string(let title) = metadata["title"] { title } else { nil } }
}
