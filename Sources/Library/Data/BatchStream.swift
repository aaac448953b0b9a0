import Interpreter
import Tensors

/// An endless sequence of batches: the samples of epoch after epoch, each epoch in an order of its own. Every sample is used once an
/// epoch, and every batch is full: one that reaches over the end of an epoch goes on with the next one.
final class BatchStream: Object {
  let data: DataSet
  private(set) var batchSize: Int
  /// The size that it was made with: a checkpoint fits a stream that was made alike, whatever its size has become since.
  let firstSize: Int
  /// How many samples have been handed out since the beginning.
  private(set) var position = 0
  private var order: [Int] = []
  private var seed: RandomKey

  init(data: DataSet, batchSize: Int, key: RandomKey) {
    self.data = data
    self.batchSize = batchSize
    firstSize = batchSize
    self.seed = key
  }

  var typeName: String { "batch stream" }
  var fieldNames: [String] { ["batch", "position", "epoch", "data"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "batch": .number(Double(batchSize))
    case "position": .number(Double(position))
    case "epoch": .number(Double(epoch))
    case "data": .object(data)
    default: nil
    }
  }

  static let largestBatch = 1 << 24

  /// The size of a batch can be set at any time: the samples go on in their order.
  func setField(_ name: String, to value: Value) throws -> Bool {
    guard name == "batch" else { return false }
    guard let size = try Numbers.single(value).flatMap({ Int(exactly: $0) }), (1...Self.largestBatch).contains(size) else {
      throw Failure("a batch has at least one sample", [(.right, value.briefly)], advice: "Write a size such as 64.")
    }
    batchSize = size
    return true
  }

  /// How many samples have been handed out, and what the orders of the epochs are drawn from.
  var state: (position: Int, key: RandomKey) { (position, seed) }

  /// Goes on from there.
  func restore(position: Int, batchSize: Int, key: RandomKey) {
    self.position = position
    self.batchSize = batchSize
    seed = key
    order = []
  }

  /// The number of whole epochs handed out.
  var epoch: Int { data.size == 0 ? 0 : position / data.size }

  func next() throws -> Value {
    var places: [Int] = []
    places.reserveCapacity(batchSize)
    while places.count < batchSize {
      let within = position % data.size
      if within == 0 || order.isEmpty {
        order = Permutation.shuffled(data.size, key: seed.derived(for: .epoch, UInt64(epoch)))
      }
      let taken = min(batchSize - places.count, data.size - within)
      places.append(contentsOf: order[within..<within + taken])
      position += taken
    }
    return .record(try Batch.record(of: data, places, epoch: epoch))
  }

  func printed() throws -> String {
    "batches of \(batchSize) from \(data.size) samples, \(position) handed out (epoch \(epoch))"
  }
}

/// The record in which a batch is handed out.
enum Batch {
  static func record(of data: DataSet, _ places: [Int], epoch: Int) throws -> Record {
    Record([
      (data.isPictures ? "images" : "points", .object(TensorValue(try data.samples(places)))),
      ("labels", try data.labelTensor(places)),
      ("epoch", .number(Double(epoch))),
    ])
  }
}

/// The batches of one epoch, in a fixed order; the last one may be smaller.
final class BatchSequence: Object {
  let data: DataSet
  let batchSize: Int
  private let order: [Int]

  init(data: DataSet, batchSize: Int, order: [Int]) {
    self.data = data
    self.batchSize = batchSize
    self.order = order
  }

  var typeName: String { "batches" }
  var count: Int? { (order.count + batchSize - 1) / batchSize }

  private func batch(_ number: Int) throws -> Value {
    let from = number * batchSize
    return .record(try Batch.record(of: data, Array(order[from..<min(from + batchSize, order.count)]), epoch: 0))
  }

  func elements() throws -> ElementAtPlace? { { [self] number in number < count ?? 0 ? try batch(number) : nil } }

  func index(_ indices: [Index]) throws -> Value? {
    guard indices.count == 1 else { return nil }
    switch Places(indices[0], count: count ?? 0) {
    case .one(let place): return try batch(place)
    case .many(let places): return .list(try places.map(batch))
    case .wrong(let failure): throw failure
    }
  }

  func printed() throws -> String { "\(count ?? 0) batches of \(batchSize) from \(data.size) samples" }
}

extension Kind {
  static let batchStream = Kind.object(BatchStream.self, "a batch stream", word: "batch_stream")
  static let batchSequence = Kind.object(BatchSequence.self, "batches", word: "batches")
}
