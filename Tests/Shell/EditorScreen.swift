import Foundation
import Glibc
import TestSupport

/// `gan` in a terminal, with the screen that a person would see. It waits for what is to be seen, never for a time.
final class EditorScreen {
  /// What is waited for at the start: the prompt, an entry being read (where a prompt has no room), or a sign of the prompt anywhere.
  enum Start { case prompt, reading, any }

  private let terminal: Int32
  private let process: pid_t
  private(set) var screen: TerminalEmulator
  let home: String
  private var hasEnded = false
  /// What the terminal answers when it is asked what it can do.
  var answer: [UInt8] = []
  private var answered = 0
  /// The longest wait for anything; only a failure takes it.
  private let patience = 20.0

  init(
    columns: Int = 80, rows: Int = 24, arguments: [String] = ["--no-start"], environment: [String: String] = [:],
    history: [String] = [], home: String? = nil,
    editrc: String? = nil,
    awaits: Start = .prompt
  ) {
    var template = Array("/tmp/gan-editor-XXXXXX".utf8CString)
    let folder = home ?? mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    self.home = folder
    mkdir(folder + "/state", 0o700)
    mkdir(folder + "/state/gan", 0o700)
    if !history.isEmpty {
      let text = history.map { $0.replacingOccurrences(of: "\n", with: "\\n") + "\n" }.joined()
      try? text.write(toFile: folder + "/state/gan/history", atomically: true, encoding: .utf8)
    }
    if let editrc { try? editrc.write(toFile: folder + "/.editrc", atomically: true, encoding: .utf8) }
    screen = TerminalEmulator(columns: columns, rows: rows)
    let (master, slave, name) = GanProgram.openTerminal(columns: UInt16(columns), rows: UInt16(rows))
    terminal = master
    var variables = ["TERM": "xterm-256color", "HOME": folder, "XDG_STATE_HOME": folder + "/state"]
    variables.merge(environment) { $1 }
    process = GanProgram.spawn(GanProgram.path, arguments, environment: variables, descriptors: [], terminal: name)
    close(slave)
    _ = sees { screen in
      switch awaits {
      case .prompt: screen.modes.contains(2004) && screen.line(screen.row).hasPrefix(">")
      case .reading: screen.modes.contains(2004)
      case .any: (screen.scrollback + screen.lines).contains { $0.contains(">") }
      }
    }
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      _ = GanProgram.wait(for: process)
    }
    close(terminal)
    try? FileManager.default.removeItem(atPath: home)
  }

  // MARK: Doing

  func type(_ text: String) { type(Array(text.utf8)) }

  func type(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, min($0.count, 1024)) }
      if count > 0 { start += count } else if errno != EINTR { return }
      // What the program writes meanwhile is read, or both would wait for each other.
      while readMore(within: 0) {}
    }
  }

  func paste(_ text: String) { type("\u{1B}[200~" + text + "\u{1B}[201~") }

  func resize(columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    screen.resize(columns: columns, rows: rows)
    _ = ioctl(terminal, UInt(TIOCSWINSZ), &size)
  }

  func signal(_ number: Int32) { kill(process, number) }

  // MARK: Seeing

  /// Reads on until the screen is as it is to be; false where it does not become so.
  func sees(_ condition: (TerminalEmulator) -> Bool) -> Bool {
    let start = Date()
    while true {
      if !screen.modes.contains(2026), condition(screen) { return true }
      let rest = patience - Date().timeIntervalSince(start)
      guard rest > 0, readMore(within: Int32(rest * 1000)) else { return false }
    }
  }

  /// The last rows that hold anything are these.
  func shows(_ lines: String...) -> Bool {
    let isSeen = sees { $0.lines.suffix(lines.count) == lines[...] }
    if !isSeen {
      print("shown instead:\n\(screen.text)\ncursor \(screen.row), \(screen.column); awaited:\n\(lines.joined(separator: "\n"))")
    }
    return isSeen
  }

  /// One of the rows is this.
  func has(_ line: String) -> Bool {
    let isSeen = sees { $0.lines.contains(line) }
    if !isSeen { print("shown instead:\n\(screen.text)\nawaited: \(line)") }
    return isSeen
  }

  func cursorIs(row: Int, column: Int) -> Bool {
    let isSeen = sees { $0.row == row && $0.column == column }
    if !isSeen { print("cursor at \(screen.row), \(screen.column):\n\(screen.text)") }
    return isSeen
  }

  private func readMore(within milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(terminal, &piece, piece.count)
    guard count > 0 else { return false }
    screen.receive(piece[..<count])
    while answered < screen.questions {
      answered += 1
      type(answer)
    }
    return true
  }

  /// The exit code, once the program has ended by itself; -1 where it does not.
  func end() -> Int32 {
    let start = Date()
    var status: Int32 = 0
    while Date().timeIntervalSince(start) < patience {
      _ = readMore(within: 10)
      if waitpid(process, &status, WNOHANG) == process {
        hasEnded = true
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      }
    }
    return -1
  }

  /// Throws away whatever is going on, and ends with `exit 5`; the exit code, -1 where the program does not answer.
  func endsWhenAsked() -> Int32 {
    let start = Date()
    var status: Int32 = 0
    var asked = Date.distantPast
    while Date().timeIntervalSince(start) < patience {
      if waitpid(process, &status, WNOHANG) == process {
        hasEnded = true
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      }
      if Date().timeIntervalSince(asked) > 0.3 {
        asked = Date()
        type("\u{3}\u{7}\u{3}exit 5\r")
      }
      _ = readMore(within: 5)
    }
    return -1
  }

  /// Ends with Ctrl-D on an empty line; whether the program ended well.
  func leaves() -> Bool {
    type("\u{3}")
    let isThrownAway = sees {
      $0.line($0.row) == ">" && $0.row > 0 && $0.line($0.row - 1).hasSuffix("^C") && $0.modes.contains(2004)
    }
    type("\u{4}")
    return end() == 0 && isThrownAway
  }
}
