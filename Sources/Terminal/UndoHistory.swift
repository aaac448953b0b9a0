/// The states of an entry between which undo and redo go: what is typed in one go is one step.
struct UndoHistory {
  private var past: [EditedText] = []
  private var future: [EditedText] = []
  /// The state that was seen last.
  private var present = EditedText()
  /// Whether the last change was a character typed behind the one before.
  private var isTyping = false
  /// Whether changes are one step until the end of their group, and whether it has begun to change something.
  private var isGroup = false
  private var hasChangedInGroup = false
  private let limit = 200

  init(_ start: EditedText = EditedText()) { present = start }

  /// Takes in the state after a key.
  mutating func note(_ state: EditedText) {
    guard state.characters != present.characters else {
      isTyping = isTyping && state.cursor == present.cursor
      present = state
      return
    }
    let isOneMore =
      state.characters.count == present.characters.count + 1 && state.cursor == present.cursor + 1
      && !(state.cursor > 0 && state.characters[state.cursor - 1].isWhitespace)
    if isGroup ? !hasChangedInGroup : !(isOneMore && isTyping) {
      past.append(present)
      if past.count > limit { past.removeFirst() }
    }
    hasChangedInGroup = true
    isTyping = isOneMore && !isGroup
    future.removeAll()
    present = state
  }

  /// What changes from now on is one step, up to `endGroup`.
  mutating func beginGroup() { (isGroup, hasChangedInGroup) = (true, false) }

  mutating func endGroup() { (isGroup, isTyping) = (false, false) }

  mutating func undo() -> EditedText? { step(from: \.past, to: \.future) }

  mutating func redo() -> EditedText? { step(from: \.future, to: \.past) }

  private mutating func step(
    from: WritableKeyPath<UndoHistory, [EditedText]>, to: WritableKeyPath<UndoHistory, [EditedText]>
  ) -> EditedText? {
    guard let state = self[keyPath: from].popLast() else { return nil }
    self[keyPath: to].append(present)
    present = state
    (isTyping, hasChangedInGroup) = (false, false)
    return state
  }
}
