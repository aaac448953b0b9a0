import Base
import Glibc

/// The entries of earlier sessions: a text file with one entry a line (`\n` and `\\` stand for a line break and a backslash),
/// readable by its owner alone. Each entry is added to the end as it is made, so sessions side by side lose nothing.
public final class HistoryFile {
  /// Oldest first; each entry once, where it was made last.
  public private(set) var entries: [String] = []
  /// What is wrong with the file; it is then left alone, and the session goes on without it.
  public private(set) var trouble: String?
  /// Where the file lies; nil for a history that ends with the session.
  public let path: String?
  private let limit: Int
  /// The most bytes that are read, from the end of the file.
  private let mostBytes = 8 << 20

  /// `$XDG_STATE_HOME/gan/history`, or below `~/.local/state`.
  public static func standardPath(_ variable: (String) -> String?) -> String? {
    UserFolder.state.path(variable).map { $0 + "/gan/history" }
  }

  /// Reads the entries of a file, and makes its folders where they are missing. What goes wrong is kept as `trouble`. A file of
  /// more than twice `limit` lines is shortened to the last `limit` entries.
  public init(path: String?, limit: Int = 5000) {
    self.path = path
    self.limit = limit
    load()
  }

  /// Adds an entry, unless it is empty, begins with a blank (as in a shell that is how to keep one out), or is the last one already. An
  /// equal entry further back is taken away. Says whether it was added.
  @discardableResult
  public func add(_ entry: String) -> Bool {
    guard let first = entry.first, first != " ", first != "\t", entry != entries.last,
      !entry.allSatisfy(\.isWhitespace)
    else { return false }
    entries.removeAll { $0 == entry }
    entries.append(entry)
    guard let path, trouble == nil else { return true }
    append(HistoryFile.line(entry), to: path)
    return true
  }

  // MARK: Reading

  private func load() {
    guard let path else { return }
    makeFolders(above: path)
    guard let bytes = contents(of: path) else { return }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    entries = HistoryFile.latest(lines)
    // Shortened now and then, well above the limit, so that not every start writes the file.
    if lines.count > 2 * limit || bytes.count > mostBytes / 2 { shorten(path) }
    if entries.count > 2 * limit { entries.removeFirst(entries.count - limit) }
  }

  /// Each entry once, where it stands last.
  private static func latest(_ lines: [ArraySlice<UInt8>]) -> [String] {
    var seen: Set<String> = []
    let latest = lines.reversed().map { entry(String(decoding: $0, as: UTF8.self)) }.filter { seen.insert($0).inserted }
    return latest.reversed()
  }

  /// The bytes of an ordinary file: reading anything else could wait for ever.
  private func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if errno != ENOENT { fail("cannot be read") }
      return nil
    }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      trouble = "the history \(path) is not an ordinary file"
      return nil
    }
    let isLong = Int(facts.st_size) > mostBytes
    if isLong { lseek(file, facts.st_size - mostBytes, SEEK_SET) }
    do throws(Descriptor.Failure) {
      let bytes = try Descriptor(number: file).rest()
      guard isLong, let cut = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return bytes }
      return Array(bytes[(cut + 1)...])
    } catch {
      fail("cannot be read", error)
      return nil
    }
  }

  private func makeFolders(above path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }

  // MARK: Writing

  /// Opens the file as it is named now, locked against other sessions that shorten it. One that never lets go is not waited for.
  private func locked(_ path: String) -> Int32? {
    for attempt in 0..<50 {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard file >= 0 else {
        fail("cannot be written")
        return nil
      }
      let isLocked = flock(file, LOCK_EX | LOCK_NB) == 0
      let opened = FileIdentity(descriptor: file)
      let isNamed = opened != nil && opened == FileIdentity(path: path)
      if isNamed, isLocked || attempt == 49 { return file }
      close(file)
      if !isLocked { usleep(2000) }
    }
    trouble = "the history \(path) cannot be written: it is always being replaced"
    return nil
  }

  private func append(_ text: String, to path: String) {
    guard let file = locked(path) else { return }
    defer { close(file) }
    write(HistoryFile.endsInALine(file) ? text : "\n" + text, to: file)
  }

  /// Whether what is added to a file begins a line: an editor, or a write that broke off, may have left the last one without its end.
  private static func endsInALine(_ file: Int32) -> Bool {
    var last = UInt8(ascii: "\n")
    let end = lseek(file, 0, SEEK_END)
    return end <= 0 || pread(file, &last, 1, end - 1) != 1 || last == UInt8(ascii: "\n")
  }

  private func shorten(_ path: String) {
    guard let file = locked(path) else { return }
    defer { close(file) }
    // What other sessions have added meanwhile is there too.
    guard let bytes = contents(of: path) else { return }
    entries = HistoryFile.latest(bytes.split(separator: UInt8(ascii: "\n")))
    entries.removeFirst(max(0, entries.count - limit))
    let temporary = path + ".new"
    let new = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard new >= 0 else { return fail("cannot be shortened") }
    write(entries.map(HistoryFile.line).joined(), to: new)
    close(new)
    if trouble == nil { rename(temporary, path) }
  }

  private func write(_ text: String, to file: Int32) {
    let bytes = Array(text.utf8)
    if Glibc.write(file, bytes, bytes.count) != bytes.count { fail("cannot be written") }
  }

  private func fail(_ what: String, _ failure: Descriptor.Failure = .latest) {
    trouble = "the history \(path ?? "") \(what): \(failure.reason)"
  }

  static func line(_ entry: String) -> String {
    var line = ""
    for scalar in entry.unicodeScalars {
      switch scalar {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line + "\n"
  }

  static func entry(_ line: String) -> String {
    var entry = ""
    var isEscape = false
    for scalar in line.unicodeScalars {
      if isEscape {
        entry.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscape = false
      } else if scalar == "\\" {
        isEscape = true
      } else {
        entry.unicodeScalars.append(scalar)
      }
    }
    return entry
  }
}
