/// Pictures of one size, with the class of each if they lay in class folders.
public struct ImageFolder: Equatable, Sendable {
  /// The number of pictures, at least 1.
  public let count: Int
  /// Of every picture, in pixels.
  public let height: Int
  /// Of every picture, in pixels.
  public let width: Int
  /// 1 (gray) or 3 (red, green, blue), the same for all.
  public let channels: Int
  /// [count, height, width, channels]: words where a picture has more than 8 bits a channel, otherwise bytes.
  public let numbers: SampleNumbers
  /// For each picture its class, an index into `classes`; nil for a flat folder.
  public let labels: [Int]?
  /// The names of the class folders in their natural order: 2 before 10.
  public let classes: [String]
  /// The paths of the pictures, in their order.
  public let paths: [String]
  /// What could not be read, and why.
  public let skipped: [PictureListing.Skipped]

  /// Reads a folder of class folders, or a flat folder, of pictures.
  ///
  /// - Parameters:
  ///   - size: the size to bring every picture to; by default the most common one.
  ///   - channels: `automatic` gives gray if all pictures are stored in gray, otherwise color.
  ///   - invert: exchanges light and dark, for black ink on white paper.
  ///   - splits: which parts of the folder are meant, as `train`.
  /// - Throws: `FormatError` if there is no picture at all that can be read; `ReadingInterrupted`.
  public static func load(
    _ path: String, size: (height: Int, width: Int)? = nil, channels: ImageFile.Channels = .automatic,
    invert: Bool = false, splits: [String] = [], threads: Int = 2, watch: ReadingWatch = ReadingWatch()
  ) throws -> ImageFolder {
    try PictureFolder(path, size: size, channels: channels, invert: invert, splits: splits, threads: threads, watch: watch)
      .decoded()
  }
}

/// Reading many files was given up because the person asked for it.
public struct ReadingInterrupted: Error {
  /// The error has nothing to tell: whoever asked for it knows why.
  public init() {}
}
