import Glibc

/// Files as such, whatever is in them.
public enum Files {
  /// Whether a file, a folder or anything else is there.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return !path.utf8.contains(0) && stat(path, &status) == 0
  }

  /// The files whose names fit the last part of a path, in which `*` stands for any characters; in natural order, 2 before 10. Hidden
  /// files do not count. None where there is no such folder.
  public static func matching(_ pattern: String) -> [String] {
    let folder = Paths.folder(of: pattern)
    let pieces = Paths.name(of: pattern).split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard let entries = try? Folder.entries(folder) else { return [] }
    return entries.filter { !$0.isFolder && fits($0.name, pieces) }.map {
      pattern.hasPrefix("./") && folder == "." ? "./\($0.name)" : Paths.join(folder, $0.name)
    }
  }

  /// Whether a name is made of these pieces, with anything between them.
  private static func fits(_ name: String, _ pieces: [String]) -> Bool {
    guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return name == pieces.first }
    guard name.hasPrefix(first), name.hasSuffix(last), name.utf8.count >= first.utf8.count + last.utf8.count else { return false }
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
      guard let place = rest.firstRange(of: piece) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }

  /// Deletes a file.
  ///
  /// - Throws: `FormatError` with the reason: no such file, no permission, a folder.
  public static func delete(_ path: String) throws {
    guard unlink(path) != 0 else { return }
    let reason = FormatError.system(errno, path, writing: errno != ENOENT)
    throw FormatError(title: "the file cannot be deleted", advice: reason.advice, path: path)
  }
}
