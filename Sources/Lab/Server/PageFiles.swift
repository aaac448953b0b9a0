import Base
import Glibc
import LabPage

/// The files that a browser gets: those of the program, or, for whoever works on them, those of a folder as they are now.
struct PageFiles: Sendable {
  /// Instead of the program's own.
  let folder: String?

  /// The page itself. So that nothing has to be waited for until it is painted, it has its style and its first script in it, and what is shown of the
  /// document until the other scripts have come.
  func page(showing program: String) -> Response? {
    guard var page = file("/"), let style = file("/page.css"), let script = file("/theme.js") else { return nil }
    let parts = [
      (#"<link rel="stylesheet" href="/page.css">"#, ["<style>", "</style>"], style.body),
      (#"<script src="/theme.js"></script>"#, ["<script>", "</script>"], script.body),
      (#"aria-label="Program"></main>"#, [#"aria-label="Program">"#, "</main>"], Array(program.utf8)),
    ]
    // Backwards, so that what has been put in is not looked through.
    for (place, marks, content) in parts.reversed() {
      guard let range = Self.range(of: Array(place.utf8), in: page.body) else { continue }
      page.body.replaceSubrange(range, with: Array(marks[0].utf8) + content + Array(marks[1].utf8))
    }
    page.policy = Response.policy(scripts: [script.body])
    return page
  }

  /// Where words stand first; `firstRange(of:)` would take a tenth of a second for a page.
  private static func range(of words: [UInt8], in text: [UInt8]) -> Range<Int>? {
    text.withUnsafeBufferPointer { text in
      guard let first = words.first, words.count <= text.count else { return nil }
      return (0...text.count - words.count).first { place in
        text[place] == first && text[place..<place + words.count].elementsEqual(words)
      }.map { $0..<$0 + words.count }
    }
  }

  /// The file of a path; nil where there is none: nothing else can be had.
  func file(_ path: String) -> Response? {
    let files = UnsafeBufferPointer(start: lab_page_files(), count: lab_page_file_count)
    if let folder { return file(path, in: folder, files) }
    guard let file = files.first(where: { String(cString: $0.path) == path }) else { return nil }
    return Response(type: String(cString: file.type), Array(UnsafeBufferPointer(start: file.text, count: file.length)))
  }

  private static let types = ["html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"]

  private func file(_ path: String, in folder: String, _ files: UnsafeBufferPointer<lab_page_file>) -> Response? {
    let name = path == "/" ? "page.html" : String(path.dropFirst())
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, !name.contains("/"), let type = Self.types[String(parts[1])],
      let bytes = try? Descriptor.contents(of: folder + "/" + name)
    else { return nil }
    return Response(type: type + (type.hasPrefix("text/") ? "; charset=utf-8" : ""), bytes)
  }
}
