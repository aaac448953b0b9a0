import Base
import Glibc

/// The entries of earlier sessions: a text file with one entry a line (`\n` and `\\` stand for a line break and a backslash),
/// readable by its owner alone. Each entry is added to the end as it is made, so sessions side by side lose nothing.
public final class HistoryFile {
  /// Oldest first.
  public private(set) var entries: [String] = []
  /// What is wrong with the file; it is then left alone, and the session goes on without it.
  public private(set) var trouble: String?
  /// Where the file lies; nil for a history that ends with the session.
  public let path: String?
  private let limit: Int

  /// `$XDG_STATE_HOME/gan/history`, or below `~/.local/state`.
  public static func standardPath(_ variable: (String) -> String?) -> String? {
    if let state = variable("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/gan/history" }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/gan/history"
  }

  /// Reads the entries of a file, and makes its folders where they are missing. What goes wrong is kept as `trouble`. A file of
  /// more than twice `limit` entries is shortened to the last `limit`.
  public init(path: String?, limit: Int = 5000) {
    self.path = path
    self.limit = limit
    load()
  }

  /// Adds an entry, unless it is empty or the same as the last one. Says whether it did.
  @discardableResult
  public func add(_ entry: String) -> Bool {
    guard !entry.isEmpty, entry != entries.last else { return false }
    entries.append(entry)
    guard let path, trouble == nil else { return true }
    write(HistoryFile.line(entry), to: path, flags: O_WRONLY | O_CREAT | O_APPEND)
    return true
  }

  private func load() {
    guard let path else { return }
    makeFolders(above: path)
    let bytes: [UInt8]
    do throws(Descriptor.Failure) {
      bytes = try Descriptor.contents(of: path)
    } catch {
      if error.code != ENOENT { fail("cannot be read", error) }
      return
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let entry = HistoryFile.entry(String(decoding: line, as: UTF8.self))
      if entry != entries.last { entries.append(entry) }
    }
    // Shortened now and then, well above the limit, so that not every start writes the file.
    guard entries.count > 2 * limit else { return }
    entries.removeFirst(entries.count - limit)
    let temporary = path + ".new"
    write(entries.map(HistoryFile.line).joined(), to: temporary, flags: O_WRONLY | O_CREAT | O_TRUNC)
    if trouble == nil { rename(temporary, path) }
  }

  private func makeFolders(above path: String) {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }

  private func write(_ text: String, to path: String, flags: Int32) {
    let file = open(path, flags | O_CLOEXEC, 0o600)
    guard file >= 0 else { return fail("cannot be written") }
    defer { close(file) }
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
