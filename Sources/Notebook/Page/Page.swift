import Base
import Formats
import Frontend
import Library
import Syntax

/// A document as one file of HTML: prose, formulas, code and what it has put out. It needs no script, and asks nothing of anywhere.
public struct Page {
  private let document: Document
  /// The folder in which pictures of the prose are looked for.
  private let folder: String

  /// The page of a document whose prose names pictures from `folder` on.
  public init(_ document: Document, folder: String) {
    self.document = document
    self.folder = folder
  }

  /// The whole file. The same document always gives the same text.
  public var html: String { made().html }

  /// The whole file, and the addresses of pictures that the prose shows and the file does not have, since there is no such file, or none that
  /// a browser shows.
  public func made() -> (html: String, missingPictures: [String]) {
    var missing: [String] = []
    var prose = Markdown()
    let pictures = PagePictures(folder: folder)
    let parts = document.cells.map { cell in
      switch cell.kind {
      case .prose:
        prose.picture = { path in
          let address = pictures.address(path, attachments: cell.properties.attachments)
          if address == nil, !path.contains("://"), !missing.contains(path) { missing.append(path) }
          return address
        }
        return "<div class=\"prose\">\n\(prose.html(cell.text))</div>\n"
      case .raw: return "<pre class=\"raw\">\(Markup.escaped(cell.text))</pre>\n"
      case .code: return code(cell)
      }
    }
    var body = parts.joined()
    if let contents = contents(prose.headings), let place = body.firstRange(of: "<h2 id=") {
      body.insert(contentsOf: contents, at: place.lowerBound)
    }
    let heading = prose.headings.contains { $0.level == 1 } ? "" : "<h1>\(Markup.escaped(document.title))</h1>\n"
    let html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="Gan \(Version.text)">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <title>\(Markup.escaped(prose.headings.first { $0.level == 1 }?.text ?? document.title))</title>
      <style>
      \(PageStyle.text)</style>
      </head>
      <body>
      <main>
      \(heading)\(body)</main>
      \(footer)
      </body>
      </html>

      """
    return (html, missing)
  }

  /// The sections, where there are several.
  private func contents(_ headings: [Markdown.Heading]) -> String? {
    let sections = headings.filter { $0.level == 2 }
    guard sections.count >= 3 else { return nil }
    let items = sections.map { "<li><a href=\"#\($0.anchor)\">\(Markup.escaped($0.text))</a></li>\n" }
    return "<nav aria-label=\"Contents\">\n<ol>\n\(items.joined())</ol>\n</nav>\n"
  }

  private func code(_ cell: Cell) -> String {
    let source = Source(name: document.name, text: cell.text)
    let title = cell.properties.title.map { "<p class=\"title\">\(Markup.escaped($0))</p>\n" } ?? ""
    // What is wider than its frame is moved by keys too.
    let isWide = cell.text.utf8.split(separator: UInt8(ascii: "\n")).contains { $0.count > 96 }
    let keys = isWide ? " tabindex=\"0\" role=\"group\" aria-label=\"Code\"" : ""
    let program =
      cell.text.isEmpty ? "" : "<pre class=\"code\"\(keys)><code>\(StyledHTML.text(CodeText.styled(source)))</code></pre>\n"
    let outputs = cell.outputs.map(PageOutput.html).joined()
    return
      "<div class=\"cell\">\n\(title)\(program)\(outputs.isEmpty ? "" : "<div class=\"outputs\">\n\(outputs)</div>\n")</div>\n"
  }

  /// What made the page, and the program to take along.
  private var footer: String {
    let file = document.name.split(separator: "/").last.map(String.init) ?? "program.gan"
    let name = file.hasSuffix(".gan") ? file : (file.split(separator: ".").first.map(String.init) ?? "program") + ".gan"
    let address = "data:text/plain;charset=utf-8;base64,\(Base64.text(of: Array(document.text.utf8)))"
    return
      "<footer>Made with Gan \(Version.text) from <a download=\"\(Markup.escaped(name))\" href=\"\(address)\">\(Markup.escaped(name))</a></footer>"
  }
}
