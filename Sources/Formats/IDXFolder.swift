/// A folder with pairs of IDX files, as MNIST comes: `train-images-idx3-ubyte.gz` and `train-labels-idx1-ubyte.gz`.
public enum IDXFolder {
  public struct Part: Equatable, Sendable {
    /// What stands before `-images`: `train`, `t10k`, `digits`.
    public var name: String
    /// [n, height, width], or with channels.
    public var images: NumericArray
    /// One whole number an image.
    public var labels: [Int]?
  }

  /// Reads all pairs, `train` first, `t10k` and `test` last.
  public static func load(_ path: String) throws -> [Part] { throw notYet(path) }
}
