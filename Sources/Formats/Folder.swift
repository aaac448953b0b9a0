import Glibc

/// Folders and what lies in them.
enum Folder {
  struct Entry: Equatable {
    let name: String
    let isFolder: Bool
  }

  /// What lies in a folder, in natural order, without hidden names.
  static func entries(_ path: String) throws -> [Entry] {
    var entries: [Entry] = []
    try forEach(in: path) { name, kind in
      guard !name.hasPrefix(".") else { return }
      let isFolder =
        kind == Int(DT_DIR) || (kind == Int(DT_LNK) || kind == Int(DT_UNKNOWN)) && isFolder(Paths.join(path, name))
      entries.append(Entry(name: name, isFolder: isFolder))
    }
    return entries.sorted { Paths.naturallyPrecedes($0.name, $1.name) }
  }

  /// Calls `body` with each name in a folder, hidden ones too, and its kind (`DT_DIR`, …) as far as the folder itself tells it.
  static func forEach(in path: String, _ body: (_ name: String, _ kind: Int) -> Void) throws {
    guard !path.utf8.contains(0) else { throw FormatError.system(ENOENT, path, writing: false) }
    guard let directory = opendir(path) else { throw FormatError.system(errno, path, writing: false) }
    defer { closedir(directory) }
    while let entry = readdir(directory) {
      let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: capacity) { String(cString: $0) }
      }
      body(name, Int(entry.pointee.d_type))
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder, and those above it, where they are missing.
  static func make(_ path: String) throws {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    func failure(_ code: Int32) -> FormatError {
      FormatError(
        title: "the folder cannot be made", advice: FormatError.system(code, path, writing: true).advice, path: path)
    }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw FormatError(title: "the folder cannot be made", advice: "“\(path)” is not the name of a folder.", path: path)
    }
    guard path.utf8.count < PATH_MAX else { throw failure(ENAMETOOLONG) }
    if isFolder(path) { return }
    guard !Files.exists(path) else {
      throw FormatError(title: "the folder cannot be made", advice: "\(path) is a file.", path: path)
    }
    let parent = Paths.folder(of: path)
    if parent != ".", parent != path { try make(parent) }
    guard mkdir(path, 0o777) != 0 else { return }
    let code = errno
    if code == EEXIST, isFolder(path) { return }
    // Such as /proc.
    guard code != ENOENT else {
      throw FormatError(title: "the folder cannot be made", advice: "\(parent) takes no new folders.", path: path)
    }
    throw failure(code)
  }
}
