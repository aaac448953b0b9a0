/// One array in NumPy's format.
public enum NPY {
  public static func read(_ path: String) throws -> NumericArray { throw notYet(path) }
  /// Writes 32-bit floats, little-endian, in C order.
  public static func write(_ array: NumericArray, to path: String) throws { throw notYet(path) }
}
