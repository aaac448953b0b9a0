import Base
import Frontend
import Interpreter
import Syntax

/// A document as a file in Markdown, with its pictures as files beside it: prose as it stands, code and what it has put out in blocks.
public struct MarkdownFile {
  /// The text of the file.
  public private(set) var text = ""
  /// The pictures beside it: the name of each in the folder, and its bytes.
  public private(set) var pictures: [(name: String, bytes: [UInt8])] = []

  private let folder: String?

  /// `folder`: the name of the folder with the pictures, as the text names it: `page_files` for `page.md`; nil: they are put into the text.
  public init(_ document: Document, folder: String?) {
    self.folder = folder
    var parts: [String] = []
    for (place, cell) in document.cells.enumerated() {
      switch cell.kind {
      case .prose, .raw: parts.append(cell.text)
      case .code:
        if let title = cell.properties.title { parts.append("*\(title)*") }
        if !cell.text.isEmpty { parts.append(Self.block(cell.text, "gan")) }
        for output in cell.outputs { parts.append(markdown(output, place)) }
      }
    }
    text = parts.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }.joined(separator: "\n\n") + "\n"
  }

  private mutating func markdown(_ output: CellOutput, _ cell: Int) -> String {
    switch output {
    case .text(let text), .note(let text): Self.block(TerminalText.plain(text), "text")
    case .help(let page): Self.block(HelpText(width: 80).text(page).plain, "text")
    case .code(let source): Self.block(source.text, "gan")
    case .diagnostic(let diagnostic): Self.block(DiagnosticRenderer().render(diagnostic), "text")
    case .interrupted(let note): Self.block(note ?? "stopped", "text")
    case .result(let shown), .display(let shown): markdown(shown, cell)
    }
  }

  private mutating func markdown(_ shown: Shown, _ cell: Int) -> String {
    let words = shown.text ?? ""
    if let svg = shown[.svg] { return picture(Array(svg.utf8), "svg", "image/svg+xml", words, cell) }
    if let shown = ShownPicture(shown) { return picture(shown.enlarged, "png", "image/png", words, cell) }
    if let table = shown[.table] { return Self.table(table) }
    return Self.block(words, "text")
  }

  private mutating func picture(_ bytes: [UInt8], _ ending: String, _ type: String, _ words: String, _ cell: Int) -> String {
    guard let folder else { return "![\(words)](data:\(type);base64,\(Base64.text(of: bytes)))" }
    let number = pictures.count { $0.name.hasPrefix("\(cell + 1)_") } + 1
    let name = "\(cell + 1)_\(number).\(ending)"
    pictures.append((name, bytes))
    let place = folder.utf8.map { Self.isPlain($0) ? String(UnicodeScalar($0)) : "%" + String($0, radix: 16, uppercase: true) }
      .joined()
    return "![\(words)](\(place)/\(name))"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    UnicodeScalar(byte).properties.isAlphabetic && byte < 0x80 || (0x30...0x39).contains(byte) || "-_./".utf8.contains(byte)
  }

  /// A block of code between fences longer than any in it.
  private static func block(_ text: String, _ language: String) -> String {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
  }

  private static func table(_ table: TableContent) -> String {
    func row(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ") + " |"
    }
    let rules = table.names.indices.map { column in
      table.rows.contains { column < $0.count && $0[column].isNumber } ? "---:" : "---"
    }
    var lines = [row(table.names), row(rules)] + table.rows.map { row($0.map(\.text)) }
    if table.count > table.rows.count { lines += ["", "… \(table.count - table.rows.count) more rows"] }
    return lines.joined(separator: "\n")
  }
}
