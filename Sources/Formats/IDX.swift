/// The format of MNIST (Y. LeCun): a magic number with element kind and rank, the shape, then the numbers, all big-endian.
public enum IDX {
  /// Reads an IDX file, gzip-compressed or not.
  public static func read(_ path: String) throws -> NumericArray { throw notYet(path) }
}
