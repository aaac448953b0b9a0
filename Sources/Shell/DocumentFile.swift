import Base
import Formats
import Glibc
import Notebook

/// Files of documents, as the commands find them.
enum DocumentFile {
  /// All bytes of a file. Throws a `FormatError` where it cannot be read.
  static func bytes(of path: String) throws -> [UInt8] {
    do throws(Descriptor.Failure) { return try Descriptor.contents(of: path) } catch {
      throw FormatError(title: "\(path) cannot be read", advice: error.reason + ".", path: path)
    }
  }

  /// Whether two paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    let first = FileIdentity(path: path)
    return first != nil && first == FileIdentity(path: other)
  }

  /// Throws a `FormatError` where a file could certainly not be written.
  static func checkWritable(_ path: String) throws {
    func failure(_ advice: String) -> FormatError { FormatError(title: "\(path) cannot be written", advice: advice, path: path) }
    var status = stat()
    guard stat(path, &status) != 0 else {
      if status.st_mode & S_IFMT == S_IFDIR { throw failure("It is a folder. Name a file.") }
      if status.st_mode & S_IFMT != S_IFREG { return }
      return try checkFolder(path, failure)
    }
    if path.hasSuffix("/") { throw failure("It is not the name of a file.") }
    try checkFolder(path, failure)
  }

  private static func checkFolder(_ path: String, _ failure: (String) -> FormatError) throws {
    let folder = Paths.folder(of: path)
    var status = stat()
    guard stat(folder, &status) == 0 else { throw failure("There is no folder \(folder). Make it first.") }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw failure("\(folder) is a file, not a folder.") }
    guard access(folder, W_OK) == 0 else {
      throw failure("Nothing can be written in the folder \(folder): \(String(cString: strerror(errno))).")
    }
  }

  /// The text of the file that a conversion makes. Throws a `FormatError` for files that it does not know.
  static func converted(_ from: String, to target: String, proseOnly: Bool) throws -> String {
    switch (from.hasSuffix(".ipynb"), from.hasSuffix(".gan")) {
    case (true, _) where target.hasSuffix(".gan") || target == "-":
      return try JupyterNotebook.document(named: from, bytes(of: from), proseOnly: proseOnly).text
    case (_, true) where target.hasSuffix(".ipynb") || target == "-":
      guard !proseOnly else {
        throw FormatError(
          title: "--prose is for notebooks of other languages", advice: "\(from) is a program in Gan.", path: from)
      }
      return JupyterNotebook.text(of: Document(name: from, text: try TextEncoding.program(bytes(of: from), path: from)))
    default:
      throw FormatError(
        title: "\(from) cannot be converted to \(target)",
        advice: unknownEndings(from, target),
        path: from)
    }
  }

  private static func unknownEndings(_ from: String, _ target: String) -> String {
    let knows = "gan convert knows .gan and .ipynb, by the endings of the two names."
    for (ending, option) in [(".html", "--html"), (".md", "--markdown")] where target.hasSuffix(ending) {
      return knows + " `gan run \(option) \(target) \(from)` writes it, with the results."
    }
    return from.hasSuffix(".py")
      ? knows + " A .py file whose cells begin with `# %%` can be read under a name that ends with .gan." : knows
  }
}
