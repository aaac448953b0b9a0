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
    guard !path.utf8.contains(0) else { throw FormatError.system(ENOENT, path, writing: false) }
    guard unlink(path) != 0 else { return }
    let code = errno
    guard code != EISDIR else {
      throw FormatError(
        title: "the file cannot be deleted", advice: "It is a folder; `delete_folder` deletes a folder that is empty.", path: path
      )
    }
    let reason = FormatError.system(code, path, writing: code != ENOENT)
    throw FormatError(title: "the file cannot be deleted", advice: reason.advice, path: path)
  }

  /// Makes a folder, and those above it, where they are missing.
  ///
  /// - Throws: `FormatError` with the reason: a file of that name, no permission.
  public static func makeFolder(_ path: String) throws { try Folder.make(path) }

  /// Deletes a folder in which nothing is.
  ///
  /// - Throws: `FormatError` with the reason: something is in it, no such folder, a file, no permission.
  public static func deleteFolder(_ path: String) throws {
    let title = "the folder cannot be deleted"
    guard !path.utf8.contains(0) else { throw FormatError.system(ENOENT, path, writing: false) }
    guard rmdir(path) != 0 else { return }
    let code = errno
    switch code {
    case ENOTEMPTY, EEXIST:
      var names: [String] = []
      try Folder.forEach(in: path) { name, _ in if name != ".", name != ".." { names.append(name) } }
      let first = names.min(by: Paths.naturallyPrecedes) ?? "…"
      let what = names.count > 1 ? "\(first) and \(names.count - 1) more" : first
      throw FormatError(title: "the folder is not empty", advice: "In it: \(what). Delete or move that first.", path: path)
    case ENOTDIR: throw FormatError(title: title, advice: "It is a file; `delete_file` deletes it.", path: path)
    case EINVAL, EBUSY: throw FormatError(title: title, advice: "It is in use.", path: path)
    default:
      throw FormatError(title: title, advice: FormatError.system(code, path, writing: code != ENOENT).advice, path: path)
    }
  }

  /// Gives a file or a folder another name or place on the same disk. What stands there already stays.
  ///
  /// - Throws: `FormatError` with the reason: nothing there, something at the new path, no such folder, another disk.
  public static func move(_ path: String, to target: String) throws {
    func refusal(_ advice: String) -> FormatError { FormatError(title: "it cannot be renamed", advice: advice, path: path) }
    guard !path.utf8.contains(0), exists(path) || isLink(path) else { throw FormatError.system(ENOENT, path, writing: false) }
    guard !target.isEmpty, !target.utf8.contains(0) else { throw refusal("“\(target)” is not the name of a file.") }
    guard !exists(target), !isLink(target) else {
      let advice =
        Folder.isFolder(target) && !Folder.isFolder(path)
        ? "\(target) is a folder; name the file in it too: \(Paths.join(target, Paths.name(of: path)))."
        : "Something stands at \(target) already. Delete or rename that first."
      throw refusal(advice)
    }
    guard rename(path, target) != 0 else { return }
    let code = errno
    switch code {
    case EXDEV: throw refusal("\(target) is on another disk; load and save move it there.")
    case EINVAL: throw refusal("A folder cannot be moved into itself.")
    default: throw refusal(FormatError.system(code, target, writing: true).advice)
    }
  }

  /// Whether a symbolic link is there, wherever it leads.
  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}
