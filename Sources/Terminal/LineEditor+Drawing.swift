import Base

/// What is seen while an entry is typed.
extension LineEditor {
  private var hasColors: Bool { screen.colorDepth > .none }

  /// Shows the entry as it is now, and below it what belongs to it.
  func draw() {
    if let engine { text = entry(of: engine) }
    let layout = layout(of: text, suggestion: suggestion, marksBrackets: true)
    // The rows below the entry may take half of the screen, more where the entry leaves it.
    let height = max(1, size.rows)
    let wanted = extraRows(width: size.columns, height: max(height / 2, height - layout.rows.count))
    let entryHeight = max(1, min(layout.rows.count, height - min(wanted.count, height - 1)))
    let extra = wanted.prefix(height - entryHeight)
    let cursorRow = layout.cursor.row
    topRow = min(max(0, min(topRow, cursorRow)), max(0, layout.rows.count - entryHeight))
    if cursorRow >= topRow + entryHeight { topRow = cursorRow - entryHeight + 1 }
    var rows = Array(layout.rows[topRow..<topRow + entryHeight])
    if layout.margin >= 2, rows.count > 1 {
      if topRow > 0 { LineEditor.mark("↑", &rows[0]) }
      if topRow + entryHeight < layout.rows.count { LineEditor.mark("↓", &rows[rows.count - 1]) }
    }
    write(display.show(rows + extra, cursor: (cursorRow - topRow, layout.cursor.column), width: size.columns))
  }

  /// Marks in the margin that the entry goes on beyond the rows that are seen.
  private static func mark(_ arrow: String, _ row: inout Row) {
    guard let first = row.first, first.text == " ", row.count > 1, row[1].text == " " else { return }
    row[0] = Cell(arrow, style: .faint)
  }

  func layout(of text: EditedText, suggestion: String, marksBrackets: Bool) -> EntryLayout {
    var styles = styles(of: text)
    if marksBrackets, hasColors {
      for offset in language.brackets(text.text, text.utf8Cursor) {
        let place = text.place(ofUTF8: offset)
        if styles.indices.contains(place) { styles[place] = Style(.cyan, bold: true, underlined: true) }
      }
    }
    if let match = search?.match {
      for place in match where styles.indices.contains(place) { styles[place].isUnderlined = true }
    }
    if let problem, problem.text == text.text {
      let places =
        text.place(
          ofUTF8: problem.range.lowerBound)..<max(
          text.place(ofUTF8: problem.range.lowerBound) + 1, text.place(ofUTF8: problem.range.upperBound))
      for place in places where styles.indices.contains(place) {
        styles[place].isUnderlined = true
        if hasColors { styles[place].color = .red }
      }
    }
    let more = Array(suggestion)
    styles += Array(repeating: Style.faint, count: more.count)
    return EntryLayout(
      prompt: Row(prompt, style: hasColors ? Style(.cyan, bold: true) : .plain), characters: text.characters + more,
      styles: styles,
      cursor: text.cursor, width: size.columns)
  }

  /// The looks by the lexer's word, kept while the text stays.
  private func styles(of text: EditedText) -> [Style] {
    if let painted, painted.text == text.characters { return painted.styles }
    var styles = [Style](repeating: .plain, count: text.characters.count)
    // Beyond the size of any entry a person types, each key would be slow.
    if hasColors, text.characters.count <= 20_000 {
      let parts = language.paint(text.text)
      var (offset, part) = (0, 0)
      for (place, character) in text.characters.enumerated() {
        while part < parts.count, parts[part].range.upperBound <= offset { part += 1 }
        if part < parts.count, parts[part].range.contains(offset) { styles[place] = parts[part].style }
        offset += character.utf8.count
      }
    }
    painted = (text.characters, styles)
    return styles
  }

  /// What the latest entry that begins with this one goes on with: shown faintly behind the cursor.
  var suggestion: String {
    guard hasColors, text.isAtEnd, menu == nil, search == nil else { return "" }
    let typed = text.text
    if let suggested, suggested.text == typed { return suggested.rest }
    let isWorth = typed.contains { !$0.isWhitespace } && typed.utf8.count < 1000
    let entries = history.entries + (language.expected().map { [$0] } ?? [])
    let found = isWorth ? entries.last { $0.utf8.count > typed.utf8.count && $0.hasPrefix(typed) } : nil
    let rest = found.map { String($0.dropFirst(typed.count)) } ?? ""
    suggested = (typed, rest)
    return rest
  }

  /// The candidates, the search or a word to the person.
  private func extraRows(width: Int, height: Int) -> [Row] {
    let faint = hasColors ? Style.faint : .plain
    if let menu { return menu.rows(width: width, height: min(height, 16), faint: faint) }
    if let search { return [Row(search.status, style: faint, width: width)] }
    if let notice { return [Row(notice, style: faint, width: width)] }
    if let problem, problem.text == text.text {
      return [Row(problem.title, style: hasColors ? Style(.red) : .plain, width: width)]
    }
    return []
  }

  /// Once the person pauses: what is certainly wrong is underlined.
  func lookForProblems() {
    hasLookedForProblems = true
    let whole = text.text
    guard menu == nil, search == nil, !text.isEmpty, text.characters.count <= 20_000 else { return }
    problem = language.problem(whole).map { (whole, $0.range, $0.title) }
  }
}
