import Base
import Formats
import Glibc
import Interpreter

/// `load` of a folder: of pictures, or of IDX files.
enum FolderLoading {
  /// A data set of the pictures in a folder. What cannot be read is reported and skipped.
  static func pictures(_ path: String, _ call: borrowing Invocation) throws -> DataSet {
    let cache = try cache(call)
    let folder = try PictureFolder(
      path, size: try Loading.size(call), channels: try Loading.channels(call), invert: try call.boolean("invert"),
      fit: try Loading.fit(call), splits: try splits(call), cache: cache, threads: threads, watch: watch(call.session))
    let preparation = folder.preparation
    let augmentation = try augmentation(call, of: preparation.height, preparation.width)
    let shape = [preparation.height, preparation.width, preparation.channels]
    if folder.misfitCount > 0 {
      let what =
        switch preparation.fit {
        case .crop: "cropped to it (fit: \"pad\" or \"stretch\" keeps all of them)"
        case .pad: "padded to it"
        case .stretch: "stretched to it"
        }
      let size = "\(preparation.height)×\(preparation.width)"
      call.session.emit(
        .message("\(folder.misfitCount) of \(folder.files.count) pictures are of another aspect than \(size), and are \(what)"))
    }
    guard folder.byteCount > (try memory(call)) else {
      let decoded = try folder.decoded()
      report(decoded.skipped, of: decoded.count, call)
      if case .bytes(let bytes) = decoded.numbers { Loading.remarkMask(bytes, path, call.session) }
      return DataSet(
        decoded.numbers, sampleShape: shape, size: decoded.count, labels: decoded.labels, classes: decoded.classes,
        range: 0...1,
        augmentation: augmentation)
    }
    let disk = try folder.onDisk(cache: cache)
    report(disk.skipped, of: disk.rows.count, call)
    let place =
      disk.cachedBytes > 0 ? "from \(cache?.path ?? "") (\(SizeText.bytes(disk.cachedBytes)))" : "and decoded for each batch"
    call.session.emit(
      .message(
        "\(Table.grouped(disk.rows.count)) pictures take \(SizeText.bytes(folder.byteCount)), and are read while training, \(place)"
      ))
    return DataSet(disk, sampleShape: shape, classes: folder.classes, augmentation: augmentation)
  }

  /// A data set of the pairs of a folder of IDX files, one after another.
  static func idx(_ path: String, _ call: borrowing Invocation) throws -> DataSet {
    let sets = try IDXFolder.load(path, splits: splits(call))
    guard let first = sets.first else {
      throw FormatError(title: "there are no images", advice: "The folder holds no IDX file of images.", path: path)
    }
    let sample = first.images.shape.dropFirst()
    if let other = sets.first(where: { $0.images.shape.dropFirst() != sample }) {
      func text(_ part: IDXFolder.Part) -> String {
        "\(part.name) are of \(part.images.shape.dropFirst().map(String.init).joined(separator: "×"))"
      }
      throw FormatError(
        title: "the splits are not of one size",
        advice: "The images of \(text(first)), those of \(text(other)). Load each alone.",
        path: path)
    }
    let shape = [sets.reduce(0) { $0 + $1.images.shape[0] }] + sample
    let labels = sets.allSatisfy { $0.labels != nil } ? sets.flatMap { $0.labels ?? [] } : nil
    return dataSet(of: numbers(of: sets), shape, labels: labels)
  }

  /// The pixels of all sets: as bytes, unless a set holds other numbers.
  private static func numbers(of sets: [IDXFolder.Part]) -> SampleNumbers {
    let bytes = sets.compactMap { if case .pictures(let pictures) = $0.images { pictures.bytes } else { nil } }
    if bytes.count == sets.count { return .bytes(bytes.count == 1 ? bytes[0] : Array(bytes.joined())) }
    return .floats(
      sets.flatMap { set in
        switch set.images {
        case .pictures(let pictures): pictures.bytes.map { Float($0) / 255 }
        case .array(let array): array.values.map { $0 / 255 }
        }
      })
  }

  /// A data set of pictures of shape [n, height, width] or [n, height, width, channels].
  static func dataSet(of numbers: SampleNumbers, _ shape: [Int], labels: [Int]?) -> DataSet {
    // Class numbers may have gaps and need not begin at 0: classes are the numbers that occur.
    let classes = Set(labels ?? []).sorted()
    let places = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, $0) })
    return DataSet(
      numbers, sampleShape: Array(shape.dropFirst()) + (shape.count == 3 ? [1] : []), size: shape[0],
      labels: labels?.compactMap { places[$0] }, classes: classes.map(String.init), range: 0...1)
  }

  // MARK: Options

  /// The parts that are asked for, in their order.
  private static func splits(_ call: borrowing Invocation) throws -> [String] {
    guard case .list(let list) = call.value("split") else { return try call.optionalString("split").map { [$0] } ?? [] }
    return try list.elements.map { value in
      guard case .string(let name) = value else {
        throw Failure(
          "the name of a split is a string", [(.argument("split"), value.briefly)], advice: "Write split: [\"train\", \"val\"].")
      }
      return name
    }
  }

  /// Threads that read files: as many as there are processors, up to a limit that disks set.
  private static var threads: Int { min(max(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 1), 16) }

  /// The most bytes of pictures that are kept in memory.
  private static func memory(_ call: borrowing Invocation) throws -> Int {
    guard let bytes = try call.optionalNumber("memory") else {
      return min(512 << 20, Int(Memory.physical / 8))
    }
    guard bytes >= 0 else {
      throw Failure(
        "`memory` is a number of bytes", [(.argument("memory"), bytes.brief)],
        advice: "Write memory: 2e9 for two gigabytes, or 0.")
    }
    return Int(exactly: bytes.rounded(.down)) ?? .max
  }

  /// Where decoded pictures are kept; nil for nowhere.
  private static func cache(_ call: borrowing Invocation) throws -> CacheFolder? {
    switch call.value("cache") {
    case .boolean(let isWanted): isWanted ? CacheFolder.ofUser : nil
    case .string(let path): CacheFolder(Folders.expanded(path))
    case .none, .number, .list, .range, .record, .function, .builtin, .object: CacheFolder.ofUser
    }
  }

  private static func augmentation(_ call: borrowing Invocation, of height: Int, _ width: Int) throws -> Augmentation {
    let crop = try Loading.size(call, "crop")
    if let crop, crop.height > height || crop.width > width {
      throw Failure(
        "the part is larger than the pictures",
        [(.argument("crop"), "\(crop.height)×\(crop.width) of \(height)×\(width)")],
        advice: "Load them larger: size: [\(max(crop.height, height)), \(max(crop.width, width))].")
    }
    return Augmentation(flip: try call.boolean("flip"), crop: crop)
  }

  /// Throws where one of the options of folders is given for something else.
  static func refuse(_ names: [String], of noun: String, _ call: borrowing Invocation) throws {
    for name in names where call.isGiven(name) {
      throw Failure(
        "only a folder takes `\(name)`", [(.argument("path"), noun), (.argument(name), try call.value(name).printed())],
        advice: "Leave it away, or name the folder.")
    }
  }

  // MARK: While it reads

  /// How many files that were skipped are reported one by one.
  private static let reportLimit = 10

  private static func report(_ skipped: [PictureListing.Skipped], of count: Int, _ call: borrowing Invocation) {
    for file in skipped.prefix(reportLimit) { call.session.emit(.message("skipped \(file.path): \(file.reason)")) }
    guard skipped.count > reportLimit else { return }
    call.session.emit(.message("skipped \(skipped.count - reportLimit) more files; \(count) pictures were read"))
  }

  private static func watch(_ session: Session) -> ReadingWatch {
    let interrupter = session.interrupter
    // Progress is told on the thread that loads, which is the session's own.
    nonisolated(unsafe) let session = session
    return ReadingWatch(interrupted: { interrupter.isDue }) { title, done, total in
      session.emit(.progress(Progress(title: title, done: done, total: total, isFinished: done >= total)))
    }
  }
}
