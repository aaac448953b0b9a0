import Formats
import Tensors

/// Where the numbers of samples are, all of one length: in memory, as small as they came, or on the disk. They become floats in a batch.
final class SampleStore {
  /// The two places.
  private enum Place {
    case memory(SampleNumbers)
    case disk(PictureStream)
  }

  private let place: Place
  /// How many numbers a sample has.
  let length: Int

  init(_ numbers: SampleNumbers, length: Int) {
    place = .memory(numbers)
    self.length = length
  }

  init(_ stream: PictureStream) {
    place = .disk(stream)
    length = stream.sampleCount
  }

  /// How many samples are read from the disk at once.
  private static let blockSize = 256

  /// Whether the samples are read from the disk when they are needed.
  var isOnDisk: Bool {
    switch place {
    case .memory: false
    case .disk: true
    }
  }

  /// Begins to read the samples at these rows, where that takes time.
  func begin(_ rows: [Int]) -> PictureStream.Fetch? {
    switch place {
    case .memory: nil
    case .disk(let stream): stream.begin(rows)
    }
  }

  /// Writes the samples at these rows, one after another.
  ///
  /// - Parameter fetch: what `begin` gave for the same rows.
  /// - Throws: `FormatError` where a sample cannot be read from the disk; it names the file.
  func fill(_ target: UnsafeMutablePointer<Float>, from rows: some Sequence<Int>, begun fetch: PictureStream.Fetch? = nil) throws
  {
    switch place {
    case .memory(.bytes(let bytes)): gather(bytes, rows, target, Fractions.convert)
    case .memory(.words(let words)): gather(words, rows, target, Fractions.convert)
    case .memory(.floats(let floats)):
      gather(floats, rows, target) { row, place in
        if let start = row.baseAddress { place.update(from: start, count: row.count) }
      }
    case .disk(let stream):
      func convert(_ fetch: PictureStream.Fetch, to target: UnsafeMutablePointer<Float>) throws {
        try fetch.finish {
          if stream.isDeep {
            Fractions.convert($0.assumingMemoryBound(to: UInt16.self), into: target)
          } else {
            Fractions.convert($0.assumingMemoryBound(to: UInt8.self), into: target)
          }
        }
      }
      if let fetch { return try convert(fetch, to: target) }
      let rows = Array(rows)
      for start in stride(from: 0, to: rows.count, by: SampleStore.blockSize) {
        let block = Array(rows[start..<min(start + SampleStore.blockSize, rows.count)])
        try convert(stream.begin(block), to: target + start * length)
      }
    }
  }

  /// The checksum of the samples at these rows as floats, one after another.
  ///
  /// - Throws: as `fill` does.
  func checksum(of rows: some Collection<Int>) throws -> Checksum {
    if case .disk(let stream) = place { return try stream.checksum(of: Array(rows)) }
    var checksum = Checksum()
    let rows = Array(rows)
    var block = [Float](repeating: 0, count: min(SampleStore.blockSize, rows.count) * length)
    for start in stride(from: 0, to: rows.count, by: SampleStore.blockSize) {
      let part = rows[start..<min(start + SampleStore.blockSize, rows.count)]
      try block.withUnsafeMutableBufferPointer { block in
        guard let first = block.baseAddress else { return }
        try fill(first, from: part)
        checksum.add(UnsafeRawBufferPointer(start: first, count: part.count * length * MemoryLayout<Float>.stride))
      }
    }
    return checksum
  }

  private func gather<Number>(
    _ numbers: [Number], _ rows: some Sequence<Int>, _ target: UnsafeMutablePointer<Float>,
    _ convert: (UnsafeBufferPointer<Number>, UnsafeMutablePointer<Float>) -> Void
  ) {
    numbers.withUnsafeBufferPointer { numbers in
      var place = target
      for row in rows {
        convert(UnsafeBufferPointer(rebasing: numbers[row * length..<(row + 1) * length]), place)
        place += length
      }
    }
  }
}
