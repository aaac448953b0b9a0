import Base
import Glibc
import Library

/// How completion sees folders; tests give their own.
public struct FolderReader: Sendable {
  /// The entries of a folder, those that are folders marked by a `/` at their ends.
  public var entries: @Sendable (_ folder: String) -> [String]

  /// A view of the folders that `entries` lists.
  public init(entries: @escaping @Sendable (String) -> [String]) {
    self.entries = entries
  }

  /// The file system itself; a folder that cannot be read is empty.
  public static let system = FolderReader { folder in
    guard let handle = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      var name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      var facts = stat()
      if stat(folder + (folder.isEmpty || folder.hasSuffix("/") ? "" : "/") + name, &facts) == 0,
        facts.st_mode & S_IFMT == S_IFDIR
      {
        name += "/"
      }
      names.append(name)
    }
    return names.sorted()
  }
}

/// Completes the path that a string is about to name, relative to the working folder.
struct PathCompletion {
  var folders: FolderReader
  /// Only `.gan` files and folders.
  var onlyPrograms: Bool

  func complete(_ typed: String, closesQuote: Bool) -> Completion {
    let split = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let prefix = String(typed[split...])
    let folder = Folders.expanded(String(typed[..<split]))
    let names = folders.entries(folder).filter { name in
      guard name.hasPrefix(prefix), prefix.hasPrefix(".") || !name.hasPrefix(".") else { return false }
      return !onlyPrograms || name.hasSuffix("/") || name.hasSuffix(".gan")
    }
    let isFile = names.count == 1 && !(names.first?.hasSuffix("/") ?? true)
    return Completion(
      replaced: prefix.utf8.count, candidates: names.map { .init($0) }, suffix: isFile && closesQuote ? "\"" : "")
  }
}
