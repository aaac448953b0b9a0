/// Several arrays in NumPy's format in one zip file.
public enum NPZ {
  /// In the file's order, names without `.npy`.
  public static func read(_ path: String) throws -> [NamedArray] { throw notYet(path) }
  public static func write(_ arrays: [NamedArray], to path: String, compressed: Bool = true) throws { throw notYet(path) }
}
