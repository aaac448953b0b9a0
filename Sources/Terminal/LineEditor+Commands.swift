import CEdit

/// What the keys do.
extension LineEditor {
  func change(_ engine: OpaquePointer, _ change: (inout EditedText) -> Void) { LineEditor.edit(self, engine, change) }

  // MARK: Lines

  /// Runs what is complete. In a line that is not the last one Enter makes another line: a block can be changed after it was finished.
  func enter(_ engine: OpaquePointer) {
    let isOpen = language.need(text.text) != .nothing
    guard isOpen || text.hasLineBelow || nextLineContinues else {
      outcome = .text(text.text)
      return
    }
    newline(engine)
  }

  func newline(_ engine: OpaquePointer) {
    var indentation = 0
    // Text that comes faster than it is typed has its own indentation.
    if !input.hasPending, case .more(let count) = language.need(text.before) { indentation = max(0, min(count, 40)) }
    change(engine) { text in
      text.insert("\n" + String(repeating: " ", count: indentation))
    }
  }

  func moveLine(_ engine: OpaquePointer, up: Bool) {
    if up ? text.hasLineAbove : text.hasLineBelow {
      change(engine) { _ = $0.moveLine(up: up) }
    } else {
      recall(engine, earlier: up)
    }
  }

  func moveRight(_ engine: OpaquePointer) {
    let rest = text.isAtEnd ? suggestion : ""
    change(engine) { if rest.isEmpty { $0.move(to: $0.cursor + 1) } else { $0.insert(rest) } }
  }

  func moveEnd(_ engine: OpaquePointer) {
    let rest = text.isAtEnd ? suggestion : ""
    change(engine) { if rest.isEmpty { $0.moveEnd() } else { $0.insert(rest) } }
  }

  func moveWordRight(_ engine: OpaquePointer) {
    let rest = text.isAtEnd ? suggestion : ""
    change(engine) { text in
      if rest.isEmpty { return text.move(to: text.wordEnd()) }
      let start = EditedText(rest, cursor: 0)
      text.insert(String(start.characters[..<max(1, start.wordEnd())]))
    }
  }

  // MARK: Deleting

  func deleteForward(_ engine: OpaquePointer) { change(engine) { $0.delete($0.cursor..<$0.cursor + 1) } }

  func deleteOrEnd(_ engine: OpaquePointer) {
    if text.isEmpty { outcome = .end } else { deleteForward(engine) }
  }

  /// Takes out what a command deletes; several in a row are put in again as one.
  func kill(_ engine: OpaquePointer, isForward: Bool, _ delete: (inout EditedText) -> String) {
    var gone = ""
    change(engine) { gone = delete(&$0) }
    guard !gone.isEmpty else { return }
    if previousCommand == "gan-kill" {
      killed = isForward ? killed + gone : gone + killed
    } else {
      killed = gone
    }
    if killed.utf8.count > LineEditor.longestEntry { killed = gone }
  }

  func step(_ engine: OpaquePointer, _ state: EditedText?) {
    guard let state else { return }
    put(state, into: engine)
    text = state
  }

  // MARK: Earlier entries

  /// The nearest entry, earlier or later, that begins with what was typed; below the latest one what was typed itself.
  func recall(_ engine: OpaquePointer, earlier: Bool) {
    let whole = text.text
    let entries = history.entries
    var recall = self.recall ?? Recall(typed: whole, place: entries.count, shown: whole)
    if recall.shown != whole { recall = Recall(typed: whole, place: entries.count, shown: whole) }
    let place =
      earlier
      ? entries[..<max(0, min(recall.place, entries.count))].lastIndex { $0.hasPrefix(recall.typed) && $0 != whole }
      : entries[min(recall.place + 1, entries.count)...].firstIndex { $0.hasPrefix(recall.typed) && $0 != whole }
    if let place {
      recall.place = place
      recall.shown = entries[place]
    } else {
      guard !earlier, recall.place < entries.count else { return }
      recall.place = entries.count
      recall.shown = recall.typed
    }
    self.recall = recall
    change(engine) { $0 = EditedText(recall.shown) }
  }

  /// The last word of the latest entry; again, in its place that of the entry before.
  func insertLastWord(_ engine: OpaquePointer) {
    let isAgain = previousCommand == "gan-last-word"
    let upper = isAgain ? lastWord?.entry ?? history.entries.count : history.entries.count
    guard let place = history.entries[..<max(0, min(upper, history.entries.count))].indices.last,
      let word = history.entries[place].split(whereSeparator: \.isWhitespace).last
    else { return }
    let range = isAgain ? lastWord?.range ?? text.cursor..<text.cursor : text.cursor..<text.cursor
    change(engine) { $0.replace(range, with: word) }
    lastWord = (place, range.lowerBound..<text.cursor)
  }

  // MARK: The screen

  func clearScreen() {
    write("\u{1B}[H\u{1B}[2J")
    display.forget()
    topRow = 0
  }

  /// Hands the entry to the person's own editor, and takes what it leaves.
  func editOutside(_ engine: OpaquePointer) {
    let whole = text.text
    var result: Result<String, ExternalEditor.Failure> = .success(whole)
    aside(engine) { result = ExternalEditor.edit(whole) }
    switch result {
    case .success(let text): change(engine) { $0 = EditedText(PastedText.plain(text)) }
    case .failure(let failure): notice = failure.reason
    }
  }
}
