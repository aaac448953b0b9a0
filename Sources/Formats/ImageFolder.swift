import Graphics

/// Pictures of one size, with the class of each if they lay in class folders.
public struct ImageFolder: Equatable, Sendable {
  public struct Skipped: Equatable, Sendable {
    public let path: String
    public let reason: String
  }

  public let count: Int
  public let height: Int
  public let width: Int
  public let channels: Int
  /// [count, height, width, channels], 0…255.
  public let bytes: [UInt8]
  /// For each picture its class, an index into `classes`; nil for a flat folder.
  public let labels: [Int]?
  /// The names of the class folders in their natural order: 2 before 10.
  public let classes: [String]
  /// The paths of the pictures, in their order.
  public let paths: [String]
  /// What could not be read, and why.
  public let skipped: [Skipped]

  /// Reads a folder of class folders, or a flat folder, of PNG and JPEG pictures.
  ///
  /// - Parameters:
  ///   - size: the size to bring every picture to; by default the most common one.
  ///   - invert: exchanges light and dark, for black ink on white paper.
  ///   - interrupted: asked now and then; if it says true, reading stops with an error.
  public static func load(
    _ path: String, size: (height: Int, width: Int)? = nil, channels: ImageFile.Channels = .automatic,
    invert: Bool = false, threads: Int = 2, interrupted: (@Sendable () -> Bool)? = nil
  ) throws -> ImageFolder { throw notYet(path) }
}
