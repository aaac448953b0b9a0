import Glibc

/// What lies at a path, found out by looking.
public enum FileKind: Equatable, Sendable {
  /// A folder of folders of pictures: a labelled data set.
  case classFolders
  /// A folder of pictures.
  case imageFolder
  /// A folder of pairs of IDX files.
  case idxFolder
  /// IDX, gzip-compressed or not.
  case idx
  case npy
  case npz
  case csv
  case safetensors
  case image(ImageFile.Kind)
  /// Something else; the text says what was found, as in "an empty folder".
  case unknown(String)
  /// Nothing; with a path nearby that has nearly that name, if there is one.
  case missing(suggestion: String?)

  public static func detect(_ path: String) -> FileKind {
    guard !path.isEmpty, Files.exists(path) else {
      return .missing(suggestion: path.isEmpty || path.utf8.contains(0) ? nil : Paths.nearest(to: path))
    }
    if Folder.isFolder(path) { return ofFolder(path) }
    let head: [UInt8]
    do {
      head = try FileBytes.head(path, count: 4096)
    } catch let error as FormatError {
      return .unknown("a file that cannot be read: \(error.advice)")
    } catch {
      return .unknown("a file that cannot be read")
    }
    return ofFile(path, head)
  }

  private static func ofFile(_ path: String, _ head: [UInt8]) -> FileKind {
    if let kind = ImageFile.Kind(head) { return .image(kind) }
    if Contents.isNPY(head) { return .npy }
    if Contents.isZip(head) { return .npz }
    if IDX.begins(head) { return .idx }
    if Gzip.isCompressed(head) {
      let inside = (try? Gzip.prefix(head, count: 4, path: path)) ?? []
      return IDX.begins(inside) ? .idx : .unknown("a gzip-compressed file with no IDX array in it")
    }
    // Cut off files still have their name to go by, so that their own reader can say what is missing.
    let name = Paths.name(of: path).lowercased()
    if Contents.isSafeTensors(head) || name.hasSuffix(".safetensors") { return .safetensors }
    if name.hasSuffix(".npy") { return .npy }
    if name.hasSuffix(".npz") { return .npz }
    if name.hasSuffix("-ubyte") { return .idx }
    if name.hasSuffix(".png") || name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") {
      return .image(name.hasSuffix(".png") ? .png : .jpeg)
    }
    if name.hasSuffix(".csv") || name.hasSuffix(".tsv") { return .csv }
    if Contents.isText(head), CSV.begins(head) { return .csv }
    return .unknown(head.isEmpty ? "an empty file" : Contents.describe(head))
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
    if files.contains(where: { IDXFolder.prefix(of: $0, kind: "images") != nil }) { return .idxFolder }
    for folder in entries where folder.isFolder {
      let inner = (try? Folder.entries(Paths.join(path, folder.name))) ?? []
      if inner.contains(where: { !$0.isFolder && ImageFile.hasPictureName($0.name) }) { return .classFolders }
    }
    if files.contains(where: ImageFile.hasPictureName) { return .imageFolder }
    if entries.isEmpty { return .unknown("an empty folder") }
    return .unknown("a folder without pictures or IDX files")
  }

  /// What is there, as a noun with its article.
  public var description: String {
    switch self {
    case .classFolders: return "a folder of class folders of pictures"
    case .imageFolder: return "a folder of pictures"
    case .idxFolder: return "a folder of IDX files"
    case .idx: return "an IDX array"
    case .npy: return "a NumPy array"
    case .npz: return "a zip archive of NumPy arrays"
    case .csv: return "a table of numbers"
    case .safetensors: return "a safetensors file"
    case .image(.png): return "a PNG picture"
    case .image(.jpeg): return "a JPEG picture"
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
        title: "there is no such file", advice: "Nothing is at \(path).\(suggestion.map { " Did you mean \($0)?" } ?? "")",
        path: path)
    case .classFolders, .imageFolder, .idxFolder, .idx, .npy, .npz, .csv, .safetensors, .image, .unknown:
      return FormatError(
        title: "this kind of file does not fit here", advice: "\(path) is \(description). \(expected).", path: path)
    }
  }
}
