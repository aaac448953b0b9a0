import Base

/// What the line editor is told of the language in which entries are written. Offsets are into a text's UTF-8.
public struct EntryLanguage {
  /// What the text so far still needs.
  public enum Need: Equatable, Sendable {
    case nothing
    /// More lines; the next one begins with so many spaces.
    case more(indentation: Int)
  }

  /// A stretch of an entry and how it looks.
  public struct Painted: Equatable, Sendable {
    /// Offsets into the text's UTF-8.
    public var range: Range<Int>
    /// How its characters look.
    public var style: Style

    /// A stretch with its style.
    public init(_ range: Range<Int>, _ style: Style) {
      self.range = range
      self.style = style
    }
  }

  /// Whether an entry goes on in a next line.
  public var need: (_ text: String) -> Need = { _ in .nothing }
  /// Whether a line that begins so belongs to the complete lines above it.
  public var continues: (_ line: String) -> Bool = { _ in false }
  /// What could stand at the cursor.
  public var complete: (_ text: String, _ cursor: Int) -> Completion = { _, _ in .none }
  /// The looks of an entry's parts, in order.
  public var paint: (_ text: String) -> [Painted] = { _ in [] }
  /// Where the bracket at the cursor and its partner stand; empty where there is none.
  public var brackets: (_ text: String, _ cursor: Int) -> [Int] = { _, _ in [] }
  /// The entry that is expected next, which is suggested before those of the history; nil where none is.
  public var expected: () -> String? = { nil }
  /// What is certainly wrong in an entry, and where; nil also where it is only not finished.
  public var problem: (_ text: String) -> (range: Range<Int>, title: String)? = { _ in nil }

  /// A language that says nothing.
  public init() {}
}
