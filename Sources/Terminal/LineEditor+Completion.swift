import Base
import CEdit

/// Completion, and the search through the history: while they are shown, keys are theirs first.
extension LineEditor {
  /// What all candidates share is written; where that is nothing new they are shown, and the next Tab chooses among them.
  func complete(_ engine: OpaquePointer, step: Int) {
    if step > 0, text.hasLineAbove || text.cursor > 0, text.lineBefore.allSatisfy({ $0 == " " }), text.hasLineAbove {
      return change(engine) { $0.insert("  ") }
    }
    let completion = language.complete(text.text, text.utf8Cursor)
    guard let first = completion.candidates.first else {
      if !text.isEmpty { notice = "nothing to complete here" }
      return
    }
    if completion.candidates.count == 1 {
      let suffix = text.after.hasPrefix(completion.suffix) ? "" : completion.suffix
      return change(engine) { $0 = CandidateMenu.put(first.text + suffix, of: completion, into: $0) }
    }
    let typed = String(decoding: text.before.utf8.suffix(completion.replaced), as: UTF8.self)
    let shared = completion.commonPrefix(of: typed)
    guard shared.count > typed.count, shared.hasPrefix(typed) else {
      menu = CandidateMenu(completion, in: text)
      if step < 0 { moveMenu(by: -1, engine) }
      return
    }
    change(engine) { $0 = CandidateMenu.put(shared, of: completion, into: $0) }
  }

  private func moveMenu(by step: Int, _ engine: OpaquePointer) {
    guard var menu else { return }
    menu.move(by: step)
    self.menu = menu
    replace(with: menu.chosen, engine)
  }

  /// Tab and the arrows choose, Enter takes, Escape goes back; any other key takes what is chosen, and is then itself.
  func takesForMenu(_ event: KeyInput.Event, _ engine: OpaquePointer) -> Bool {
    guard let menu else { return false }
    switch event {
    case .character("\t"), .key(.down): moveMenu(by: 1, engine)
    case .key(.shiftTab), .key(.up): moveMenu(by: -1, engine)
    case .character("\u{1B}"), .character("\u{07}"):
      self.menu = nil
      replace(with: menu.original, engine)
    case .character("\r"), .character("\n"):
      self.menu = nil
      // Nothing was chosen: Enter is itself.
      return menu.selected != nil
    case .character, .key, .paste, .escape, .interrupt, .end, .pause:
      self.menu = nil
      return false
    }
    return true
  }

  // MARK: Search

  func beginSearch(_ engine: OpaquePointer, backward: Bool) {
    search = HistorySearch(history.entries, from: text, backward: backward)
  }

  /// Letters are searched for, Ctrl-R and Ctrl-S go on, Escape stays where it is, Ctrl-G goes back; any other key stays, and is then itself.
  func takesForSearch(_ event: KeyInput.Event, _ engine: OpaquePointer) -> Bool {
    guard var search else { return false }
    switch event {
    case .character("\u{12}"): search.next(backward: true, previous: lastQuery)
    case .character("\u{13}"): search.next(backward: false, previous: lastQuery)
    case .character("\u{7F}"), .character("\u{08}"): search.deleteLast()
    case .character("\u{07}"):
      self.search = nil
      replace(with: search.original, engine)
      return true
    case .character("\u{1B}"):
      endSearch(search)
      return true
    case .character(let scalar) where scalar.value >= 0x20: search.type(String(scalar))
    case .paste(let text): search.type(PastedText.plain(text).replacing("\n", with: " "))
    case .interrupt:
      self.search = nil
      replace(with: search.original, engine)
      return false
    case .character, .key, .escape, .end, .pause:
      endSearch(search)
      return false
    }
    self.search = search
    replace(with: search.found, engine)
    return true
  }

  private func endSearch(_ search: HistorySearch) {
    if !search.query.isEmpty { lastQuery = search.query }
    self.search = nil
  }
}
