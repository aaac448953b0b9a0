import CEdit

/// vi's commands as lines know them: libedit's own take the whole entry for one line. Those that an operator can stand before (`d$`, `c0`) are
/// written as motions over so many characters, which libedit then does with the operator and the register.
extension LineEditor {
  func addViCommands(_ add: (String, String, @escaping gan_edit_command_function) -> Void) {
    add("gan-vi-operator", "An operator of vi's; twice: the whole line") { engine, key in
      LineEditor.delegate(engine, key) { $0.viOperator(UInt32(bitPattern: key), $1) }
    }
    add("gan-vi-line", "An operator up to the end of the line, or on the whole line") { engine, key in
      LineEditor.delegate(engine, key) { $0.viRestOfLine(UInt32(bitPattern: key), $1) }
    }
    add("gan-vi-move", "A motion by characters or within the line") { engine, key in
      LineEditor.delegate(engine, key) { $0.viMove(UInt32(bitPattern: key), $1) }
    }
    add("gan-vi-insert", "Begin to insert at a line's end or beginning, or in a new line") { engine, key in
      LineEditor.run(engine, key, "") { owner, engine, key in owner.viInsert(UInt32(bitPattern: key), engine) }
    }
  }

  func bindViKeys(_ engine: OpaquePointer) {
    for (keys, command) in [
      ("dcy", "gan-vi-operator"), ("DCSY", "gan-vi-line"), ("hlxX0^$ ", "gan-vi-move"), ("AIoO", "gan-vi-insert"),
      ("j+", "gan-down"),
      ("k-", "gan-up"), ("/", "gan-search-back"), ("?", "gan-search-on"), ("n", "gan-search-back"), ("N", "gan-search-on"),
      ("u", "gan-undo"),
      ("U", "gan-redo"), ("v", "gan-editor"),
    ] {
      for key in keys { gan_edit_bind_alternative(engine, key == "^" ? "\\136" : String(key), command) }
    }
    gan_edit_bind(engine, "^A", "gan-home")
    gan_edit_bind(engine, "^E", "gan-end")
    gan_edit_bind(engine, "^K", "gan-kill-line")
    gan_edit_bind(engine, "^Y", "gan-yank")
    gan_edit_bind(engine, "^X^E", "gan-editor")
    // Escape and a key are two keys in vi; Alt with Enter and the arrows comes as keys of their own.
  }

  /// Runs a command that calls libedit's own by pushing keys: the number and the operator before it stay.
  private static func delegate(
    _ engine: OpaquePointer?, _ key: Int32, _ body: (LineEditor, OpaquePointer) -> Bool
  ) -> UInt8 {
    guard let engine, let owner = owner(of: engine) else { return UInt8(truncatingIfNeeded: CC_EOF) }
    owner.text = owner.entry(of: engine)
    owner.previousCommand = ""
    return UInt8(truncatingIfNeeded: body(owner, engine) ? CC_ARGHACK : CC_REFRESH)
  }

  private func push(_ engine: OpaquePointer, _ text: String) {
    var characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    characters.append(0)
    el_wpush(engine, characters)
  }

  /// Whether an operator waits for the key at hand.
  private var waitingOperator: UInt32? { viOperator.flatMap { $0.at == keyCount - 1 ? $0.key : nil } }

  private static func count(_ characters: ArraySlice<Character>) -> Int { characters.reduce(0) { $0 + $1.unicodeScalars.count } }

  /// So many characters in one direction, as libedit counts them.
  private func motion(to place: Int) -> String {
    let range = min(place, text.cursor)..<max(place, text.cursor)
    let count = LineEditor.count(text.characters[range])
    return count == 0 ? "" : "\(count)" + (place > text.cursor ? Key.nextCharacter : Key.previousCharacter).text
  }

  private static func key(of operation: UInt32) -> Key {
    switch operation {
    case UInt32(UInt8(ascii: "d")): .delete
    case UInt32(UInt8(ascii: "y")): .yank
    default: .change
    }
  }

  /// True where the operator now waits for a motion.
  private func viOperator(_ key: UInt32, _ engine: OpaquePointer) -> Bool {
    guard waitingOperator == key else {
      viOperator = (key, keyCount)
      push(engine, LineEditor.key(of: key).text)
      return true
    }
    viOperator = nil
    onWholeLine(key, engine)
    return false
  }

  private func onWholeLine(_ operation: UInt32, _ engine: OpaquePointer) {
    var (start, end) = (text.lineStart, text.lineEnd)
    if operation == UInt32(UInt8(ascii: "d")) {
      // With the break behind it, or that of the line before.
      if end < text.characters.count { end += 1 } else if start > 0 { start -= 1 }
    }
    change(engine) { $0.move(to: start) }
    let motion = motion(to: end)
    let isChange = LineEditor.key(of: operation) == .change
    if !motion.isEmpty {
      push(engine, LineEditor.key(of: operation).text + motion)
    } else if isChange {
      push(engine, Key.insertMode.text)
    }
  }

  private func viRestOfLine(_ key: UInt32, _ engine: OpaquePointer) -> Bool {
    viOperator = nil
    switch Unicode.Scalar(key) {
    case "S": onWholeLine(UInt32(UInt8(ascii: "c")), engine)
    case "Y": onWholeLine(UInt32(UInt8(ascii: "y")), engine)
    default:
      let motion = motion(to: text.lineEnd)
      let isChange = Unicode.Scalar(key) == "C"
      if !motion.isEmpty {
        push(engine, (isChange ? Key.change : Key.delete).text + motion)
      } else if isChange {
        push(engine, Key.insertMode.text)
      }
    }
    return false
  }

  private func viMove(_ key: UInt32, _ engine: OpaquePointer) -> Bool {
    let isWaiting = waitingOperator != nil
    if Unicode.Scalar(key) == "0", lastDigitAt == keyCount {
      push(engine, Key.zero.text)
      return true
    }
    viOperator = nil
    func go(to place: Int) -> Bool {
      if isWaiting {
        let motion = motion(to: place)
        guard !motion.isEmpty else { return false }
        push(engine, motion)
        return true
      }
      // Outside of an insertion the cursor stands on a character.
      change(engine) { $0.move(to: place == $0.lineEnd && place > $0.lineStart ? place - 1 : place) }
      return false
    }
    func step(_ command: Key, _ character: Int) -> Bool {
      let size = text.characters.indices.contains(character) ? text.characters[character].unicodeScalars.count : 1
      push(engine, (size > 1 ? "\(size)" : "") + command.text)
      return true
    }
    switch Unicode.Scalar(key) {
    case "0": return go(to: text.lineStart)
    case "^": return go(to: text.firstOfLine)
    case "$": return go(to: text.lineEnd)
    case "h": return text.cursor > text.lineStart ? step(.previousCharacter, text.cursor - 1) : false
    case "x": return text.cursor < text.lineEnd ? step(.cut, text.cursor) : false
    case "X": return text.cursor > text.lineStart ? step(.cutBefore, text.cursor - 1) : false
    default:
      let isLast = text.cursor + 1 >= text.lineEnd
      return text.cursor < text.lineEnd && (isWaiting || !isLast) ? step(.nextCharacter, text.cursor) : false
    }
  }

  private func viInsert(_ key: UInt32, _ engine: OpaquePointer) {
    viOperator = nil
    switch Unicode.Scalar(key) {
    case "A": change(engine) { $0.move(to: $0.lineEnd) }
    case "I": change(engine) { $0.move(to: $0.firstOfLine) }
    case "o":
      change(engine) { $0.move(to: $0.lineEnd) }
      newline(engine)
    default:
      change(engine) {
        $0.move(to: $0.lineStart)
        let indentation = String($0.characters[$0.lineStart..<$0.firstOfLine])
        $0.insert(indentation + "\n")
        $0.move(to: $0.cursor - 1)
      }
    }
    push(engine, Key.insertMode.text)
  }
}
