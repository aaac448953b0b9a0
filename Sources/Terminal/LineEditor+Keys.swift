import CEdit

/// The commands that are ours, by the names that `~/.editrc` may bind keys to, and the keys that have them from the start.
extension LineEditor {
  private typealias Function = gan_edit_command_function

  func addCommands(_ engine: OpaquePointer) {
    func add(_ name: String, _ help: String, _ function: @escaping Function) {
      gan_edit_add_command(engine, name, help, function)
    }
    add("gan-enter", "Run the entry, or go on in a new line") { engine, _ in LineEditor.run(engine, "gan-enter") { $0.enter($1) }
    }
    add("gan-newline", "Begin a new line in the entry") { engine, _ in LineEditor.run(engine, "gan-newline") { $0.newline($1) } }
    add("gan-complete", "Complete what stands at the cursor") { engine, _ in
      LineEditor.run(engine, "gan-complete") { $0.complete($1, step: 1) }
    }
    add("gan-complete-back", "Complete, from the last candidate back") { engine, _ in
      LineEditor.run(engine, "gan-complete") { $0.complete($1, step: -1) }
    }
    add("gan-end-of-input", "Delete to the right; end where there is nothing") { engine, _ in
      LineEditor.run(engine, "") { $0.deleteOrEnd($1) }
    }
    add("gan-delete", "Delete to the right") { engine, _ in LineEditor.run(engine, "") { $0.deleteForward($1) } }
    add("gan-backspace", "Delete to the left, in an indentation one step") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { _ = $0.deleteBackward() } }
    }
    add("gan-close", "A closing bracket, one step further left where it begins a line") { engine, key in
      LineEditor.run(engine, key, "") { owner, engine, key in
        guard let bracket = Unicode.Scalar(UInt32(bitPattern: key)) else { return }
        LineEditor.edit(owner, engine) { $0.close(with: Character(bracket)) }
      }
    }
    addMoves(add)
    addKills(add)
    add("gan-undo", "Take back the last change") { engine, _ in LineEditor.run(engine, "gan-undo") { $0.step($1, $0.undo.undo()) }
    }
    add("gan-redo", "Make a change again that was taken back") { engine, _ in
      LineEditor.run(engine, "gan-redo") { $0.step($1, $0.undo.redo()) }
    }
    add("gan-last-word", "The last word of the entry before; again: of the one before that") { engine, _ in
      LineEditor.run(engine, "gan-last-word") { $0.insertLastWord($1) }
    }
    add("gan-search-back", "Search earlier entries as one types") { engine, _ in
      LineEditor.run(engine, "") { $0.beginSearch($1, backward: true) }
    }
    add("gan-search-on", "Search later entries as one types") { engine, _ in
      LineEditor.run(engine, "") { $0.beginSearch($1, backward: false) }
    }
    add("gan-clear", "Clear the screen") { engine, _ in LineEditor.run(engine, "") { owner, _ in owner.clearScreen() } }
    add("gan-editor", "Edit the entry with the program that EDITOR names") { engine, _ in
      LineEditor.run(engine, "") { $0.editOutside($1) }
    }
    add("gan-interrupt", "Throw the entry away") { engine, _ in
      LineEditor.run(engine, "") { owner, _ in owner.outcome = .interrupted }
    }
    add("gan-suspend", "Stop the program, until it is continued") { engine, _ in
      LineEditor.run(engine, "") { $0.aside($1) { Signals.suspend() } }
    }
    add("gan-nothing", "A key that does nothing") { engine, _ in LineEditor.run(engine, "") { _, _ in } }
    add("gan-literal", "The next key is text") { engine, _ in
      LineEditor.run(engine, "") { owner, _ in owner.isLiteral = true }
    }
    addViCommands(add)
  }

  private func addMoves(_ add: (String, String, @escaping Function) -> Void) {
    add("gan-up", "One line up, or the entry before") { engine, _ in
      LineEditor.run(engine, "gan-history") { $0.moveLine($1, up: true) }
    }
    add("gan-down", "One line down, or the entry after") { engine, _ in
      LineEditor.run(engine, "gan-history") { $0.moveLine($1, up: false) }
    }
    add("gan-older", "The entry before") { engine, _ in LineEditor.run(engine, "gan-history") { $0.recall($1, earlier: true) } }
    add("gan-newer", "The entry after") { engine, _ in LineEditor.run(engine, "gan-history") { $0.recall($1, earlier: false) } }
    add("gan-left", "One character left") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { $0.move(to: $0.cursor - 1) } }
    }
    add("gan-right", "One character right, or take what is suggested") { engine, _ in
      LineEditor.run(engine, "") { $0.moveRight($1) }
    }
    add("gan-home", "To the beginning of the line, then of the entry") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { $0.moveHome() } }
    }
    add("gan-end", "To the end of the line, then of the entry; or take what is suggested") { engine, _ in
      LineEditor.run(engine, "") { $0.moveEnd($1) }
    }
    add("gan-first", "To the beginning of the entry") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { $0.move(to: 0) } }
    }
    add("gan-last", "To the end of the entry") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { $0.move(to: $0.characters.count) } }
    }
    add("gan-word-left", "One word left") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { $0.move(to: $0.wordStart()) } }
    }
    add("gan-word-right", "One word right, or take a word of what is suggested") { engine, _ in
      LineEditor.run(engine, "") { $0.moveWordRight($1) }
    }
  }

  private func addKills(_ add: (String, String, @escaping Function) -> Void) {
    add("gan-kill-line", "Take out the rest of the line") { engine, _ in
      LineEditor.run(engine, "gan-kill") { $0.kill($1, isForward: true) { $0.killToLineEnd() } }
    }
    add("gan-kill-line-back", "Take out the line left of the cursor") { engine, _ in
      LineEditor.run(engine, "gan-kill") { $0.kill($1, isForward: false) { $0.killToLineStart() } }
    }
    add("gan-kill-word", "Take out a word to the right") { engine, _ in
      LineEditor.run(engine, "gan-kill") { $0.kill($1, isForward: true) { $0.delete($0.cursor..<$0.wordEnd()) } }
    }
    add("gan-kill-word-back", "Take out a word to the left") { engine, _ in
      LineEditor.run(engine, "gan-kill") { $0.kill($1, isForward: false) { $0.delete($0.wordStart()..<$0.cursor) } }
    }
    add("gan-kill-blank-word-back", "Take out what stands between blanks to the left") { engine, _ in
      LineEditor.run(engine, "gan-kill") {
        $0.kill($1, isForward: false) { $0.delete($0.wordStart(isPart: EditedText.isBigWord)..<$0.cursor) }
      }
    }
    add("gan-yank", "Put in what was taken out last") { engine, _ in
      LineEditor.run(engine, "") { owner, engine in LineEditor.edit(owner, engine) { $0.insert(owner.killed) } }
    }
    add("gan-transpose", "Exchange two characters") { engine, _ in
      LineEditor.run(engine, "") { LineEditor.edit($0, $1) { _ = $0.transpose() } }
    }
  }

  func bindKeys(_ engine: OpaquePointer) {
    isVi = gan_edit_is_vi(engine) != 0
    takeAway(engine)
    for key in Key.allCases {
      gan_edit_bind(engine, key.name, key.command)
      if isVi { gan_edit_bind_alternative(engine, key.name, key.command) }
    }
    let everywhere = [
      ("^M", "gan-enter"), ("^J", "gan-enter"), ("^C", "gan-interrupt"), ("^D", "gan-end-of-input"), ("^L", "gan-clear"),
      ("^N", "gan-down"), ("^P", "gan-up"), ("^R", "gan-search-back"), ("^S", "gan-search-on"), ("^_", "gan-undo"),
      ("^Z", "gan-suspend"), ("^V", "gan-literal"),
      ("^?", "gan-backspace"), ("^H", "gan-backspace"),
    ]
    for (key, command) in everywhere {
      gan_edit_bind(engine, key, command)
      if isVi { gan_edit_bind_alternative(engine, key, command) }
    }
    for (key, command) in [
      ("^I", "gan-complete"), ("^W", "gan-kill-blank-word-back"), ("^U", "gan-kill-line-back"), ("}", "gan-close"),
      (")", "gan-close"), ("]", "gan-close"),
    ] {
      gan_edit_bind(engine, key, command)
    }
    if isVi { return bindViKeys(engine) }
    for (key, command) in [
      ("^A", "gan-home"), ("^B", "gan-left"), ("^E", "gan-end"), ("^F", "gan-right"), ("^K", "gan-kill-line"),
      ("^T", "gan-transpose"),
      ("^Y", "gan-yank"), ("^X^E", "gan-editor"), ("^X^U", "gan-undo"), ("\\eb", "gan-word-left"), ("\\eB", "gan-word-left"),
      ("\\ef", "gan-word-right"), ("\\eF", "gan-word-right"), ("\\ed", "gan-kill-word"), ("\\eD", "gan-kill-word"),
      ("\\e^?", "gan-kill-word-back"), ("\\e^H", "gan-kill-word-back"), ("\\e.", "gan-last-word"), ("\\e_", "gan-redo"),
      ("\\eP", "gan-older"), ("\\eN", "gan-newer"), ("\\e^L", "gan-clear"), ("\\e<", "gan-first"), ("\\e>", "gan-last"),
      ("\\ep", "gan-older"), ("\\en", "gan-newer"), ("\\e/", "gan-complete"),
    ] {
      gan_edit_bind(engine, key, command)
    }
  }

  /// Takes away what libedit's keys do that is not for us: it would ask for a command at a prompt of its own, set the terminal's modes, read the
  /// keys that follow, look for entries in a history that is not the one in use, or copy from marks that it keeps into a text that has changed
  /// since. Control characters are no text.
  private func takeAway(_ engine: OpaquePointer) {
    for scalar in UInt32(0)..<0x20 where scalar != 0x1B && scalar != 0x18 {
      let key = "\\" + String(scalar + 0o1000, radix: 8).dropFirst()
      gan_edit_bind(engine, key, "gan-nothing")
      if isVi { gan_edit_bind_alternative(engine, key, "gan-nothing") }
    }
    if isVi {
      for key in ["^X", "^?"] { gan_edit_bind(engine, key, "gan-nothing") }
      for key in ["^X", "^[", "[", "O"] { gan_edit_bind_alternative(engine, key, "gan-nothing") }
    } else {
      for key in ["x", "X", "n", "N", "p", "P", "w", "W", "^L"] { gan_edit_bind(engine, "\\e" + key, "gan-nothing") }
      gan_edit_bind(engine, "^X^X", "gan-nothing")
    }
  }

  // MARK: Running a command

  /// Runs a command on the entry that libedit has. Commands with the same name in a row can go on with one another.
  static func run(
    _ engine: OpaquePointer?, _ name: String, _ body: (LineEditor, OpaquePointer) -> Void
  ) -> UInt8 {
    run(engine, 0, name) { owner, engine, _ in body(owner, engine) }
  }

  static func run(
    _ engine: OpaquePointer?, _ key: Int32, _ name: String, _ body: (LineEditor, OpaquePointer, Int32) -> Void
  ) -> UInt8 {
    guard let engine, let owner = owner(of: engine) else { return UInt8(truncatingIfNeeded: CC_EOF) }
    owner.text = owner.entry(of: engine)
    owner.currentCommand = name
    body(owner, engine, key)
    owner.previousCommand = name
    if owner.isVi, owner.vi.isCommanding { edit(owner, engine) { owner.vi.settle(&$0) } }
    owner.makeRoom(engine)
    // What libedit would draw nobody sees; and it would move the cursor in vi's command mode.
    return UInt8(truncatingIfNeeded: owner.outcome == nil ? CC_NORM : CC_EOF)
  }

  /// Changes the entry.
  static func edit(_ owner: LineEditor, _ engine: OpaquePointer, _ change: (inout EditedText) -> Void) {
    var text = owner.text
    change(&text)
    guard text != owner.text else { return }
    guard text.characters.count <= longestEntry else { return }
    owner.put(text, into: engine)
    owner.text = text
  }
}
