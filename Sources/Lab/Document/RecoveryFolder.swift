import Base
import Formats
import Glibc

/// Where texts are kept that their files do not take: `~/.local/state/gan/lab`, or below `$XDG_STATE_HOME`. Beside each text stands whose it is,
/// so that the texts of documents that are gone can go, too, after a while.
enum RecoveryFolder {
  /// Texts of documents that are gone are kept for so long, in seconds: 30 days.
  static let patience = 30.0 * 24 * 3600
  /// What the file beside a text is called that says whose it is.
  private static let mark = ".document"

  /// The folder; nil where there is no home.
  static var path: String? {
    UserFolder.state.path().map { $0 + "/gan/lab" }
  }

  /// The place of a document's text.
  static func place(of document: String) -> String? {
    let whole = absolute(document)
    // FNV-1a: files of one name in different folders are kept apart.
    let mark = whole.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return path.map { "\($0)/\(String(mark, radix: 36))-\(Paths.name(of: document))" }
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }

  /// Keeps a document's text at its place.
  ///
  /// - Throws: a `FormatError` with the reason.
  static func write(_ content: [UInt8], of document: String, to place: String) throws {
    makeFolders(for: place)
    try AtomicFile.write(place, content)
    try AtomicFile.write(place + mark, Array(absolute(document).utf8))
  }

  static func remove(_ place: String) {
    unlink(place)
    unlink(place + mark)
  }

  /// Removes the texts that nobody asks for: those that are older than `age`, in seconds, of documents that are gone.
  static func clean(olderThan age: Double = patience) {
    guard let path else { return }
    let files = Files.matching(path + "/*")
    let now = Double(time(nil))
    for place in files where !place.hasSuffix(mark) {
      var status = stat()
      guard stat(place, &status) == 0, now - Double(status.st_mtim.tv_sec) > age else { continue }
      let document = (try? Descriptor.contents(of: place + mark)).map { String(decoding: $0, as: UTF8.self) }
      if document.map({ !Files.exists($0) }) ?? true { remove(place) }
    }
    // Of a text that somebody has taken away by hand.
    for place in files where place.hasSuffix(mark) && !Files.exists(String(place.dropLast(mark.count))) { unlink(place) }
  }

  private static func makeFolders(for path: String) {
    var place = path.startIndex
    while let slash = path[path.index(after: place)...].firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      place = slash
    }
  }
}
