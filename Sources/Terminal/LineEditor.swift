import Base
import CEdit
import Glibc

/// Reads entries of one or more lines from a person. On a terminal libedit's engine edits them, with emacs's or vi's keys, whatever `~/.editrc`
/// says, and `EntryDisplay` shows them; elsewhere, and on dumb terminals, they are read line by line.
public final class LineEditor {
  /// How the reading of an entry ended.
  public enum Entry: Equatable, Sendable {
    case text(String)
    /// Ctrl-C: the entry was thrown away.
    case interrupted
    /// Ctrl-D on an empty line, or the end of the input.
    case end
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
  /// What is known of the language.
  public var language = EntryLanguage()
  /// The entries that the arrow keys and Ctrl-R go through; each new one is added.
  public let history: HistoryFile
  let screen: Screen
  /// What reads the lines that are not edited here, with the bytes that have come already.
  let lines: LineReader
  var input: KeyInput { lines.input }

  // What libedit has.
  var engine: OpaquePointer?
  var emptyHistory: OpaquePointer?
  var nowhere: UnsafeMutablePointer<FILE>?
  /// Whether the keys are vi's.
  var isVi = false
  /// The columns that libedit believes in.
  var engineColumns = 0
  /// The most characters that the entry has had.
  var mostCharacters = 0

  // The entry at hand.
  var text = EditedText()
  var outcome: Entry?
  var undo = UndoHistory()
  var recall: Recall?
  var menu: CandidateMenu?
  var search: HistorySearch?
  var lastQuery = ""
  /// What Ctrl-K and its kin took out last.
  var killed = ""
  /// The command before, for those that go on with what it did: several kills, Alt-. again.
  var previousCommand = ""
  var currentCommand = ""
  /// The words that Alt-. put in: which entry they came from, and where they stand.
  var lastWord: (entry: Int, range: Range<Int>)?
  /// vi's command mode.
  var vi = ViMode()
  /// A key of vi's command mode that is no ASCII.
  var foreignKey: Unicode.Scalar?
  /// The entry with the cursor where a command of libedit's that comes next is to leave it.
  var cursorToKeep: EditedText?
  /// Whether the next key is text, whatever it does else.
  var isLiteral = false
  /// The digits of a number typed before a command.
  var argumentDigits = 0
  var isAfterEscape = false

  // What is shown.
  var display: EntryDisplay
  /// The first row of a tall entry that is seen.
  var topRow = 0
  var size = (columns: 80, rows: 24)
  /// What is wrong, once the person pauses.
  var problem: (text: String, range: Range<Int>, title: String)?
  var hasLookedForProblems = false
  var painted: (text: [Character], styles: [Style])?
  var suggested: (text: String, rest: String)?
  /// A word about what cannot be done, until the next key.
  var notice: String?

  /// An editor on standard input, which shows what is typed on `screen`; the terminal is taken over only while `read` runs.
  public init(
    prompt: String = "> ", continuationPrompt: String = "… ", history: HistoryFile, screen: Screen = Screen(of: .output),
    lines: LineReader = LineReader()
  ) {
    self.lines = lines
    self.prompt = prompt
    self.continuationPrompt = screen.isUnicode ? continuationPrompt : ". "
    self.history = history
    self.screen = screen
    display = EntryDisplay(palette: screen.palette)
  }

  deinit {
    if let engine { el_end(engine) }
    if let emptyHistory { history_end(emptyHistory) }
    if let nowhere { fclose(nowhere) }
  }

  /// Whether lines can be edited in place.
  public var isEditing: Bool {
    let terminal = Screen.environment("TERM") ?? ""
    return screen.movesCursor && isatty(0) == 1 && terminal != "emacs"
  }

  /// Reads one entry. Nothing else may read standard input meanwhile.
  public func read() -> Entry {
    Signals.drain()
    input.begin()
    let entry = isEditing ? edit() : readPlainly()
    if case .text(let text) = entry { history.add(text) }
    return entry
  }

  private func edit() -> Entry {
    guard let engine = started() else { return readPlainly() }
    Signals.watchWindow()
    Signals.watchSuspension()
    defer { Signals.unwatchSuspension() }
    begin()
    // At once, and before libedit would: keys typed in between would go to the terminal's own line discipline.
    TerminalEcho.turnOn()
    gan_edit_set_raw(engine, 1)
    input.takeTypedAhead()
    write(LineEditor.pasteMarks(on: true))
    var count: Int32 = 0
    let line = el_wgets(engine, &count)
    let entry = outcome ?? (line == nil ? .end : .text(accepted(engine).text))
    finish(entry)
    write(LineEditor.pasteMarks(on: false))
    return entry
  }

  private func begin() {
    text = EditedText()
    outcome = nil
    undo = UndoHistory()
    (recall, menu, search, lastWord, foreignKey, cursorToKeep) = (nil, nil, nil, nil, nil, nil)
    (problem, painted, suggested, notice) = (nil, nil, nil, nil)
    (previousCommand, currentCommand) = ("", "")
    (hasLookedForProblems, isAfterEscape, argumentDigits, isLiteral) = (false, false, 0, false)
    vi.begin()
    engineColumns = 0
    topRow = 0
    display.forget()
    measure()
  }

  /// What libedit's own Enter leaves, without the line break that it adds.
  private func accepted(_ engine: OpaquePointer) -> EditedText {
    var text = entry(of: engine)
    if text.characters.last == "\n" {
      text.move(to: text.characters.count)
      text.delete(text.characters.count - 1..<text.characters.count)
    }
    self.text = text
    return text
  }

  /// Shows the entry as it was meant, in full and without what was only offered.
  private func finish(_ entry: Entry) {
    (menu, search, notice, problem) = (nil, nil, nil, nil)
    let mark = if case .interrupted = entry { "^C" } else { "" }
    let layout = layout(of: text, suggestion: mark, marksBrackets: false)
    write(display.finish(layout.rows, width: size.columns))
  }

  static func pasteMarks(on: Bool) -> String { on ? "\u{1B}[?2004h" : "\u{1B}[?2004l" }

  func write(_ text: String) {
    guard !text.isEmpty else { return }
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let written = bytes[start...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if written > 0 {
        start += written
      } else if errno == EAGAIN {
        var wait = pollfd(fd: 1, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if errno != EINTR {
        return
      }
    }
  }

  func measure() {
    let size = Screen.size(of: .output) ?? (screen.width, screen.height)
    self.size = (max(1, size.columns), max(1, size.rows))
  }
}
