import Frontend
import Glibc
import Interpreter

@testable import Shell
@testable import Terminal

extension FuzzTarget {
  /// What a person types, and what a terminal says.
  static let terminal: [FuzzTarget] = [keys, answers, history, options]

  private static let keys = FuzzTarget(
    "keys", "edits entries by keys, in a window of any size, with emacs's or vi's keys",
    seeds: Seeds(texts: [
      "PP\0fn f(x) {\r  x\r}\r", "\u{1}\u{1}\0n.\t\t\r", "a(\u{1}x = 1\u{1B}0dwu\u{1B}p\r",
      "(\u{8}\0load \"\t\u{1B}[A\u{1B}[B\u{12}lo\u{12}\r",
      "PP\0\u{1B}[200~> f(1)\n2\n> g\u{1B}[201~\u{1}\u{B}\u{19}\u{1F}\r", "zz\u{1}ccx\u{1B}99w3x.u\u{1B}[1;5D\r",
      "0\u{3}\0漢字 👩‍👩‍👧 e\u{301}\u{7F}\u{7F}\r",
    ]), longest: 1024, words: .keys, changesProcess: true
  ) {
    chdir(Scratch.folder)
    let bench = try KeyBench(session: named())
    return { bytes in bench.type(Array(bytes)) }
  }

  private static let answers = FuzzTarget(
    "answers", "takes a terminal's answers out of what is typed",
    seeds: Seeds(texts: [
      "a\u{1B}_Gi=1196443507;OK\u{1B}\\\u{1B}P>|kitty(0.35)\u{1B}\\b",
      "\u{1B}]1337;ReportCellSize=17.0;8.5;2.0\u{7}\u{1B}[6;18;9t",
      "\u{1B}[?1;0;256S\u{1B}[?62;4;22c",
      "\u{1B}]11;rgb:1e1e/2020/2e2e\u{1B}\\\u{1B}]11;rgba:0/0/0/f\u{7}",
    ]), longest: 1024
  ) {
    { bytes in
      var answers = TerminalAnswers()
      var typed = answers.take(bytes, now: 1)
      var inPieces = TerminalAnswers()
      var typedInPieces: [UInt8] = []
      for byte in bytes { typedInPieces += inPieces.take([byte], now: 1) }
      typed += answers.take([UInt8(ascii: "x")], now: 2)
      typedInPieces += inPieces.take([UInt8(ascii: "x")], now: 2)
      precondition(typed.count <= bytes.count + 1 && typedInPieces.count <= bytes.count + 1, "more was typed than came")
    }
  }

  private static let history = FuzzTarget(
    "history", "reads a history file, adds to it, and reads it again",
    seeds: Seeds(texts: ["1 + 1\nfn f(x) {\\n  x\\n}\n\\\\\n", "a\\\n\r\nb", "a\nb\na\n"]), longest: 4096
  ) {
    let path = "\(Scratch.folder)/history/history"
    return { bytes in
      _ = HistoryFile(path: path)
      Scratch.write(bytes, to: path)
      let file = HistoryFile(path: path, limit: 5)
      let text = String(decoding: bytes, as: UTF8.self)
      file.add(text)
      file.add("last")
      precondition(file.trouble == nil, file.trouble ?? "")
      let again = HistoryFile(path: path, limit: 5)
      precondition(again.entries.last == "last", "what was added last is not there")
      var search = HistorySearch(again.entries, from: EditedText(), backward: true)
      for character in text.prefix(4) { search.type(String(character)) }
      _ = (search.found, search.match)
    }
  }

  /// The words are separated by a byte 0.
  private static let options = FuzzTarget(
    "options", "reads the words of the command line",
    seeds: Seeds(texts: [
      "run\0--html\0a.html\0a.gan\0b", "--seed=3\0-e\0001 + 1", "kernel\0install\0--name=b\0--user", "lab\0--port\0008700\0a.gan",
      "convert\0--force\0a.ipynb\0a.gan", "--threads\0002\0-", "learn\0003", "docs\0a.md", "--dump\0plan\0a.gan", "--hlep",
    ]), longest: 256
  ) {
    { bytes in
      let words = bytes.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
      do {
        _ = try Options.parse(words)
      } catch let misuse as Options.Misuse {
        precondition(!misuse.title.isEmpty && !misuse.advice.isEmpty, "an error without words")
      } catch {
        fatalError("\(error) is no misuse")
      }
    }
  }
}

/// Two editors, one with vi's keys, behind a terminal of this process.
private final class KeyBench {
  private let session: Session
  private let ours: Int32
  private let theirs: Int32
  private let modes: termios
  private var editors: [LineEditor] = []
  private var count = 0

  enum Failure: Error { case noTerminal }

  init(session: Session) throws {
    self.session = session
    var (master, slave, modes) = (Int32(-1), Int32(-1), termios())
    guard openpty(&master, &slave, nil, nil, nil) == 0, tcgetattr(slave, &modes) == 0 else { throw Failure.noTerminal }
    (ours, theirs) = (master, slave)
    cfmakeraw(&modes)
    self.modes = modes
    dup2(theirs, 0)
    dup2(theirs, 1)
    read()
  }

  /// Reads what is drawn, so that drawing waits for nobody.
  private func read() {
    let ours = ours
    var thread = pthread_t()
    let descriptor = UnsafeMutableRawPointer(bitPattern: Int(ours))
    pthread_create(
      &thread, nil,
      { argument in
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        while Glibc.read(Int32(Int(bitPattern: argument)), &bytes, bytes.count) > 0 {}
        return nil
      }, descriptor)
  }

  private func renew() {
    editors = ["", "bind -v\n"].enumerated().map { number, settings in
      let path = "\(Scratch.folder)/editrc\(number)"
      Array(settings.utf8).withUnsafeBytes { Scratch.write($0, to: path) }
      setenv("EDITRC", path, 1)
      let editor = LineEditor(history: HistoryFile(path: nil))
      for entry in ["1 + 1", "fn f(x) {\n  x\n}", "train run, steps: 5", "漢字 = 3"] { editor.history.add(entry) }
      editor.language = EntryLanguage(session: session)
      // It reads its settings at its first entry.
      write([3])
      _ = editor.read()
      return editor
    }
  }

  /// The first three bytes say how large the window is, and whose keys are typed. Ctrl-Z is left out: it would stop this process.
  func type(_ bytes: [UInt8]) {
    if count % 300 == 0 { renew() }
    count += 1
    guard bytes.count > 3 else { return }
    var size = winsize(
      ws_row: 1 + UInt16(bytes[1]) % 60, ws_col: 1 + UInt16(bytes[0]) % 200, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(theirs, UInt(TIOCSWINSZ), &size)
    let editor = editors[Int(bytes[2]) % 2]
    editor.input.clear()
    // Whatever goes on ends: a paste, a search, a menu, the entry.
    write(bytes.dropFirst(3).filter { $0 != 0x1A } + Array("\u{1B}[201~\u{7}\u{3}\u{3}\u{3}\u{3}\u{3}\u{3}".utf8))
    repeat { _ = editor.read() } while editor.input.hasPending
  }

  private func write(_ bytes: [UInt8]) {
    // Keys are no signals here, as they are while a program runs, and wait for nobody.
    var modes = modes
    tcsetattr(theirs, TCSANOW, &modes)
    _ = bytes.withUnsafeBytes { Glibc.write(ours, $0.baseAddress, $0.count) }
  }
}
