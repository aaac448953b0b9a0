import Base
import Notebook

/// What a page shows before its scripts have come: the document as it can be read.
extension LabState {
  /// What fills a large screen comes with the page itself, and no more bytes than these: to lay out more would only delay it. The rest comes with
  /// everything else.
  private static let mostOfFirstView = (lines: 60, bytes: 64 << 10)

  /// The first cells as HTML, as the page lays them out (cell.js).
  var firstView: String {
    var html = ""
    var lines = 0
    for (cell, state) in zip(cells, states) {
      let next = cell.firstView(state: state)
      guard lines < Self.mostOfFirstView.lines, html.utf8.count + next.utf8.count <= Self.mostOfFirstView.bytes else { break }
      html += next
      lines += cell.cell.text.utf8.count { $0 == UInt8(ascii: "\n") } + 3 + 2 * cell.outputs.pieces.count
    }
    return html
  }
}

extension LiveCell {
  fileprivate func firstView(state: String) -> String {
    let title = cell.properties.title.map { "<p class=\"title\">\(Markup.escaped($0))</p>" } ?? ""
    let text: String
    switch cell.kind {
    case .prose: text = "<div class=\"prose\">\(html)</div>"
    case .code: text = "<div class=\"editor program\"><pre><code>\(html)</code></pre></div>"
    case .raw: text = "<div class=\"editor words\"><pre><code>\(html)</code></pre></div>"
    }
    let pieces = outputs.pieces.map(\.html).filter { !$0.isEmpty }.map { "<div class=\"output\">\($0)</div>" }.joined()
    let run = """
      <button class="run quiet icon" tabindex="-1" aria-label="Run"><svg aria-hidden="true"><use href="#i-play"/></svg></button>
      """
    return """
      <article class="cell kind-\(cell.kind.rawValue)\(title.isEmpty ? "" : " titled")" data-state="\(state)">\
      <div class="margin">\(cell.kind == .code ? run : "")<span class="count">\(count.map(String.init) ?? "")</span></div>\
      <div class="body">\(title)\(text)<div class="foot"></div>\(pieces.isEmpty ? "" : "<div class=\"outputs\">\(pieces)</div>")</div></article>
      """
  }
}
