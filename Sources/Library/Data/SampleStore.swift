import Formats
import Tensors

/// The numbers of samples, all of one length, as small as they came. They become floats in a batch.
final class SampleStore {
  private let numbers: SampleNumbers
  /// How many numbers a sample has.
  let length: Int

  init(_ numbers: SampleNumbers, length: Int) {
    self.numbers = numbers
    self.length = length
  }

  /// Writes the samples at these rows, one after another.
  func fill(_ target: UnsafeMutablePointer<Float>, from rows: some Sequence<Int>) {
    switch numbers {
    case .bytes(let bytes): gather(bytes, rows, target, Fractions.convert)
    case .words(let words): gather(words, rows, target, Fractions.convert)
    case .floats(let floats):
      gather(floats, rows, target) { row, place in
        if let start = row.baseAddress { place.update(from: start, count: row.count) }
      }
    }
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
