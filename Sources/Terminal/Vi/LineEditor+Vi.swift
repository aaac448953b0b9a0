import CEdit

/// vi's keys: libedit finds the command of a key and knows whether text is typed; what the commands do is ours, as they are to know lines.
extension LineEditor {
  func addViCommands(_ add: (String, String, @escaping gan_edit_command_function) -> Void) {
    add("gan-vi-key", "A key of vi's command mode") { engine, key in
      LineEditor.run(engine, key, "") { owner, engine, key in
        let typed = owner.foreignKey ?? Unicode.Scalar(UInt32(bitPattern: key)) ?? " "
        owner.foreignKey = nil
        owner.takeViKey(Character(typed), engine)
      }
    }
    add("gan-vi-escape", "From typing to vi's command mode") { engine, _ in
      LineEditor.run(engine, "") { owner, engine in
        let wasTyping = !owner.vi.isCommanding
        LineEditor.edit(owner, engine) { owner.vi.escape(&$0) }
        owner.undo.endGroup()
        // Its own command of this name moves the cursor, beyond the line's beginning too.
        if wasTyping { owner.pushKeys(engine, Key.commandMode.text + Key.placeCursor.text) }
        owner.cursorToKeep = owner.text
      }
    }
    add("gan-vi-place-cursor", "Put the cursor where it was before a command of libedit's") { engine, _ in
      LineEditor.run(engine, "") { owner, engine in
        owner.step(engine, owner.cursorToKeep)
        owner.cursorToKeep = nil
      }
    }
  }

  func bindViKeys(_ engine: OpaquePointer) {
    for scalar in UInt32(0x20)...0x7E { bindViCommand(engine, scalar) }
    for scalar in [Key.foreign.rawValue, Key.escape.rawValue, 0x08, 0x7F] { bindViCommand(engine, scalar) }
    gan_edit_bind(engine, Key.escape.name, "gan-vi-escape")
    for (key, command) in [
      ("^A", "gan-home"), ("^E", "gan-end"), ("^K", "gan-kill-line"), ("^U", "gan-kill-line-back"),
      ("^W", "gan-kill-blank-word-back"), ("^Y", "gan-yank"),
    ] {
      gan_edit_bind(engine, key, command)
      gan_edit_bind_alternative(engine, key, command)
    }
    gan_edit_bind(engine, "^X^E", "gan-editor")
  }

  private func bindViCommand(_ engine: OpaquePointer, _ scalar: UInt32) {
    gan_edit_bind_alternative(
      engine, "\\" + String(repeating: "0", count: scalar < 0o100 ? 1 : 0) + String(scalar, radix: 8), "gan-vi-key")
  }

  private func pushKeys(_ engine: OpaquePointer, _ text: String) {
    var characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    characters.append(0)
    el_wpush(engine, characters)
  }

  private func takeViKey(_ key: Character, _ engine: OpaquePointer) {
    if key == Key.escape.text.first { return change(engine) { vi.escape(&$0) } }
    if vi.register != killed { (vi.register, vi.registerIsLines) = (killed, false) }
    let before = text
    var effect = ViMode.Effect.nothing
    change(engine) { effect = vi.take(key, &$0) }
    killed = vi.register
    switch effect {
    case .nothing, .waits: break
    case .refused(let reason): notice = reason
    case .olderEntry: recall(engine, earlier: true)
    case .newerEntry: recall(engine, earlier: false)
    case .searchBack: beginSearch(engine, backward: true)
    case .searchOn: beginSearch(engine, backward: false)
    case .undo: step(engine, undo.undo())
    case .redo: step(engine, undo.redo())
    case .editor: editOutside(engine)
    case .insertLine:
      newline(engine)
      beginTyping(engine, from: before, overwrites: false)
    case .insert(let overwrites): beginTyping(engine, from: before, overwrites: overwrites)
    }
    if vi.isCommanding { change(engine) { vi.settle(&$0) } }
  }

  /// What the command changed and what is typed until Escape are taken back as one.
  private func beginTyping(_ engine: OpaquePointer, from before: EditedText, overwrites: Bool) {
    undo.beginGroup()
    cursorToKeep = text
    pushKeys(engine, (overwrites ? Key.replaceMode : Key.insertMode).text + Key.placeCursor.text)
  }
}
