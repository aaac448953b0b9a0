import Graphics

/// A folder of pictures that has been looked through: what its samples are, and how each is made of its file. No pixel is decoded yet.
public struct PictureFolder {
  /// The folder.
  public let path: String
  /// The files with a picture's header, class by class.
  public let files: [PictureListing.File]
  /// The names of the class folders in their natural order; none for a flat folder.
  public let classes: [String]
  /// How a file becomes a sample.
  public let preparation: PicturePreparation
  /// What is passed over, and why.
  public let skipped: [PictureListing.Skipped]
  private let listing: PictureListing
  private let reading: ImageFolder.Reading
  let splits: [String]
  let threads: Int
  let watch: ReadingWatch
  /// For each of `files` by what it is known not to have changed.
  let stamps: [FileStamp]
  /// How many pictures are of another aspect than the samples, so that `fit` cuts or pads them.
  public let misfitCount: Int

  /// Looks through a folder of class folders, or a flat folder, of pictures, at the header of each.
  ///
  /// - Parameters:
  ///   - size: the size to bring every picture to; by default the most common one.
  ///   - channels: `automatic` gives gray if all pictures are stored in gray, otherwise color.
  ///   - invert: exchanges light and dark, for black ink on white paper.
  ///   - fit: what is done with pictures of another shape.
  ///   - splits: which parts of the folder are meant, as `train`.
  ///   - cache: where the headers of the files may be known from an earlier time.
  /// - Throws: `FormatError` if there is no picture at all that can be read; `ReadingInterrupted`.
  public init(
    _ path: String, size: (height: Int, width: Int)? = nil, channels: ImageFile.Channels = .automatic, invert: Bool = false,
    fit: Fit = .crop, splits: [String] = [], cache: CacheFolder? = nil, threads: Int = 2, watch: ReadingWatch = ReadingWatch()
  ) throws {
    self.path = path
    self.splits = splits
    self.threads = threads
    self.watch = watch
    listing = try PictureListing(path, splits: splits)
    reading = ImageFolder.Reading(paths: listing.files.map(\.path), threads: threads, watch: watch)
    let index = cache.map { PictureIndex(contentsOf: $0.index(of: path, part: PictureFolder.part(splits))) } ?? PictureIndex()
    let found = reading.inspect(index: index, below: path)
    if watch.interrupted() { throw ReadingInterrupted() }
    guard let size = size ?? PictureFolder.mostCommonSize(found) else {
      throw PictureFolder.nothingReadable(path, listing, reading.skipped)
    }
    let isColor: Bool
    switch channels {
    case .gray: isColor = false
    case .color: isColor = true
    case .automatic: isColor = found.contains { $0?.isColor ?? false }
    }
    let samples = isColor ? 3 : 1
    guard size.height > 0, size.width > 0, NumericArray.count(of: [size.height, size.width, samples]) != nil else {
      throw FormatError(
        title: "the pictures are too large",
        advice: "Pictures of \(size.width)×\(size.height) do not fit; choose a smaller size.", path: path)
    }
    preparation = PicturePreparation(
      height: size.height, width: size.width, channels: samples, isDeep: found.contains { $0?.isDeep ?? false }, invert: invert,
      fit: fit)
    let stamps = reading.stamps
    let kept = found.indices.filter { found[$0] != nil && stamps[$0] != nil }
    guard !kept.isEmpty else { throw PictureFolder.nothingReadable(path, listing, reading.skipped) }
    let listed = listing.files
    files = kept.map { listed[$0] }
    self.stamps = kept.compactMap { stamps[$0] }
    misfitCount = found.count { $0.map { $0.width * size.height != $0.height * size.width } ?? false }
    classes = listing.classes
    skipped = listing.skipped + reading.skipped
  }

  /// The bytes that all samples take.
  public var byteCount: Int { files.count * preparation.byteCount }

  /// For each file its class, an index into `classes`; nil for a flat folder.
  public var labels: [Int]? { classes.isEmpty ? nil : files.map(\.label) }

  /// All pixels. Files that turn out to be damaged are passed over.
  ///
  /// - Throws: `FormatError` if no picture is left; `ReadingInterrupted`.
  public func decoded() throws -> ImageFolder {
    guard NumericArray.count(of: [listing.files.count, preparation.byteCount]) != nil else {
      throw FormatError(
        title: "the pictures are too many or too large",
        advice:
          "\(listing.files.count) pictures of \(preparation.width)×\(preparation.height) do not fit; choose a smaller size.",
        path: path)
    }
    var (numbers, isRead) = reading.decode(preparation)
    if watch.interrupted() { throw ReadingInterrupted() }
    let kept = isRead.indices.filter { isRead[$0] }
    guard !kept.isEmpty else { throw PictureFolder.nothingReadable(path, listing, reading.skipped) }
    if kept.count < isRead.count { numbers = numbers.rows(kept, length: preparation.sampleCount) }
    return ImageFolder(
      count: kept.count, height: preparation.height, width: preparation.width, channels: preparation.channels,
      numbers: numbers,
      labels: classes.isEmpty ? nil : kept.map { listing.files[$0].label }, classes: classes,
      paths: kept.map { listing.files[$0].path }, skipped: listing.skipped + reading.skipped)
  }

  /// Keeps what was found in the headers, unless it is kept already.
  func keepIndex(in cache: CacheFolder) throws {
    var index = PictureIndex()
    let stamps = reading.stamps
    for (place, found) in reading.found.enumerated() {
      guard let found, let stamp = stamps[place] else { continue }
      index.entries[PictureFolder.name(of: listing.files[place].path, below: path)] = .init(stamp: stamp, found: found)
    }
    let place = cache.index(of: path, part: PictureFolder.part(splits))
    cache.removeStale(beside: place)
    if index != PictureIndex(contentsOf: place) { try index.write(to: place) }
  }

  /// What of the folder is read.
  static func part(_ splits: [String]) -> Digest {
    var digest = Digest()
    for split in splits { digest.add(split) }
    return digest
  }

  /// The path of a file from the folder on, which is the same wherever the folder is seen from.
  static func name(of file: String, below folder: String) -> String {
    file.hasPrefix(folder) ? String(file.dropFirst(folder.count).drop { $0 == "/" }) : file
  }

  /// What is said where no picture is left.
  func nothingReadable(_ skipped: [PictureListing.Skipped]) -> FormatError {
    PictureFolder.nothingReadable(path, listing, skipped)
  }

  private static func mostCommonSize(_ found: [ImageFolder.Reading.Found?]) -> (height: Int, width: Int)? {
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

  private static func nothingReadable(
    _ path: String, _ listing: PictureListing, _ skipped: [PictureListing.Skipped]
  ) -> FormatError {
    let example = (listing.skipped + skipped).first.map { " \(Paths.name(of: $0.path)): \($0.reason)" } ?? ""
    return FormatError(
      title: "the folder holds no picture that can be read",
      advice: "\(FileFormat.pictureNames()) are looked for, in the folder itself or in one folder for each class.\(example)",
      path: path)
  }
}
