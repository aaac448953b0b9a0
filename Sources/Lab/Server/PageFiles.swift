import Base
import Glibc
import LabPage

/// The files that a browser gets: those of the program, or, for whoever works on them, those of a folder as they are now.
struct PageFiles: Sendable {
  /// Instead of the program's own.
  let folder: String?

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
