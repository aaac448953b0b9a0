/// Short texts set in columns, read downwards, as `ls` sets names.
public struct Columns {
  /// The texts, in their order; each stays on one line.
  public var texts: [String]
  /// The least number of blanks between two columns.
  public var gap = 2

  /// Texts to be laid out.
  public init(_ texts: [String]) {
    self.texts = texts
  }

  /// Lines without a line break at their ends, each at most `width` columns where the texts allow.
  public func lines(width: Int) -> [String] {
    guard !texts.isEmpty else { return [] }
    let cell = (texts.map(\.displayWidth).max() ?? 0) + gap
    let count = max(1, (width + gap) / cell)
    let rows = (texts.count + count - 1) / count
    return (0..<rows).map { row in
      let cells = stride(from: row, to: texts.count, by: rows).map { texts[$0] }
      return cells.dropLast().map { $0.padded(to: cell) }.joined() + (cells.last ?? "")
    }
  }
}
