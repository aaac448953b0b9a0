import Base
import Glibc

/// What lies at a path, found out by looking.
public enum FileKind: Equatable, Sendable {
  /// A folder with pictures in it, or in the folders below it.
  case pictureFolder
  /// A folder of pairs of IDX files.
  case idxFolder
  /// A file of a format that can be read.
  case file(FileFormat)
  /// Something else; the text says what was found, as in "an empty folder".
  case unknown(String)
  /// Nothing; with a path nearby that has nearly that name, if there is one.
  case missing(suggestion: String?)

  /// Looks at the path, then at a folder's names or at the first 4096 bytes of a file, and only then at the file's name.
  public static func detect(_ path: String) -> FileKind {
    guard !path.isEmpty, Files.exists(path) else {
      return .missing(suggestion: path.isEmpty || path.utf8.contains(0) ? nil : Paths.nearest(to: path))
    }
    if Folder.isFolder(path) { return ofFolder(path) }
    var facts = stat()
    if stat(path, &facts) == 0 {
      let nature = FileNature(facts)
      guard case .file = nature else { return .unknown(nature.noun) }
    }
    let head: [UInt8]
    do {
      head = try FileBytes.head(path, count: 4096)
    } catch let error as FormatError {
      return .unknown(
        "a file that cannot be read: \(error.advice.hasSuffix(".") ? String(error.advice.dropLast()) : error.advice)")
    } catch {
      return .unknown("a file that cannot be read")
    }
    return ofFile(path, head)
  }

  private static func ofFile(_ path: String, _ head: [UInt8]) -> FileKind {
    if let format = FileFormat.beginning(head), format.reader != nil { return .file(format) }
    if Gzip.isCompressed(head) { return ofCompressed(path, head) }
    // Cut off files still have their name to go by, so that their own reader can say what is missing.
    if let format = FileFormat.named(path), format.reader != nil { return .file(format) }
    if let format = FileFormat.beginning(head) { return .unknown(format.noun) }
    if Contents.isText(head), let format = FileFormat.all.first(where: { $0.resembles(head) }) { return .file(format) }
    return .unknown(head.isEmpty ? "an empty file" : Contents.describe(head))
  }

  /// What a gzip-compressed file holds, for formats that are read through the compression.
  private static func ofCompressed(_ path: String, _ head: [UInt8]) -> FileKind {
    guard let start = try? Gzip.prefix(head, count: 1024, path: path), !Gzip.isCompressed(start) else {
      return .unknown("a gzip-compressed file that cannot be unpacked")
    }
    let inner = ofFile(path.lowercased().hasSuffix(".gz") ? String(path.dropLast(3)) : path, start)
    guard case .file(let format) = inner else { return .unknown("a gzip-compressed file: \(inner.description)") }
    switch format.reader?.kind {
    case .array, .pictures, .table, .document, .text: return inner
    case .picture, .arrays, .weights, nil: return .unknown("a gzip-compressed file: \(format.noun)")
    }
  }

  private static func ofFolder(_ path: String) -> FileKind {
    let entries: [Folder.Entry]
    do {
      entries = try Folder.entries(path)
    } catch let error as FormatError {
      return .unknown("a folder that cannot be read: \(error.advice)")
    } catch {
      return .unknown("a folder that cannot be read")
    }
    let files = entries.filter { !$0.isFolder }.map(\.name)
    if files.contains(where: isIDX) { return .idxFolder }
    if entries.isEmpty { return .unknown("an empty folder") }
    let below = firstFile(entries, path, depth: 0)
    if let below, !isIDX(Paths.name(of: below)) { return .pictureFolder }
    if let below { return .unknown("a folder whose IDX files lie deeper: load(\"\(Paths.folder(of: below))\")") }
    let some = files.prefix(3).joined(separator: ", ")
    return .unknown(
      "a folder without pictures or IDX files" + (some.isEmpty ? "" : " (it holds \(some)\(files.count > 3 ? ", …" : ""))"))
  }

  private static func isIDX(_ name: String) -> Bool { IDXFolder.prefix(of: name, kind: "images") != nil }

  /// The first file in a folder or below it that holds data by its name: IDX images, or whatever is no companion of pictures.
  private static func firstFile(_ entries: [Folder.Entry], _ path: String, depth: Int) -> String? {
    let kept = entries.filter { isIDX($0.name) || !Companions.contains($0.name) }
    if let file = kept.first(where: { !$0.isFolder }) { return Paths.join(path, file.name) }
    guard depth < 16 else { return nil }
    for folder in kept {
      let inner = Paths.join(path, folder.name)
      if let found = firstFile((try? Folder.entries(inner)) ?? [], inner, depth: depth + 1) { return found }
    }
    return nil
  }

  /// What is there, as a noun with its article.
  public var description: String {
    switch self {
    case .pictureFolder: return "a folder of pictures"
    case .idxFolder: return "a folder of IDX files"
    case .file(let format): return format.noun
    case .unknown(let description): return description
    case .missing: return "nothing"
    }
  }

  /// An error that says what is at the path, for a reader that needs something else.
  ///
  /// - Parameter expected: what is needed, as in "A data set is a folder of pictures, IDX, NPY or NPZ".
  public func error(expected: String, path: String) -> FormatError {
    switch self {
    case .missing(let suggestion):
      return FormatError(
        title: "there is no such file", advice: FormatError.nothing(at: path, nearest: suggestion), path: path)
    case .pictureFolder, .idxFolder, .file, .unknown:
      return FormatError(
        title: "this kind of file does not fit here", advice: "\(path) is \(description). \(expected).", path: path)
    }
  }
}
