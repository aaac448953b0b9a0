import Base

/// The candidates of a completion, of which one after another can be chosen; they stand below the entry.
struct CandidateMenu {
  let completion: Completion
  /// The entry as it was when they were asked for.
  let original: EditedText
  private(set) var selected: Int?

  init(_ completion: Completion, in original: EditedText) {
    self.completion = completion
    self.original = original
  }

  /// One further, or back; behind the last comes the first.
  mutating func move(by step: Int) {
    let count = completion.candidates.count
    guard count > 0 else { return }
    guard let selected else {
      self.selected = step > 0 ? 0 : count - 1
      return
    }
    self.selected = ((selected + step) % count + count) % count
  }

  /// The entry with the chosen candidate in its place.
  var chosen: EditedText {
    guard let selected, completion.candidates.indices.contains(selected) else { return original }
    return CandidateMenu.put(completion.candidates[selected].text, of: completion, into: original)
  }

  /// An entry with a candidate in place of what was typed.
  static func put(_ candidate: String, of completion: Completion, into text: EditedText) -> EditedText {
    var result = text
    let start = text.place(ofUTF8: max(0, text.utf8Cursor - completion.replaced))
    result.replace(start..<text.cursor, with: candidate)
    return result
  }

  // MARK: Rows

  /// At most `height` rows with the chosen candidate among them: one a row with its help where they are few or there is room, else in columns
  /// with the help of the chosen one below.
  func rows(width: Int, height: Int, faint: Style = .faint) -> [Row] {
    guard height > 0, width > 0 else { return [] }
    let candidates = completion.candidates
    let hasHelp = candidates.contains { $0.summary != nil }
    let isList = hasHelp && (candidates.count <= min(12, height) || width < 40)
    return isList ? list(width: width, height: height, faint: faint) : grid(width: width, height: height, faint: faint)
  }

  private func style(_ index: Int) -> Style { index == selected ? Style(reversed: true) : .plain }

  private func list(width: Int, height: Int, faint: Style) -> [Row] {
    let candidates = completion.candidates
    let column = min(candidates.map(\.label.displayWidth).max() ?? 0, max(1, width / 2))
    let window = CandidateMenu.window(of: candidates.count, around: selected ?? 0, size: height)
    return window.map { index in
      let label = candidates[index].label.cut(to: column).padded(to: column)
      let row = Row(label, style: style(index), width: width)
      guard let summary = candidates[index].summary, width > column + 4 else { return row }
      return row + Row("  ") + Row(summary.cut(to: width - column - 2), style: faint, width: width - column - 2)
    }
  }

  private func grid(width: Int, height: Int, faint: Style) -> [Row] {
    let candidates = completion.candidates
    let cell = min(width, (candidates.map(\.label.displayWidth).max() ?? 0) + 2)
    let perRow = max(1, width / max(1, cell))
    let lines = (candidates.count + perRow - 1) / perRow
    // The last row is kept for the help of the chosen one, or for the number of those that have no room.
    let hasHelp = candidates.contains { $0.summary != nil }
    let needsNote = height > 1 && (hasHelp || lines > height)
    let room = needsNote ? height - 1 : height
    let window = CandidateMenu.window(of: lines, around: (selected ?? 0) / perRow, size: room)
    var rows = window.map { line in
      var row = Row()
      for index in line * perRow..<min((line + 1) * perRow, candidates.count) {
        let label = candidates[index].label.cut(to: max(1, cell - (perRow > 1 ? 2 : 0)))
        row += Row(label, style: style(index), width: width)
        if index + 1 < min((line + 1) * perRow, candidates.count) {
          row += Row(String(repeating: " ", count: max(0, cell - label.displayWidth)))
        }
      }
      return row
    }
    if needsNote {
      let hidden = candidates.count - min(candidates.count, window.count * perRow)
      let note = selected.flatMap { candidates[$0].summary } ?? (hidden > 0 ? "… and \(hidden) more" : "")
      rows.append(Row(note.cut(to: width), style: faint, width: width))
    }
    return rows
  }

  /// Which of `count` rows are seen.
  private static func window(of count: Int, around place: Int, size: Int) -> Range<Int> {
    guard count > size, size > 0 else { return 0..<min(count, max(0, size)) }
    let start = min(max(0, place - size / 2), count - size)
    return start..<start + size
  }
}
