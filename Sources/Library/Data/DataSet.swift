import Formats
import Graphics
import Interpreter
import Tensors

/// Samples to learn from: pictures [n, height, width, channels] or points [n, d], with their classes where these are known.
final class DataSet: Object {
  /// Where the numbers of the samples are; data sets made of parts of another one share its store.
  private let store: SampleStore
  /// For each sample its row in the store; nil where the samples are all rows in their order.
  private let rows: [Int]?
  /// The shape of one sample in the store.
  private let storedShape: [Int]
  /// The shape of one sample: that in the store, or the part that is cropped of it.
  let sampleShape: [Int]
  /// What is done to the samples of a batch at random.
  let augmentation: Augmentation
  let size: Int
  /// For each sample its class, an index into `classes`.
  let labels: [Int]?
  let classes: [String]
  /// The range that the values lie in by their making: 0…1 for pictures; for points what they span.
  let range: ClosedRange<Float>

  convenience init(
    _ numbers: SampleNumbers, sampleShape: [Int], size: Int, labels: [Int]? = nil, classes: [String] = [],
    range: ClosedRange<Float>, augmentation: Augmentation = Augmentation()
  ) {
    self.init(
      store: SampleStore(numbers, length: sampleShape.reduce(1, *)), rows: nil, storedShape: sampleShape, size: size,
      labels: labels, classes: classes, range: range, augmentation: augmentation)
  }

  /// Pictures that are read from the disk when they are needed.
  convenience init(_ folder: PictureFolder.OnDisk, sampleShape: [Int], classes: [String], augmentation: Augmentation) {
    self.init(
      store: SampleStore(folder.stream), rows: folder.rows, storedShape: sampleShape, size: folder.rows.count,
      labels: folder.labels, classes: classes, range: 0...1, augmentation: augmentation)
  }

  private init(
    store: SampleStore, rows: [Int]?, storedShape: [Int], size: Int, labels: [Int]?, classes: [String],
    range: ClosedRange<Float>, augmentation: Augmentation
  ) {
    self.store = store
    self.rows = rows
    self.storedShape = storedShape
    self.augmentation = augmentation
    sampleShape = augmentation.shape(of: storedShape)
    self.size = size
    self.labels = labels
    self.classes = classes
    self.range = range
  }

  /// Whether the samples are pictures.
  var isPictures: Bool { sampleShape.count == 3 }

  /// All samples, once they have been asked for.
  private var allSamples: TensorValue?
  /// Of all samples, as floats, and labels: two data sets with the same one are the same.
  private var knownChecksum: String?

  /// The same, of the pictures as they are without chance.
  ///
  /// - Throws: `FormatError` where a picture on the disk cannot be read any more.
  func checksum() throws -> String {
    if let knownChecksum { return knownChecksum }
    var checksum = try store.checksum(of: (0..<size).lazy.map(row))
    for label in labels ?? [] { checksum.add("\(label) ") }
    knownChecksum = checksum.text
    return checksum.text
  }

  private lazy var allLabels = Result { try labelTensor(0..<size) }

  private func row(_ place: Int) -> Int { rows.map { $0[place] } ?? place }

  /// Begins to read the samples at these places, where they are on the disk.
  func begin(_ places: [Int]) -> PictureStream.Fetch? { store.begin(places.map(row)) }

  /// Whether the samples are read from the disk when they are needed.
  var isOnDisk: Bool { store.isOnDisk }

  /// The samples at these places, [n, …].
  ///
  /// - Parameters:
  ///   - keys: what the chance of each is drawn from; nil: no chance.
  ///   - fetch: what `begin` gave for the same places.
  /// - Throws: a `TensorError` where they do not fit into the memory; a `FormatError` where one cannot be read from the disk.
  func samples(
    _ places: some Collection<Int>, keys: [RandomKey]? = nil, begun fetch: PictureStream.Fetch? = nil
  ) throws -> Tensor {
    try Tensor(shape: [places.count] + sampleShape) { target in
      if let start = target.baseAddress { try fill(start, places, keys, fetch) }
    }
  }

  private func fill(
    _ target: UnsafeMutablePointer<Float>, _ places: some Collection<Int>, _ keys: [RandomKey]?, _ fetch: PictureStream.Fetch?
  ) throws {
    guard augmentation.crop != nil || augmentation.flip && keys != nil else {
      return try store.fill(target, from: places.lazy.map(row), begun: fetch)
    }
    let length = sampleShape.reduce(1, *)
    let rows = places.map(row)
    let step = fetch == nil ? 64 : rows.count
    var whole = [Float](repeating: 0, count: min(step, rows.count) * store.length)
    for start in stride(from: 0, to: rows.count, by: max(step, 1)) {
      let block = start..<min(start + step, rows.count)
      try whole.withUnsafeMutableBufferPointer { whole in
        guard let first = whole.baseAddress else { return }
        try store.fill(first, from: rows[block], begun: fetch)
        for place in block {
          augmentation.apply(
            first + (place - start) * store.length, shape: storedShape, key: keys?[place], into: target + place * length)
        }
      }
    }
  }

  /// The class numbers of the samples at these places, [n]; none for data without classes.
  func labelTensor(_ places: some Collection<Int>) throws -> Value {
    guard let labels else { return .none }
    return .object(TensorValue(try Tensor(places.map { Float(labels[$0]) }, shape: [places.count])))
  }

  /// The data set of the samples at these places. Their numbers are not copied.
  func selecting(_ places: [Int]) -> DataSet {
    DataSet(
      store: store, rows: places.map(row), storedShape: storedShape, size: places.count,
      labels: labels.map { labels in places.map { labels[$0] } }, classes: classes, range: range, augmentation: augmentation)
  }

  var typeName: String { "data set" }
  var fieldNames: [String] { (isPictures ? ["images"] : ["points"]) + ["labels", "one_hot", "classes", "size", "range"] }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "images" where isPictures, "points" where !isPictures: .object(try everySample())
    case "labels": try allLabels.get()
    case "one_hot": try oneHotLabels()
    case "classes": .list(classes.map(Value.string))
    case "size": .number(Double(size))
    case "range": .list([.number(Double(range.lowerBound)), .number(Double(range.upperBound))])
    default: nil
    }
  }

  /// [n, number of classes], 1 at the class of each sample.
  private func oneHotLabels() throws -> Value {
    guard let labels else { return .none }
    return .object(TensorValue(try Tensor.oneHot(labels, classes: classes.count)))
  }

  var count: Int? { size }

  func elements() throws -> ElementAtPlace? { { [self] place in place < size ? try sample(place) : nil } }

  /// One tensor for whoever asks.
  private func everySample() throws -> TensorValue {
    if let allSamples { return allSamples }
    let all = TensorValue(try samples(0..<size))
    allSamples = all
    return all
  }

  private func sample(_ place: Int) throws -> Value {
    let sample = try Tensor(shape: sampleShape) { target in
      if let start = target.baseAddress { try fill(start, CollectionOfOne(place), nil, nil) }
    }
    return .object(TensorValue(sample))
  }

  /// `data[3]` is one sample; `data[0..8]`, `data[[1, 5]]` and `data[data.labels == 3]` are data sets.
  func index(_ indices: [Index]) throws -> Value? {
    guard indices.count == 1 else {
      throw Failure(
        "a data set has one axis, its samples", [(.position(1), "one index too many")],
        advice: "Take the samples' own axes from `\(isPictures ? "images" : "points")`.")
    }
    if let mask = try Mask.of(indices[0]) {
      return .object(selecting(try Mask.places(mask, count: size, of: "\(size) samples")))
    }
    switch Places(indices[0], count: size) {
    case .one(let place): return try sample(place)
    case .many(let places): return .object(selecting(places))
    case .wrong(let failure): throw failure
    }
  }

  /// The first 64 of its pictures, laid out.
  func portrait() throws -> (any Object)? {
    guard isPictures else { return try PlotValue(points: samples(0..<min(size, 2000))) }
    return ImageValue(try Sheet(Pictures.rasters(of: samples(0..<min(size, 64)), range: range)))
  }

  /// "5000 images of 28×28×1, values 0…1, 10 classes (0, 1, …, 9)".
  func printed() throws -> String {
    let kind = isPictures ? "image" : "point"
    let shape = isPictures ? sampleShape.map(String.init).joined(separator: "×") : "\(sampleShape.first ?? 1) coordinates"
    var text = "\(size) \(kind)\(size == 1 ? "" : "s") of \(shape), values \(range.lowerBound.brief)…\(range.upperBound.brief)"
    let details =
      (isOnDisk ? ", read while training" : "") + (augmentation.isAny ? ", \(augmentation.text)" : "")
    guard labels != nil else { return text + ", no classes" + details }
    let names =
      classes.count <= 12
      ? classes.joined(separator: ", ") : classes.prefix(4).joined(separator: ", ") + ", …, \(classes[classes.count - 1])"
    text += ", \(classes.count) class\(classes.count == 1 ? "" : "es") (\(names))"
    return text + details
  }
}

extension Kind {
  static let dataSet = Kind.object(DataSet.self, "a data set", word: "data_set") { value in
    switch value {
    case .object(let object) where object is TensorValue:
      "data_set(x) makes one of a tensor [n, height, width, channels] or [n, d]."
    case .list: "data_set(tensor(x)) makes one of a list of samples."
    case .string: "load(path) reads one from a folder of pictures or of IDX files."
    case .record: "data_set(x, labels: y) makes one of tensors."
    case .none, .boolean, .number, .range, .function, .builtin, .object: nil
    }
  }
}
