/// The rows above the cursor in which frames take one another's place; what was written before them, and what has left the window, stays.
public struct LiveRegion<Identity: Hashable> {
  private var entries: [(identity: Identity, block: ScreenBlock)] = []
  private var size = (columns: 0, rows: 0)

  /// A region that is empty.
  public init() {}

  /// Whether there is anything that a next frame may take the place of.
  public var isEmpty: Bool { entries.isEmpty }

  /// The rows that there are for a frame in a window, beside those of others. Two are left: the one that the cursor is in, and one for the line that
  /// stays of a progress; else the first row would leave the window at the end.
  public func room(for identity: Identity, rows: Int) -> Int {
    let count = entries.contains { $0.identity == identity } ? entries.count : entries.count + 1
    return max(1, (rows - 2) / max(1, count))
  }

  /// The codes that show a frame in place of the last one of its identity, or below the others. The cursor is below all of them, before and
  /// after, in any column. `below`: a line that is shown there, such as the progress.
  public mutating func update(_ identity: Identity, _ block: ScreenBlock, columns: Int, rows: Int, below: String? = nil) -> String
  {
    // In a window of another size nobody knows where the rows are: they stay, and the frame begins below.
    if size != (columns, rows) { entries = [] }
    size = (columns, rows)
    let height = self.height
    let removed = Set(entries.flatMap(\.block.pictures))
    var first = 0
    if let place = entries.firstIndex(where: { $0.identity == identity }) {
      let isAsHigh = entries[place].block.rows == block.rows
      entries[place].block = block
      if isAsHigh { return inPlace(place, removed: removed, below: below) }
      first = place
    } else {
      first = entries.count
      entries.append((identity, block))
    }
    // What does not fit makes room: each is shown again by its next frame.
    while self.height >= rows, let other = entries.firstIndex(where: { $0.identity != identity }) {
      entries.remove(at: other)
      first = 0
    }
    // Taller than the window: nobody could come back to its first row.
    defer { if self.height >= rows { entries = [] } }
    let kept = entries[..<first].reduce(0) { $0 + $1.block.rows }
    var code = LiveRegion.up(height - kept) + "\u{1B}[J" + removal(removed)
    for entry in entries[first...] { code += entry.block.text }
    return marked(code, below)
  }

  /// Only the rows of one entry are drawn: pictures of others stay where they are.
  private func inPlace(_ place: Int, removed: Set<Int>, below: String?) -> String {
    let rows = entries[place...].reduce(0) { $0 + $1.block.rows }
    let block = entries[place].block
    var code = LiveRegion.up(rows) + block.over
    let rest = rows - block.rows
    if rest > 0 { code += "\u{1B}[\(rest)B\r" }
    return marked(code + removal(removed), below)
  }

  /// Leaves what is shown where it is.
  public mutating func release() { entries = [] }

  private var height: Int { entries.reduce(0) { $0 + $1.block.rows } }

  private func removal(_ before: Set<Int>) -> String {
    before.subtracting(entries.flatMap(\.block.pictures)).sorted().map(PictureCode.kittyRemoval).joined()
  }

  private func marked(_ code: String, _ below: String?) -> String {
    // What is drawn between the marks is seen at once, where the terminal knows them.
    "\u{1B}[?2026h" + ProgressLine.erasing + code + (below ?? "") + "\u{1B}[?2026l"
  }

  private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)A\r" : "\r" }
}
