/// Whole files read into memory.
public enum FileBytes {
  /// - Throws: `FormatError` with the reason: no such file, a folder, no permission, too large.
  public static func read(_ path: String) throws -> [UInt8] { throw notYet(path) }
}

func notYet(_ path: String) -> FormatError { FormatError(title: "not yet", advice: "", path: path) }
