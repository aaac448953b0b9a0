import Graphics

/// Pictures of one size, with the class of each if they lay in class folders.
public struct ImageFolder: Equatable, Sendable {
  /// A file that is not among the pictures.
  public struct Skipped: Equatable, Sendable {
    /// The file that was passed over.
    public let path: String
    /// Why, in a whole sentence.
    public let reason: String
  }

  /// The number of pictures, at least 1.
  public let count: Int
  /// Of every picture, in pixels.
  public let height: Int
  /// Of every picture, in pixels.
  public let width: Int
  /// 1 (gray) or 3 (red, green, blue), the same for all.
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

  /// Reads a folder of class folders, or a flat folder, of pictures.
  ///
  /// - Parameters:
  ///   - size: the size to bring every picture to; by default the most common one.
  ///   - channels: `automatic` gives gray if all pictures are stored in gray, otherwise color.
  ///   - invert: exchanges light and dark, for black ink on white paper.
  ///   - interrupted: asked before each picture, on the reading threads; if it says true, reading stops.
  /// - Throws: `FormatError` if there is no picture at all that can be read; `ReadingInterrupted`.
  public static func load(
    _ path: String, size: (height: Int, width: Int)? = nil, channels: ImageFile.Channels = .automatic,
    invert: Bool = false, threads: Int = 2, interrupted: (@Sendable () -> Bool)? = nil
  ) throws -> ImageFolder {
    let listing = try Listing(path)
    let reading = Reading(
      paths: listing.files.map(\.path), channels: channels, invert: invert, threads: threads,
      interrupted: interrupted ?? { false })
    let found = reading.inspect()
    if let interrupted, interrupted() { throw ReadingInterrupted() }
    guard let size = size ?? mostCommonSize(found) else {
      throw nothingReadable(path, listing, reading.skipped)
    }
    let isColor: Bool
    switch channels {
    case .gray: isColor = false
    case .color: isColor = true
    case .automatic: isColor = found.contains { $0?.isColor ?? false }
    }
    let samples = isColor ? 3 : 1
    guard size.height > 0, size.width > 0, let pictureBytes = NumericArray.count(of: [size.height, size.width, samples]),
      NumericArray.count(of: [listing.files.count, pictureBytes]) != nil
    else {
      throw FormatError(
        title: "the pictures are too many or too large",
        advice: "\(listing.files.count) pictures of \(size.width)×\(size.height) do not fit; choose a smaller size.", path: path)
    }
    var (bytes, isRead) = reading.decode(size: size, isColor: isColor, pictureBytes: pictureBytes)
    if let interrupted, interrupted() { throw ReadingInterrupted() }
    let kept = isRead.indices.filter { isRead[$0] }
    guard !kept.isEmpty else { throw nothingReadable(path, listing, reading.skipped) }
    if kept.count < isRead.count {
      bytes = Array(kept.map { bytes[$0 * pictureBytes..<($0 + 1) * pictureBytes] }.joined())
    }
    return ImageFolder(
      count: kept.count, height: size.height, width: size.width, channels: samples, bytes: bytes,
      labels: listing.classes.isEmpty ? nil : kept.map { listing.files[$0].label }, classes: listing.classes,
      paths: kept.map { listing.files[$0].path }, skipped: listing.skipped + reading.skipped)
  }

  private static func mostCommonSize(_ found: [Reading.Found?]) -> (height: Int, width: Int)? {
    struct Size: Hashable {
      let height: Int
      let width: Int
    }
    var counts: [Size: (count: Int, first: Int)] = [:]
    for (index, picture) in found.enumerated() {
      guard let picture else { continue }
      counts[Size(height: picture.height, width: picture.width), default: (0, index)].count += 1
    }
    // Of two sizes equally common the one that comes first, so that the result does not depend on chance.
    let best = counts.min { ($1.value.count, $0.value.first) < ($0.value.count, $1.value.first) }
    return best.map { ($0.key.height, $0.key.width) }
  }

  private static func nothingReadable(_ path: String, _ listing: Listing, _ skipped: [Skipped]) -> FormatError {
    let example = (listing.skipped + skipped).first.map { " \(Paths.name(of: $0.path)): \($0.reason)" } ?? ""
    return FormatError(
      title: "the folder holds no picture that can be read",
      advice: "\(FileFormat.pictureNames()) are looked for, in the folder itself or in one folder for each class.\(example)",
      path: path)
  }

  /// The files to read, and the class of each.
  struct Listing {
    var files: [(path: String, label: Int)] = []
    var classes: [String] = []
    var skipped: [Skipped] = []

    init(_ path: String) throws {
      let entries = try Folder.entries(path)
      for folder in entries where folder.isFolder {
        let inner = Paths.join(path, folder.name)
        let contents: [Folder.Entry]
        do {
          contents = try Folder.entries(inner)
        } catch let error as FormatError {
          skipped.append(Skipped(path: inner, reason: error.advice))
          continue
        }
        let names = contents.filter { !$0.isFolder }.map(\.name)
        guard !names.isEmpty else { continue }
        files += names.map { (Paths.join(inner, $0), classes.count) }
        classes.append(folder.name)
      }
      let loose = entries.filter { !$0.isFolder }.map { Paths.join(path, $0.name) }
      if classes.isEmpty {
        files = loose.map { ($0, 0) }
      } else {
        // Notes and licences belong there; a picture was probably meant to be in a class.
        skipped += loose.filter(ImageFile.hasPictureName).map {
          Skipped(path: $0, reason: "It lies beside the class folders, not in one.")
        }
      }
    }
  }
}

/// Reading many files was given up because the person asked for it.
public struct ReadingInterrupted: Error {
  /// The error has nothing to tell: whoever asked for it knows why.
  public init() {}
}
