import Base
import CEdit
import Glibc

/// libedit: it finds the command of each key, in the maps of emacs and vi and those of `~/.editrc`, and knows vi's operators and registers. Its
/// buffer holds the entry as one line, in which U+0085 stands for a line break: so nothing that it draws is ever taller than the screen that it
/// believes in, which is where it cannot draw.
extension LineEditor {
  private static let lineBreak: Unicode.Scalar = "\u{85}"
  /// The most characters an entry may have.
  static let longestEntry = 400_000

  /// libedit is touched at the first entry only: a script never pays for it.
  func started() -> OpaquePointer? {
    if let engine { return engine }
    // What libedit takes for a letter hangs on the locale; ours is always UTF-8.
    setlocale(LC_CTYPE, "C.UTF-8")
    guard let nowhere = nowhere ?? fopen("/dev/null", "w") else { return nil }
    self.nowhere = nowhere
    guard let engine = gan_edit_start("gan", nowhere) else { return nil }
    self.engine = engine
    gan_edit_set_owner(engine, Unmanaged.passUnretained(self).toOpaque())
    gan_edit_set_editor(engine, "emacs")
    emptyHistory = history_init()
    if let emptyHistory { gan_edit_use_history(engine, emptyHistory) }
    gan_edit_set_reader(engine) { engine, character in
      LineEditor.owner(of: engine)?.nextCharacter(into: character) ?? -1
    }
    // Ctrl-S searches, and Ctrl-C and Ctrl-Z are keys like others: the terminal would throw away what was typed before them.
    gan_edit_set_mode(engine, "-ixon")
    gan_edit_set_mode(engine, "-isig")
    addCommands(engine)
    // It says whose keys they are, which forgets all others; what else it says goes before what we say.
    el_source(engine, nil)
    bindKeys(engine)
    obeySettings(engine)
    input.isVi = isVi
    input.willWait = { [unowned self] in self.draw() }
    input.respond = { [unowned self] in self.respond(to: $0) }
    return engine
  }

  /// Obeys `~/.editrc`, and leaves to libedit the sequences of keys that are bound there.
  private func obeySettings(_ engine: OpaquePointer) {
    let path = Screen.environment("EDITRC") ?? (Screen.environment("HOME") ?? "") + "/.editrc"
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_size < 1 << 20,
      let settings = try? Descriptor.text(of: path)
    else { return }
    for line in settings.split(whereSeparator: \.isNewline) where !line.drop(while: \.isWhitespace).hasPrefix("#") {
      gan_edit_obey(engine, String(line))
    }
    input.isOwn = { sequence in
      ["\\e", "\\E", "^[", "\\033", "\u{1B}"].contains { settings.contains($0 + sequence) }
    }
  }

  static func owner(of engine: OpaquePointer?) -> LineEditor? {
    guard let engine, let pointer = gan_edit_owner(engine) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(pointer).takeUnretainedValue()
  }

  // MARK: The buffer

  /// The entry as libedit has it.
  func entry(of engine: OpaquePointer) -> EditedText {
    guard let line = el_wline(engine)?.pointee, let start = line.buffer, let end = line.lastchar, let cursor = line.cursor
    else { return EditedText() }
    let scalars = UnsafeBufferPointer(start: start, count: max(0, end - start)).map { character in
      let scalar = Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
      return scalar == LineEditor.lineBreak || scalar == "\r" ? "\n" : scalar
    }
    return EditedText(scalars: scalars, cursor: min(max(0, cursor - start), scalars.count))
  }

  /// Gives libedit an entry in place of the one that it has.
  func put(_ text: EditedText, into engine: OpaquePointer) {
    guard let line = el_wline(engine)?.pointee, let start = line.buffer, let cursor = line.cursor, let end = line.lastchar else {
      return
    }
    var characters = text.text.unicodeScalars.prefix(LineEditor.longestEntry).map { scalar in
      wchar_t(bitPattern: (scalar == "\n" ? LineEditor.lineBreak : scalar == "\0" ? "\u{FFFD}" : scalar).value)
    }
    if characters.isEmpty {
      // It does not take an empty text.
      guard end > start else { return }
      el_wreplacestr(engine, [0x20, 0])
      el_cursor(engine, Int32(clamping: end - start + 1))
      el_deletestr(engine, 1)
      return
    }
    let target = min(text.scalarCursor, characters.count)
    characters.append(0)
    let before = min(cursor - start, characters.count - 1)
    el_wreplacestr(engine, characters)
    el_cursor(engine, Int32(clamping: target - before))
  }

  /// Lets libedit believe in a screen on which the entry is one row, with the most that one key can add: what was killed before, or a
  /// character repeated. A character takes eight columns at most.
  func makeRoom(_ engine: OpaquePointer) {
    guard let line = el_wline(engine)?.pointee, let start = line.buffer, let end = line.lastchar else { return }
    mostCharacters = max(mostCharacters, end - start)
    let columns = 8 * (end - start + mostCharacters + 2048)
    guard columns > engineColumns else { return }
    engineColumns = min(columns + columns / 2, 9_999_999)
    gan_edit_set_size(engine, "3", "\(engineColumns)")
    redraw(engine)
  }

  /// libedit takes the cursor from the end of the entry in vi's command mode, where the last line may be empty.
  private func redraw(_ engine: OpaquePointer) {
    guard let line = el_wline(engine)?.pointee, let cursor = line.cursor else { return gan_edit_redraw(engine) }
    gan_edit_redraw(engine)
    guard let after = el_wline(engine)?.pointee.cursor, after != cursor else { return }
    el_cursor(engine, Int32(clamping: cursor - after))
  }

  /// Some commands of vi's leave libedit's cursor before the line's beginning: what it inserts next would stand outside of its buffer.
  private func keepCursorInside(_ engine: OpaquePointer) {
    guard let line = el_wline(engine)?.pointee, let start = line.buffer, let cursor = line.cursor, cursor < start else { return }
    el_cursor(engine, Int32(clamping: start - cursor))
  }

  // MARK: Keys

  /// Gives libedit the next character. 0 at the end of the input, or where the entry has ended.
  private func nextCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    guard let engine else { return -1 }
    func give(_ scalar: UInt32) -> Int32 {
      character?.pointee = wchar_t(bitPattern: scalar)
      return 1
    }
    while outcome == nil {
      keepCursorInside(engine)
      makeRoom(engine)
      text = entry(of: engine)
      if menu == nil, search == nil { undo.note(text) }
      let event = input.next(pause: hasLookedForProblems ? nil : 500)
      if event == .pause {
        lookForProblems()
        continue
      }
      hasLookedForProblems = false
      notice = nil
      if isLiteral {
        isLiteral = false
        if case .character(let scalar) = event, scalar == "\t" || scalar.value >= 0x20 && scalar.value != 0x7F {
          var new = text
          new.insert(String(Character(scalar)))
          replace(with: new, engine)
          continue
        }
      }
      if takesForMenu(event, engine) || takesForSearch(event, engine) { continue }
      switch event {
      case .pause: continue
      case .end: return 0
      case .interrupt:
        outcome = .interrupted
        return 0
      case .paste(let pasted):
        paste(pasted, engine)
        continue
      case .escape:
        return give(0x1B)
      case .key(let key):
        return give(key.rawValue)
      case .character("\u{1B}") where isVi:
        return give(Key.escape.rawValue)
      case .character(let scalar) where isVi && vi.isCommanding && !scalar.isASCII:
        foreignKey = scalar
        return give(Key.foreign.rawValue)
      case .character(let scalar):
        guard !isTooManyDigits(scalar) else { continue }
        return give(scalar.value)
      }
    }
    return 0
  }

  /// A number before a command repeats it; more than three digits are nobody's wish, and would fill the memory.
  private func isTooManyDigits(_ scalar: Unicode.Scalar) -> Bool {
    let isDigit = ("0"..."9").contains(scalar)
    defer { isAfterEscape = scalar == "\u{1B}" }
    if scalar == "\u{1B}" { return false }
    guard isDigit, !isVi, isAfterEscape || argumentDigits > 0 else {
      argumentDigits = 0
      return false
    }
    argumentDigits += 1
    return argumentDigits > 3
  }

  /// Puts a changed entry into libedit while it waits for a key.
  func replace(with new: EditedText, _ engine: OpaquePointer) {
    put(new, into: engine)
    makeRoom(engine)
    redraw(engine)
    text = entry(of: engine)
  }

  private func paste(_ pasted: String, _ engine: OpaquePointer) {
    let plain = PastedText.plain(pasted)
    let clean = PastedText.withoutPrompts(
      plain, prompt: prompt, continuations: ["… ", ". ", "... "]
    ) { [language] in language.need($0) != .nothing }
    guard text.characters.count + clean.count <= LineEditor.longestEntry else {
      notice = "the pasted text is too long for an entry; write it to a file, and run that"
      return
    }
    var new = text
    new.insert(clean)
    replace(with: new, engine)
    recall = nil
  }

  // MARK: Signals

  /// What a signal asks for while an entry is being typed.
  func respond(to signal: Int32) {
    guard let engine else { return }
    if signal == SIGWINCH {
      measure()
      write(display.erase(width: size.columns, reflows: LineEditor.reflows))
      draw()
    } else if signal == SIGTSTP {
      aside(engine) { Signals.suspend() }
    }
  }

  /// Gives the terminal to others for a while, below the entry, and draws it anew.
  func aside(_ engine: OpaquePointer, _ others: () -> Void) {
    write(display.leave() + LineEditor.pasteMarks(on: false))
    gan_edit_set_raw(engine, 0)
    others()
    gan_edit_set_raw(engine, 1)
    write(LineEditor.pasteMarks(on: true))
    measure()
    display.forget()
    draw()
  }

  /// Whether the terminal breaks its rows anew when it becomes narrower: most do, xterm and the console do not.
  private static let reflows: Bool =
    Screen.environment("XTERM_VERSION") == nil && !["linux", "vt100", "vt220"].contains(Screen.environment("TERM") ?? "")
}
