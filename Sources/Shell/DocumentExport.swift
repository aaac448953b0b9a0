/// A file that a document is written to.
public struct DocumentExport: Equatable, Sendable {
  /// How it is written.
  public enum Format: String, Sendable { case html, ipynb, markdown }

  /// How it is written.
  public var format: Format
  /// Where to; `-` is standard output.
  public var path: String

  /// A file of this format.
  public init(_ format: Format, _ path: String) {
    self.format = format
    self.path = path
  }
}

extension Options {
  /// Notes a file to be written.
  mutating func export(_ format: DocumentExport.Format, _ path: String) throws {
    let example = "Try: gan run --\(format.rawValue) page.\(format == .markdown ? "md" : format.rawValue) file.gan"
    // `--html file.gan`: the page has been forgotten, and the program would be written over.
    if path.hasSuffix(".gan") || path.isEmpty {
      throw Misuse(title: "--\(format.rawValue) wants the file to write, not \(path.isEmpty ? "nothing" : path)", advice: example)
    }
    if exports.contains(where: { $0.path == path }) { throw Misuse(title: "\(path) is to be written twice", advice: example) }
    exports.append(DocumentExport(format, path))
  }
}
