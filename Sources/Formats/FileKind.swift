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

  public static func detect(_ path: String) -> FileKind { .unknown("") }

  /// An error that says in full what is at the path, for a reader that expected something else.
  public func error(expected: String, path: String) -> FormatError { notYet(path) }
}
