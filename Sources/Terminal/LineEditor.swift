import Base
import CEdit
import Glibc

/// Reads entries of one or more lines from a person: on a terminal with libedit (emacs or vi keys, whatever `~/.editrc` says),
/// history, reverse search and completion; elsewhere, and on dumb terminals, line by line.
public final class LineEditor {
  /// How the reading of an entry ended.
  public enum Entry: Equatable, Sendable {
    case text(String)
    /// Ctrl-C: the entry was thrown away.
    case interrupted
    /// Ctrl-D on an empty line, or the end of the input.
    case end
  }

  /// What the text so far still needs.
  public enum Need: Equatable, Sendable {
    case nothing
    /// More lines; the next one begins with so many spaces.
    case more(indentation: Int)
  }

  /// A walk through the history.
  struct Recall {
    /// What was typed before the walk began: only entries that begin with it are shown.
    var typed: String
    var place: Int
    var shown: String
  }

  /// Printable ASCII or other characters of width 1.
  public var prompt: String
  /// Shown before the further lines of an entry where they are read one by one.
  public var continuationPrompt: String
  /// What could stand at the cursor (an offset into the text's UTF-8).
  public var complete: ((_ text: String, _ cursor: Int) -> Completion)?
  /// Whether an entry goes on in a next line.
  public var need: ((String) -> Need)?
  /// The entries that the arrow keys and Ctrl-R go through; each new one is added.
  public let history: HistoryFile
  let screen: Screen

  private var editor: OpaquePointer?
  private var pastHistory: OpaquePointer?
  private var promptText: UnsafeMutablePointer<CChar>?
  var isInterrupted = false
  /// Bytes that were read and belong to no character yet.
  var pendingInput: [UInt8] = []
  /// Bytes that were read ahead.
  var queuedInput: [UInt8] = []
  /// Where in the history the person is; nil where the entry is new.
  var recall: Recall?
  /// Whether the keys are vi's.
  var isVi = false

  /// An editor on standard input, which shows what is typed on `screen`; the terminal is taken over only while `read` runs.
  public init(
    prompt: String = "> ", continuationPrompt: String = "… ", history: HistoryFile, screen: Screen = Screen(of: .output)
  ) {
    self.prompt = prompt
    self.continuationPrompt = screen.isUnicode ? continuationPrompt : ". "
    self.history = history
    self.screen = screen
  }

  deinit {
    if let editor { el_end(editor) }
    if let pastHistory { history_end(pastHistory) }
    free(promptText)
  }

  /// Whether lines can be edited in place.
  var isEditing: Bool {
    let terminal = Screen.environment("TERM") ?? ""
    return screen.movesCursor && isatty(0) == 1 && terminal != "emacs"
  }

  /// Reads one entry. Nothing else may read standard input meanwhile.
  public func read() -> Entry {
    Signals.drain()
    let entry = isEditing ? edit() : readPlainly()
    if case .text(let text) = entry { remember(text) }
    return entry
  }

  /// What a signal asks for while an entry is being typed.
  func respond(to signal: Int32) {
    guard let editor else { return }
    if signal == SIGWINCH {
      el_resize(editor)
    } else if signal == SIGTSTP {
      write("\n")
      gan_edit_set_raw(editor, 0)
      Signals.suspend()
      gan_edit_set_raw(editor, 1)
      gan_edit_redraw(editor)
    }
  }

  private func remember(_ text: String) {
    guard history.add(text), let pastHistory else { return }
    gan_history_add(pastHistory, Margin.add(prompt.displayWidth, to: text))
  }

  private func edit() -> Entry {
    guard let editor = started() else { return readPlainly() }
    Signals.watchWindow()
    Signals.watchSuspension()
    defer { Signals.unwatchSuspension() }
    el_resize(editor)
    isInterrupted = false
    recall = nil
    // libedit would do so after the prompt; keys typed in between would go to the terminal's own line discipline.
    gan_edit_set_raw(editor, 1)
    write(LineEditor.pasteMarks(on: true))
    var count: Int32 = 0
    let line = el_gets(editor, &count)
    write(LineEditor.pasteMarks(on: false))
    if isInterrupted { return .interrupted }
    guard let line else {
      write("\n")
      return .end
    }
    var text = String(cString: line)
    while text.hasSuffix("\n") { text.removeLast() }
    return .text(Margin.remove(prompt.displayWidth, from: text))
  }

  private static func pasteMarks(on: Bool) -> String { on ? "\u{1B}[?2004h" : "\u{1B}[?2004l" }

  func write(_ text: String) {
    if let editor { gan_edit_write(editor, text) }
  }

  /// libedit is touched at the first entry only: a script never pays for it.
  private func started() -> OpaquePointer? {
    if let editor { return editor }
    // UTF-8 also where the environment names no locale.
    setlocale(LC_CTYPE, "")
    if screen.isUnicode, String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    guard let editor = gan_edit_start("gan") else { return nil }
    self.editor = editor
    gan_edit_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    gan_edit_set_editor(editor, "emacs")
    gan_edit_set_prompt(editor, { LineEditor.owner(of: $0)?.currentPrompt() }, 1)
    gan_edit_set_reader(editor) { editor, character in
      LineEditor.owner(of: editor)?.readCharacter(into: character) ?? -1
    }
    let past = history_init()
    pastHistory = past
    if let past {
      gan_history_set_size(past, 10_000)
      for entry in history.entries { gan_history_add(past, Margin.add(prompt.displayWidth, to: entry)) }
      gan_edit_use_history(editor, past)
    }
    bindKeys(editor)
    el_source(editor, nil)
    // `bind -v` in ~/.editrc starts from a fresh map.
    if gan_edit_is_vi(editor) != 0 { bindKeys(editor) }
    return editor
  }

  private func currentPrompt() -> UnsafeMutablePointer<CChar>? {
    free(promptText)
    let mark = "\u{1}"
    let styled =
      screen.colorDepth > .none ? "\(mark)\u{1B}[1;36m\(mark)\(prompt)\(mark)\u{1B}[0m\(mark)" : prompt
    promptText = strdup(styled)
    return promptText
  }

  static func owner(of editor: OpaquePointer?) -> LineEditor? {
    guard let editor, let pointer = gan_edit_owner(editor) else { return nil }
    return Unmanaged<LineEditor>.fromOpaque(pointer).takeUnretainedValue()
  }
}
