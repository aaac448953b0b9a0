import Glibc

/// Where the inputs of a target begin: files that the tests hold already, and texts that are said here.
struct Seeds: Sendable {
  /// Folders of the repository, which are searched with what lies in them.
  var folders: [String] = []
  /// What the names of the files end with; empty: any.
  var endings: [String] = []
  /// The most bytes of a file.
  var most = 32 << 10
  /// Whether a file's text is taken.
  var takes: @Sendable (_ text: String) -> Bool = { _ in true }
  /// Further inputs.
  var texts: [String] = []

  /// Files of the tests that end so.
  static func fixtures(_ endings: [String]) -> Seeds { Seeds(folders: ["Tests/Fixtures"], endings: endings) }

  /// All of them.
  ///
  /// - Parameters:
  ///   - root: The folder of the repository.
  ///   - count: So many at most, from all parts of the list; nil: all.
  func inputs(root: String, count: Int?) -> [[UInt8]] {
    var inputs = texts.map { Array($0.utf8) }
    for start in folders { search("\(root)/\(start)") { inputs.append($0) } }
    let step = max(1, count.map { (inputs.count + max(1, $0) - 1) / max(1, $0) } ?? 1)
    return stride(from: 0, to: inputs.count, by: step).map { inputs[$0] }
  }

  /// Writes them into a folder, one a file.
  func write(to folder: String, root: String, count: Int?) {
    for (number, input) in inputs(root: root, count: count).enumerated() {
      input.withUnsafeBytes { Scratch.write($0, to: "\(folder)/\(number + 1)") }
    }
  }

  private func search(_ path: String, _ put: ([UInt8]) -> Void) {
    guard let names = opendir(path) else { return }
    defer { closedir(names) }
    while let entry = readdir(names) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !name.hasPrefix(".") else { continue }
      let place = "\(path)/\(name)"
      var facts = stat()
      guard lstat(place, &facts) == 0 else { continue }
      if facts.st_mode & S_IFMT == S_IFDIR {
        search(place, put)
      } else if facts.st_mode & S_IFMT == S_IFREG, facts.st_size <= most,
        endings.isEmpty || endings.contains(where: name.hasSuffix),
        let bytes = Scratch.read(place), takes(String(decoding: bytes, as: UTF8.self))
      {
        put(bytes)
      }
    }
  }
}
