import Graphics
import Synchronization

extension ImageFolder {
  /// Reads the files of a folder on several threads, in two passes: their measures, then their pixels. What goes wrong
  /// with a file is noted and costs only that file.
  final class Reading: Sendable {
    struct Found: Sendable {
      let width: Int
      let height: Int
      let isColor: Bool
    }

    /// Small files are kept from the first pass to the second, up to this many bytes together.
    private static let keptByteLimit = 256 << 20

    private struct Notes {
      var found: [Found?]
      var kept: [[UInt8]?]
      var keptCount = 0
      var reasons: [String?]
    }

    private let paths: [String]
    private let channels: ImageFile.Channels
    private let invert: Bool
    private let threads: Int
    private let interrupted: @Sendable () -> Bool
    private let notes: Mutex<Notes>

    init(
      paths: [String], channels: ImageFile.Channels, invert: Bool, threads: Int, interrupted: @escaping @Sendable () -> Bool
    ) {
      self.paths = paths
      self.channels = channels
      self.invert = invert
      self.threads = threads
      self.interrupted = interrupted
      let empty = Notes(
        found: Array(repeating: nil, count: paths.count), kept: Array(repeating: nil, count: paths.count),
        reasons: Array(repeating: nil, count: paths.count))
      notes = Mutex(empty)
    }

    /// The files that were given up, in their order.
    var skipped: [Skipped] {
      notes.withLock { notes in
        zip(paths, notes.reasons).compactMap { path, reason in reason.map { Skipped(path: path, reason: $0) } }
      }
    }

    /// The measures of each picture; nil where there is none.
    func inspect() -> [Found?] {
      Parallel.run(count: paths.count, threads: threads) { [self] next in
        let decoder = PictureDecoder()
        while let index = next(), !interrupted() {
          attempt(index) {
            let bytes = try ImageFolder.read(paths[index])
            let measures = try decoder.header(bytes, path: paths[index])
            let found = Found(width: measures.width, height: measures.height, isColor: measures.isColor)
            notes.withLock { notes in
              notes.found[index] = found
              guard notes.keptCount + bytes.count <= Reading.keptByteLimit else { return }
              notes.keptCount += bytes.count
              notes.kept[index] = bytes
            }
          }
        }
      }
      return notes.withLock { $0.found }
    }

    /// The pixels of all pictures, and which of them were read.
    func decode(
      size: (height: Int, width: Int), isColor: Bool, pictureBytes: Int
    ) -> (bytes: [UInt8], isRead: [Bool]) {
      let bytes = [UInt8](unsafeUninitializedCapacity: paths.count * pictureBytes) { buffer, initialized in
        buffer.initialize(repeating: 0)
        // Every picture has its own part of the buffer, which one thread alone writes.
        nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(buffer)
        Parallel.run(count: paths.count, threads: threads) { [self] next in
          let decoder = PictureDecoder()
          var resampler: Resampler?
          while let index = next(), !interrupted() {
            guard let file = takeFile(index) else { continue }
            attempt(index) {
              var raster = try decoder.decode(
                file ?? ImageFolder.read(paths[index]), path: paths[index], channels: isColor ? .color : .gray,
                atLeast: (size.width, size.height))
              if raster.width != size.width || raster.height != size.height {
                let isFitting = resampler.map { $0.oldWidth == raster.width && $0.oldHeight == raster.height } ?? false
                let fitting =
                  isFitting ? resampler : try Resampler(from: (raster.width, raster.height), to: (size.width, size.height))
                resampler = fitting
                raster = try fitting?.resize(raster) ?? raster
              }
              if invert { raster = raster.inverted() }
              let part = UnsafeMutableRawBufferPointer(
                rebasing: target[index * pictureBytes..<(index + 1) * pictureBytes])
              part.copyBytes(from: raster.bytes)
            }
          }
        }
        initialized = paths.count * pictureBytes
      }
      return (bytes, notes.withLock { notes in notes.found.indices.map { notes.found[$0] != nil && notes.reasons[$0] == nil } })
    }

    /// The kept bytes of a file, .some(nil) if they must be read again, nil if the file was given up.
    private func takeFile(_ index: Int) -> [UInt8]?? {
      notes.withLock { notes in
        guard notes.found[index] != nil else { return nil }
        defer { notes.kept[index] = nil }
        return .some(notes.kept[index])
      }
    }

    private func attempt(_ index: Int, _ body: () throws -> Void) {
      do {
        try body()
      } catch {
        let reason: String
        switch error {
        case let error as FormatError: reason = "\(error.title). \(error.advice)"
        case let error as GraphicsError: reason = "\(error.title). \(error.advice)"
        default: reason = "\(error)"
        }
        notes.withLock { $0.reasons[index] = reason }
      }
    }
  }

  /// The bytes of a picture's file. A file that does not begin like a picture is refused before it is read whole.
  private static func read(_ path: String) throws -> [UInt8] {
    if !ImageFile.hasPictureName(path) {
      let head = try FileBytes.head(path, count: 64)
      guard FileFormat.pictures.contains(where: { $0.begins(head) }) else {
        throw FormatError(title: "this is not a picture", advice: "It is \(Contents.describe(head)).", path: path)
      }
    }
    return try FileBytes.read(path)
  }
}
