import Formats
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
  /// The orders of the epochs that are being handed out or read ahead.
  private var orders: [Int: [Int]] = [:]
  private var seed: RandomKey
  /// Batches that are being read from the disk, one after another.
  private var ahead: [BatchDraw] = []

  /// How many bytes of batches are read ahead at most, and how many batches.
  private static let aheadLimit = (bytes: 64 << 20, batches: 4)

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
    ahead = []
    return true
  }

  /// How many samples have been handed out, and what the orders of the epochs are drawn from.
  var state: (position: Int, key: RandomKey) { (position, seed) }

  /// Goes on from there.
  func restore(position: Int, batchSize: Int, key: RandomKey) {
    self.position = position
    self.batchSize = batchSize
    seed = key
    orders = [:]
    ahead = []
  }

  /// The number of whole epochs handed out.
  var epoch: Int { data.size == 0 ? 0 : position / data.size }

  func next() throws -> Value {
    let draw = ahead.isEmpty ? begun(at: position) : ahead.removeFirst()
    let batch: Record
    do {
      batch = try Batch.record(of: data, draw.places, epoch: draw.epoch, keys: draw.keys, begun: draw.fetch)
    } catch {
      // Nothing has been handed out: the next try is for the same batch.
      ahead = []
      throw error
    }
    position = draw.end
    if data.isOnDisk {
      let batchBytes = max(batchSize * data.sampleShape.reduce(1, *), 1)
      while ahead.count < min(BatchStream.aheadLimit.batches, BatchStream.aheadLimit.bytes / batchBytes) {
        ahead.append(begun(at: ahead.last?.end ?? position))
      }
    }
    return .record(batch)
  }

  /// The batch that begins so many samples after the beginning.
  private func begun(at start: Int) -> BatchDraw {
    var places: [Int] = []
    var keys: [RandomKey] = []
    places.reserveCapacity(batchSize)
    var end = start
    while places.count < batchSize {
      let (epoch, within) = end.quotientAndRemainder(dividingBy: data.size)
      let taken = order(of: epoch)[within..<within + min(batchSize - places.count, data.size - within)]
      if data.augmentation.isAny {
        let key = seed.derived(for: .augmentation, UInt64(epoch))
        keys += taken.map { key.derived(for: .augmentation, UInt64($0)) }
      }
      places += taken
      end += taken.count
    }
    return BatchDraw(
      places: places, keys: data.augmentation.isAny ? keys : nil, epoch: end / data.size, end: end, fetch: data.begin(places))
  }

  private func order(of epoch: Int) -> [Int] {
    if let order = orders[epoch] { return order }
    let order = Permutation.shuffled(data.size, key: seed.derived(for: .epoch, UInt64(epoch)))
    orders = orders.filter { $0.key >= self.epoch }
    orders[epoch] = order
    return order
  }

  func printed() throws -> String {
    "batches of \(batchSize) from \(data.size) samples, \(position) handed out (epoch \(epoch))"
  }
}

/// A batch that has been drawn: which samples, with which chance, and up to where in the sequence.
private struct BatchDraw {
  let places: [Int]
  /// What the chance of each sample is drawn from; nil where nothing is done at random.
  let keys: [RandomKey]?
  /// The number of whole epochs once it has been handed out.
  let epoch: Int
  let end: Int
  /// The samples as they are read from the disk.
  let fetch: PictureStream.Fetch?
}

/// The record in which a batch is handed out.
enum Batch {
  static func record(
    of data: DataSet, _ places: [Int], epoch: Int, keys: [RandomKey]? = nil, begun fetch: PictureStream.Fetch? = nil
  ) throws -> Record {
    Record([
      (data.isPictures ? "images" : "points", .object(TensorValue(try data.samples(places, keys: keys, begun: fetch)))),
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
  /// What the chance of the samples is drawn from; nil: no chance.
  private let key: RandomKey?

  init(data: DataSet, batchSize: Int, order: [Int], key: RandomKey? = nil) {
    self.data = data
    self.batchSize = batchSize
    self.order = order
    self.key = data.augmentation.isAny ? key : nil
  }

  var typeName: String { "batches" }
  var count: Int? { (order.count + batchSize - 1) / batchSize }

  private func batch(_ number: Int) throws -> Value {
    let from = number * batchSize
    let places = Array(order[from..<min(from + batchSize, order.count)])
    let keys = key.map { key in places.map { key.derived(for: .augmentation, UInt64($0)) } }
    return .record(try Batch.record(of: data, places, epoch: 0, keys: keys))
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
