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

  /// `~` is the home folder.
  public static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = FileFacts.environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}

extension Session {
  /// The folders of this session.
  public var folders: Folders { service(Folders.self) { Folders() } }

  /// A file or folder that is going to be read.
  func path(toRead path: String) -> String {
    deeds?.read(.file(path))
    return folders.path(toRead: path)
  }

  /// What is going to be looked for.
  func path(toList path: String) -> String {
    deeds?.read(.listing(path))
    return folders.path(toRead: path)
  }

  /// A file that is going to be written, as named, from the working directory.
  func path(toWrite path: String) -> String {
    deeds?.act()
    return Folders.expanded(path)
  }

  /// Begins to note down what programs do that their text does not tell.
  public func noteDeeds() -> Deeds {
    let begun = Deeds { [weak self] in self?.state(of: $0) }
    deeds = begun
    return begun
  }

  /// In which state something is that a program may look at; nil where it has none that lasts.
  public func state(of reading: Deeds.Reading) -> String? {
    switch reading {
    case .file(let name):
      let path = folders.path(toRead: name)
      return FileState.text(path).map { "\(path) \($0)" }
    case .listing(let name):
      let path = folders.path(toRead: name)
      return ([path, "\(Files.exists(path))"] + (path.contains("*") ? Files.matching(path) : [])).joined(separator: "\n")
    case .variable(let name): return FileFacts.environment(name).map { "=" + $0 } ?? "none"
    }
  }
}
