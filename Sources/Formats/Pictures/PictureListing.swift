/// What a folder of pictures holds: the files to read, the class of each, and what is passed over and why. Nothing is opened but folders.
public struct PictureListing: Equatable, Sendable {
  /// A file that is to be read.
  public struct File: Equatable, Sendable {
    /// The folder's path with the file's behind it.
    public let path: String
    /// Its class, an index into `classes`; 0 where there are none.
    public let label: Int
  }

  /// A file that is not among the pictures.
  public struct Skipped: Equatable, Sendable {
    /// The file that was passed over.
    public let path: String
    /// Why, in a whole sentence.
    public let reason: String
  }

  /// The files, class by class, each class in natural order: 2 before 10.
  public private(set) var files: [File] = []
  /// The names of the class folders in their natural order; none for a flat folder.
  public private(set) var classes: [String] = []
  /// What is passed over, and why.
  public private(set) var skipped: [Skipped] = []

  /// Looks through a folder of class folders, whose pictures may lie deeper in them, or a flat folder.
  ///
  /// - Parameter splits: which of the folder's parts to read, as `train`; several are read one after another.
  /// - Throws: `FormatError` where the folder itself cannot be read, has no such split, or has several and none was asked for.
  public init(_ path: String, splits: [String] = []) throws {
    let tree = try PictureTree(path, skipped: &skipped)
    guard !splits.isEmpty else {
      let inner = tree.unwrapped
      if inner.splitNames.count > 1 {
        throw Splits.choose(among: inner.splitNames, path: path, what: "the folder holds pictures")
      }
      try read([inner])
      return
    }
    // A folder with nothing but `train` in it has one split.
    var whole = tree
    while whole.files.isEmpty, whole.folders.count == 1, !Splits.isName(whole.folders[0].name) { whole = whole.folders[0] }
    let isLone = whole.files.isEmpty && whole.folders.count == 1
    let names = isLone ? [whole.folders[0].name] : whole.splitNames
    try read(
      splits.map {
        let name = try Splits.find($0, among: names, path: path)
        return isLone ? whole.folders[0] : whole.split(name)
      })
  }

  private mutating func read(_ trees: [PictureTree]) throws {
    guard let first = trees.first else { return }
    guard trees.allSatisfy({ $0.folders.isEmpty == first.folders.isEmpty }) else {
      throw FormatError(
        title: "not all of the splits have classes",
        advice: "\(Words.list(trees.filter { $0.folders.isEmpty }.map(\.name), "and")) has none; read the others alone.",
        path: first.path)
    }
    guard !first.folders.isEmpty else {
      files = trees.flatMap(\.allFiles).map { File(path: $0, label: 0) }
      return
    }
    classes = Set(trees.flatMap { $0.classes.map(\.name) }).sorted(by: Paths.naturallyPrecedes)
    for (label, name) in classes.enumerated() {
      for tree in trees {
        for part in tree.classes where part.name == name { files += part.files.map { File(path: $0, label: label) } }
      }
    }
    // Whatever has no picture's name may belong there; a picture was probably meant to be in a class.
    for tree in trees {
      skipped += tree.emptyFolders.map { Skipped(path: $0, reason: "No picture is in it, and it becomes no class.") }
      skipped += tree.files.filter(ImageFile.hasPictureName).map {
        Skipped(path: Paths.join(tree.path, $0), reason: "It lies beside the class folders, not in one.")
      }
    }
  }
}
