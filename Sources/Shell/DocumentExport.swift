/// A file that a document is written to.
public struct DocumentExport: Equatable, Sendable {
  /// How it is written.
  public enum Format: String, CaseIterable, Sendable {
    case html, ipynb, markdown

    /// How its files end, the usual one first.
    public var endings: [String] {
      switch self {
      case .html: [".html", ".htm"]
      case .ipynb: [".ipynb"]
      case .markdown: [".md", ".markdown"]
      }
    }
  }

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
    let example = "Try: gan run --\(format.rawValue) page\(format.endings[0]) file.gan"
    if let other = DocumentExport.Format.allCases.first(where: { $0 != format && $0.endings.contains(where: path.hasSuffix) }) {
      throw Misuse(
        title: "\(path) has the ending of another format", advice: "Try: gan run --\(other.rawValue) \(path) file.gan")
    }
    // `--html file.gan`: the page has been forgotten, and the program would be written over.
    if path.hasSuffix(".gan") || path.isEmpty {
      throw Misuse(title: "--\(format.rawValue) wants the file to write, not \(path.isEmpty ? "nothing" : path)", advice: example)
    }
    if exports.contains(where: { $0.path == path }) { throw Misuse(title: "\(path) is to be written twice", advice: example) }
    exports.append(DocumentExport(format, path))
  }
}
