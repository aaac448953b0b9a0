import Base

/// A folder with the files in it, and in the folders below it, that may be pictures. Nothing is opened but folders.
struct PictureTree {
  /// What the folder is called.
  let name: String
  let path: String
  /// The names of its own files, in natural order.
  private(set) var files: [String] = []
  /// The folders in it that hold files, or have such below them, in natural order.
  private(set) var folders: [PictureTree] = []
  /// The paths of the folders in it in which there is nothing at all.
  private(set) var emptyFolders: [String] = []

  /// Whether there is nothing in it, not even what is known to be no picture.
  private let isBare: Bool

  /// Folders deeper than this are not looked into.
  private static let depthLimit = 32

  /// Looks through a folder and all below it. Hidden files and companions are left out; a link that leads back into a folder around
  /// it is not followed.
  ///
  /// - Parameter skipped: gets the folders below that cannot be read.
  /// - Throws: `FormatError` where the folder itself cannot be read.
  init(_ path: String, skipped: inout [PictureListing.Skipped]) throws {
    try self.init(path, around: [], skipped: &skipped)
  }

  private init(_ path: String, around: [FileIdentity], skipped: inout [PictureListing.Skipped]) throws {
    self.path = path
    name = Paths.name(of: path)
    let entries = try Folder.entries(path)
    isBare = entries.isEmpty
    files = entries.filter { !$0.isFolder && !Companions.contains($0.name) }.map(\.name)
    guard around.count < PictureTree.depthLimit else { return }
    let around = around + (FileIdentity(path: path).map { [$0] } ?? [])
    for entry in entries where entry.isFolder && !Companions.contains(entry.name) {
      let inner = Paths.join(path, entry.name)
      if let identity = FileIdentity(path: inner), around.contains(identity) { continue }
      do {
        let folder = try PictureTree(inner, around: around, skipped: &skipped)
        if !folder.isEmpty { folders.append(folder) }
        if folder.isBare { emptyFolders.append(inner) }
      } catch let error as FormatError {
        skipped.append(PictureListing.Skipped(path: inner, reason: error.advice))
      }
    }
  }

  /// Whether no file is in it or below it.
  private var isEmpty: Bool { files.isEmpty && folders.isEmpty }

  /// The paths of all files in it and below it.
  var allFiles: [String] { files.map { Paths.join(path, $0) } + folders.flatMap(\.allFiles) }

  /// The folder with the contents: a folder that holds one folder and no file, or nothing but one split, is only a wrapper.
  var unwrapped: PictureTree {
    guard files.isEmpty, folders.count == 1, let inner = folders.first else { return self }
    return inner.files.isEmpty || Splits.isName(inner.name) ? inner.unwrapped : self
  }

  /// The folders that are parts of one data set, as `train` and `val`; none where the folders are classes.
  var splits: [PictureTree] { Splits.are(folders.map(\.name)) ? folders : [] }

  /// The names of the splits, in the folder itself or below each of its classes.
  var splitNames: [String] {
    guard splits.isEmpty else { return splits.map(\.name) }
    guard files.isEmpty, folders.contains(where: { !$0.splits.isEmpty }),
      folders.allSatisfy({ $0.files.isEmpty && !$0.splitsOfClass.isEmpty })
    else { return [] }
    return Set(folders.flatMap { $0.splitsOfClass.map(\.name) }).sorted(by: Paths.naturallyPrecedes)
  }

  /// The splits of a class beside others: it may have but one.
  private var splitsOfClass: [PictureTree] {
    folders.count == 1 && Splits.isName(folders[0].name) ? folders : splits
  }

  /// The split of this name: of the folder itself, or of its classes together.
  func split(_ name: String) -> PictureTree {
    if let split = splits.first(where: { $0.name == name }) { return split }
    var part = self
    part.folders = folders.compactMap { folder in
      folder.splitsOfClass.first { $0.name == name }.map { split in
        var named = split
        named.className = folder.name
        return named
      }
    }
    return part
  }

  /// What the class is called that the folder's files are of, where that is not its own name.
  private var className: String?

  /// The classes: the folders in it, each with all files in it and below it.
  var classes: [(name: String, files: [String])] { folders.map { ($0.className ?? $0.name, $0.allFiles) } }
}
