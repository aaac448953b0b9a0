import Glibc
import Graphics
import Synchronization

extension ImageFolder {
  /// Reads the files of a folder on several threads, in two passes: their measures, then their pixels. What goes wrong
  /// with a file is noted and costs only that file.
  final class Reading: Sendable {
    struct Found: Equatable, Sendable {
      let width: Int
      let height: Int
      let isColor: Bool
      /// Whether its numbers have more than 8 bits.
      let isDeep: Bool
    }

    /// Small files are kept from the first pass to the second, up to this many bytes together.
    private static let keptByteLimit = 64 << 20
    /// Of larger files the header is looked for in so many bytes first.
    private static let headByteCount = 64 << 10

    private struct Notes {
      var found: [Found?]
      var stamps: [FileStamp?]
      var kept: [[UInt8]?]
      var keptCount = 0
      var reasons: [String?]
    }

    private let paths: [String]
    private let threads: Int
    private let watch: ReadingWatch
    private let notes: Mutex<Notes>

    init(paths: [String], threads: Int, watch: ReadingWatch) {
      self.paths = paths
      self.threads = threads
      self.watch = watch
      let empty = Notes(
        found: Array(repeating: nil, count: paths.count), stamps: Array(repeating: nil, count: paths.count),
        kept: Array(repeating: nil, count: paths.count), reasons: Array(repeating: nil, count: paths.count))
      notes = Mutex(empty)
    }

    /// The files that were given up, in their order.
    var skipped: [PictureListing.Skipped] {
      notes.withLock { notes in
        zip(paths, notes.reasons).compactMap { path, reason in reason.map { PictureListing.Skipped(path: path, reason: $0) } }
      }
    }

    /// The measures of each picture, once it has been inspected.
    var found: [Found?] { notes.withLock { $0.found } }

    /// The size and the time of each file, once it has been inspected.
    var stamps: [FileStamp?] { notes.withLock { $0.stamps } }

    /// The measures of each picture; nil where there is none. Those in the index are taken from there.
    func inspect(index: PictureIndex, below folder: String) -> [Found?] {
      onThreads("looking at pictures") { [self] path, place, decoder in
        guard let stamp = FileStamp(path) else { throw FormatError.system(ENOENT, path, writing: false) }
        notes.withLock { $0.stamps[place] = stamp }
        if let entry = index.entries[PictureFolder.name(of: path, below: folder)], entry.stamp == stamp {
          notes.withLock { $0.found[place] = entry.found }
          return
        }
        let (measures, bytes) = try Reading.header(of: path, size: stamp.size, by: decoder)
        let found = Found(
          width: measures.width, height: measures.height, isColor: measures.isColor, isDeep: measures.depth > 8)
        notes.withLock { notes in
          notes.found[place] = found
          guard let bytes, notes.keptCount + bytes.count <= Reading.keptByteLimit else { return }
          notes.keptCount += bytes.count
          notes.kept[place] = bytes
        }
      }
      return notes.withLock { $0.found }
    }

    /// A picture's header, and the whole file where that was read.
    private static func header(
      of path: String, size: Int, by decoder: PictureDecoder
    ) throws -> (header: PictureHeader, file: [UInt8]?) {
      // Of a JPEG the first bytes say enough. Other readers look through the whole file for what is cut off.
      if size > 4 * headByteCount, case let head = try FileBytes.head(path, count: headByteCount), FileFormat.jpeg.begins(head),
        let header = try? decoder.header(head, path: path)
      {
        return (header, nil)
      }
      let file = try ImageFolder.read(path)
      return (try decoder.header(file, path: path), file)
    }

    /// The numbers of all pictures, and which of them were read.
    func decode(_ preparation: PicturePreparation) -> (numbers: SampleNumbers, isRead: [Bool]) {
      let numbers: SampleNumbers =
        preparation.isDeep ? .words(decode(preparation, as: UInt16.self)) : .bytes(decode(preparation, as: UInt8.self))
      return (
        numbers, notes.withLock { notes in notes.found.indices.map { notes.found[$0] != nil && notes.reasons[$0] == nil } }
      )
    }

    private func decode<Number: FixedWidthInteger>(_ preparation: PicturePreparation, as type: Number.Type) -> [Number] {
      let length = preparation.byteCount
      return [Number](unsafeUninitializedCapacity: paths.count * preparation.sampleCount) { buffer, initialized in
        buffer.initialize(repeating: 0)
        // Every picture has its own part of the buffer, which one thread alone writes.
        nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(buffer)
        onThreads("reading pictures") { [self] path, place, decoder in
          guard let file = takeFile(place) else { return }
          let raster = try preparation.raster(of: file ?? ImageFolder.read(path), path: path, by: decoder)
          preparation.write(raster, into: UnsafeMutableRawBufferPointer(rebasing: target[place * length..<(place + 1) * length]))
        }
        initialized = paths.count * preparation.sampleCount
      }
    }

    /// The kept bytes of a file, .some(nil) if they must be read again, nil if the file was given up.
    private func takeFile(_ index: Int) -> [UInt8]?? {
      notes.withLock { notes in
        guard notes.found[index] != nil else { return nil }
        defer { notes.kept[index] = nil }
        return .some(notes.kept[index])
      }
    }

    /// Calls `body` for each file, until the watch has it stopped, and shows how far it has come where it takes long.
    private func onThreads(
      _ title: String, _ body: @escaping @Sendable (_ path: String, _ place: Int, _ decoder: PictureDecoder) throws -> Void
    ) {
      let pace = ReadingPace(watch, title, total: paths.count)
      Parallel.run(count: paths.count, threads: threads) { [self] next in
        let decoder = PictureDecoder()
        while let place = next(), !watch.interrupted() {
          attempt(place) { try body(paths[place], place, decoder) }
          pace.count()
        }
      }
      pace.finish()
    }

    private func attempt(_ index: Int, _ body: () throws -> Void) {
      do {
        try body()
      } catch {
        let reason = ImageFolder.reason(error)
        notes.withLock { $0.reasons[index] = reason }
      }
    }
  }

  /// Why a picture cannot be read, in whole sentences.
  static func reason(_ error: any Error) -> String {
    switch error {
    case let error as FormatError: "\(error.title). \(error.advice)"
    case let error as GraphicsError: "\(error.title). \(error.advice)"
    default: "\(error)"
    }
  }

  /// The bytes of a picture's file. A file that does not begin like a picture is refused before it is read whole.
  static func read(_ path: String) throws -> [UInt8] {
    if !ImageFile.hasPictureName(path) {
      let head = try FileBytes.head(path, count: 64)
      guard FileFormat.pictures.contains(where: { $0.begins(head) }) else {
        throw FormatError(title: "this is not a picture", advice: "It is \(Contents.describe(head)).", path: path)
      }
    }
    return try FileBytes.read(path)
  }
}
