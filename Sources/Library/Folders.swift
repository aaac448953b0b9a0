import Formats
import Interpreter

/// Where the files that a script names are looked for.
public final class Folders {
  /// The folder of the running script, nil in the REPL and for `-e`.
  public var script: String?

  /// A file to be read: beside the working directory first, else beside the script, so that a script finds its data from any folder.
  public func path(toRead path: String) -> String {
    let path = Folders.expanded(path)
    guard !path.hasPrefix("/"), let script, !Files.exists(path) else { return path }
    let beside = script + "/" + path
    return Files.exists(beside) ? beside : path
  }

  /// A file to be written: as named, from the working directory.
  public func path(toWrite path: String) -> String { Folders.expanded(path) }

  /// `~` is the home folder.
  public static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = FileFacts.environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}

extension Session {
  /// The folders of this session.
  public var folders: Folders { service(Folders.self) { Folders() } }
}
