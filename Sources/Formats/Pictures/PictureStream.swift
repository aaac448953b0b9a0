import CZlib
import Glibc
import Graphics
import Synchronization

/// The samples of a folder of pictures, each read from the disk when it is asked for: from a cache of decoded samples, or from its
/// picture's file. Any thread may ask.
public final class PictureStream: Sendable {
  /// The files of the samples.
  private let files: [PictureListing.File]
  private let stamps: [FileStamp]
  private let preparation: PicturePreparation
  private let cache: SampleCache?
  /// How many threads decode pictures.
  private let threads: Int
  /// What is known of each sample so far.
  private let marks: Mutex<[SampleCache.Mark?]>
  private let decoders = Decoders()

  init(
    files: [PictureListing.File], stamps: [FileStamp], preparation: PicturePreparation, cache: SampleCache?, threads: Int
  ) {
    self.files = files
    self.stamps = stamps
    self.preparation = preparation
    self.cache = cache
    self.threads = threads
    marks = Mutex(cache?.marks() ?? Array(repeating: nil, count: files.count))
  }

  /// The bytes of one sample.
  private var length: Int { preparation.byteCount }

  /// The numbers of one sample.
  public var sampleCount: Int { preparation.sampleCount }

  /// Whether these are words of 16 bits, not bytes.
  public var isDeep: Bool { preparation.isDeep }

  /// Decodes every sample that is not in the cache yet. What goes wrong with a file is the reason that stands at its place.
  ///
  /// - Throws: `ReadingInterrupted`; what has been decoded stays in the cache.
  func fill(watch: ReadingWatch) throws -> [String?] {
    let missing = marks.withLock { marks in marks.indices.filter { marks[$0] == nil } }
    let reasons = Mutex([String?](repeating: nil, count: files.count))
    let pace = ReadingPace(watch, "preparing pictures", total: missing.count)
    Parallel.run(count: missing.count, threads: threads) { [self] next in
      let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 16)
      defer { bytes.deallocate() }
      while let number = next(), !watch.interrupted() {
        let row = missing[number]
        do {
          try decode(row, into: bytes)
        } catch {
          let reason = ImageFolder.reason(error)
          reasons.withLock { $0[row] = reason }
        }
        pace.count()
      }
    }
    pace.finish()
    if watch.interrupted() { throw ReadingInterrupted() }
    return reasons.withLock { $0 }
  }

  /// Begins to read samples, on threads that leave the processors to all others.
  public func begin(_ rows: [Int]) -> Fetch { Fetch(self, rows, helpers: cache == nil ? threads : 1) }

  /// The checksum of the samples at these rows, one after another, as floats; what is not known yet is read.
  ///
  /// - Throws: `FormatError` where a picture cannot be read any more.
  public func checksum(of rows: [Int]) throws -> Checksum {
    let unknown = marks.withLock { marks in rows.filter { marks[$0] == nil } }
    for start in stride(from: 0, to: unknown.count, by: 256) {
      try Fetch(self, Array(unknown[start..<min(start + 256, unknown.count)]), helpers: threads - 1).finish { _ in }
    }
    let operation = crc32_combine_gen(Int(sampleCount * MemoryLayout<Float>.stride))
    let value = marks.withLock { marks in
      rows.reduce(UInt(0)) { crc32_combine_op($0, UInt(marks[$1]?.floats ?? 0), operation) }
    }
    return Checksum(value: UInt32(truncatingIfNeeded: value))
  }

  /// The sample of a row, written to `target`.
  fileprivate func read(_ row: Int, into target: UnsafeMutableRawBufferPointer) throws {
    if let cache, let mark = marks.withLock({ $0[row] }), cache.read(row, marked: mark, into: target) { return }
    try decode(row, into: target)
  }

  private func decode(_ row: Int, into target: UnsafeMutableRawBufferPointer) throws {
    let path = files[row].path
    func check() throws {
      guard let stamp = FileStamp(path) else {
        throw FormatError(
          title: "a picture of the data set is gone",
          advice: "It was there when the folder was loaded. Put it back, or load anew.",
          path: path)
      }
      guard stamp == stamps[row] else {
        throw FormatError(
          title: "a picture of the data set has changed",
          advice: "It was another when the folder was loaded. Put the old one back, or load anew.", path: path)
      }
    }
    try check()
    let raster = try decoders.with { try preparation.raster(of: ImageFolder.read(path), path: path, by: $0) }
    // Also afterwards: it may have been written to in between.
    try check()
    preparation.write(raster, into: target)
    let mark = mark(UnsafeRawBufferPointer(target))
    cache?.write(row, marked: mark, UnsafeRawBufferPointer(target))
    marks.withLock { $0[row] = mark }
  }

  /// Every byte as a fraction of 255.
  private static let fractions: [Float] = (0...255).map { Float($0) / 255 }

  private func mark(_ sample: UnsafeRawBufferPointer) -> SampleCache.Mark {
    var (bytes, floats) = (Checksum(), Checksum())
    bytes.add(sample)
    if isDeep {
      floats.add(sample.bindMemory(to: UInt16.self).map { Float($0) / 65535 })
    } else {
      floats.add(sample.map { PictureStream.fractions[Int($0)] })
    }
    return SampleCache.Mark(bytes: bytes.value, floats: floats.value)
  }

  /// Samples that are being read. To be finished once, or left: then what has not begun is not read.
  public final class Fetch: @unchecked Sendable {
    // Each sample has its own part of the bytes, which one thread alone writes; they are looked at when all threads have ended.
    private let buffer: Buffer
    private let work: Parallel.Started
    private let failures: Failures

    /// What went wrong, and where.
    private final class Failures: Sendable {
      let first = Mutex<(place: Int, error: any Error)?>(nil)

      func note(_ place: Int, _ error: any Error) {
        first.withLock { first in
          if let place = first?.place, place < place { return }
          first = (place, error)
        }
      }
    }

    /// The memory of a fetch, which lasts as long as a thread may write to it.
    private final class Buffer: @unchecked Sendable {
      let bytes: UnsafeMutableRawBufferPointer
      init(count: Int) { bytes = .allocate(byteCount: max(count, 1), alignment: 16) }
      deinit { bytes.deallocate() }
    }

    fileprivate init(_ stream: PictureStream, _ rows: [Int], helpers: Int) {
      let (length, failures) = (stream.length, Failures())
      let buffer = Buffer(count: rows.count * length)
      self.buffer = buffer
      self.failures = failures
      work = Parallel.Started(count: rows.count, helpers: min(helpers, rows.count), isPatient: true) { next in
        while let place = next() {
          do {
            try stream.read(
              rows[place], into: UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[place * length..<(place + 1) * length]))
          } catch {
            failures.note(place, error)
          }
        }
      }
    }

    /// Waits for the samples, and hands their bytes to `body`, one sample after another.
    ///
    /// - Throws: `FormatError` or `GraphicsError` of the first sample that could not be read, which names its file.
    public func finish<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) throws -> Result {
      work.finish()
      if let failure = failures.first.withLock({ $0 }) { throw failure.error }
      return try body(UnsafeRawBufferPointer(buffer.bytes))
    }
  }
}

/// Decoders that are not in use: making one takes time, and each serves one thread.
private final class Decoders: Sendable {
  private struct Idle: @unchecked Sendable { var decoders: [PictureDecoder] = [] }
  private let idle = Mutex(Idle())

  func with<Result>(_ body: (PictureDecoder) throws -> Result) rethrows -> Result {
    let decoder = idle.withLock { idle -> Borrowed in Borrowed(decoder: idle.decoders.popLast() ?? PictureDecoder()) }.decoder
    let lent = Borrowed(decoder: decoder)
    defer { idle.withLock { $0.decoders.append(lent.decoder) } }
    return try body(decoder)
  }

  private struct Borrowed: @unchecked Sendable { let decoder: PictureDecoder }
}
