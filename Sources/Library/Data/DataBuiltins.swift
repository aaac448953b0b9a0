import Interpreter
import Tensors

/// Data sets, batches, and their parts.
enum DataBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(.dataSet)
    catalog.add(.batchStream)
    catalog.add(.batchSequence)
    registerBatches(in: catalog)
    catalog.add(
      Builtin(
        "split", "Two data sets: a shuffled part of the samples, and the rest.", subject: "Data and files",
        parameters: [
          Parameter("data", .dataSet, "the data set to divide"),
          Parameter("part", .number, default: .number(0.8), "the share of the samples in the first of the two, between 0 and 1"),
        ],
        examples: [
          Example("train_set, test_set = split(data_set(eye(10)), 0.8)\nprint len(train_set), len(test_set)", "8 2")
        ]
      ) { call in
        let data: DataSet = try call.object("data")
        let part = try call.number("part")
        guard part > 0, part < 1 else {
          throw Failure(
            "the part lies between 0 and 1", [(.argument("part"), part.brief)],
            advice: "Write split(data, 0.8) for four fifths and the rest.")
        }
        let first = Int((Double(data.size) * part).rounded())
        guard first > 0, first < data.size else {
          throw Failure(
            "a part of the split would be empty",
            [
              (.argument("data"), "\(data.size) samples"),
              (.argument("part"), "\(part.brief) of them: \(first) and \(data.size - first)"),
            ],
            advice: data.size < 2
              ? "Two parts need at least two samples."
              : "Write a part from \((1 / Double(data.size)).brief) to \((1 - 1 / Double(data.size)).brief), or load more samples."
          )
        }
        let order = Permutation.shuffled(data.size, key: call.session.chance.nextKey())
        return .list([
          .object(data.selecting(Array(order[..<first]))), .object(data.selecting(Array(order[first...]))),
        ])
      })
    catalog.add(
      Builtin(
        "data_set", "A data set of samples that are already in a tensor.", subject: "Data and files",
        parameters: [
          Parameter("samples", .tensor, "the samples, [n, height, width, channels] or [n, d]"),
          Parameter(
            "labels", .optional(.either(.tensor, .sequence)), default: .none,
            "for each sample the number of its class (0, 1, …), its name, true or false, or a row of 0s with a 1"),
          Parameter("classes", .optional(.list), default: .none, "the names of the classes, in their order"),
        ],
        examples: [
          Example("print data_set(eye(4), labels: [0, 1, 0, 1])", "4 points of 4 coordinates, values 0…1, 2 classes (0, 1)"),
          Example("data_set(eye(3), labels: [\"dog\", \"cat\", \"dog\"]).classes", "[\"cat\", \"dog\"]"),
        ],
        details: """
          Every number of the samples must be finite. Without `classes`, labels that are names stand for classes in alphabetical \
          order.
          """
      ) { call in
        .object(try dataSet(call))
      })
  }

  private static func dataSet(_ call: borrowing Invocation) throws -> DataSet {
    let samples = try call.tensor("samples")
    guard samples.rank >= 2 else {
      throw Failure(
        "samples need an axis of their own", [(.argument("samples"), "\(samples.shape)")],
        advice: "Give [n, height, width, channels] for pictures or [n, d] for points.")
    }
    if let remark = channelsFirst(samples.shape.dimensions) { call.session.remark(remark) }
    var shape = Array(samples.shape.dimensions.dropFirst())
    if shape.count == 2 { shape.append(1) }
    let values = try samples.floats()
    if let failure = unlearnable(values, of: samples.shape.dimensions) { throw failure }
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let isUnit = low >= 0 && high <= 1
    let names = try call.values("classes")
    let isLabeled = if case .none = call.value("labels") { false } else { true }
    guard isLabeled || names.isEmpty else {
      throw Failure(
        "classes are named, and no sample has a label", [(.argument("classes"), "")],
        advice: "Say which sample is of which class: labels: […].")
    }
    let labels =
      isLabeled
      ? try ClassLabels(call.value("labels"), names: names.isEmpty ? nil : names, count: samples.shape[0]) : nil
    return DataSet(
      .floats(values), sampleShape: shape, size: samples.shape[0], labels: labels?.numbers, classes: labels?.classes ?? [],
      range: isUnit ? 0...1 : low...high)
  }

  /// What is to be said of pictures whose channels stand where other libraries have them.
  private static func channelsFirst(_ shape: [Int]) -> Remark? {
    let channels = [1, 3, 4]
    guard shape.count == 4, channels.contains(shape[1]), shape[2] > 4, shape[3] > 4 else { return nil }
    return Remark(
      "these pictures have \(shape[3]) channels", [(.argument("samples"), "\(shape[0]) of \(shape[1])×\(shape[2]) pixels")],
      advice: [
        "Pictures are [n, height, width, channels]. Those that have the channels first, as in PyTorch, become so by "
          + "transpose(x, axes: [0, 2, 3, 1])."
      ])
  }

  /// What is wrong with numbers of which some are infinite or none at all: one of them makes every loss so.
  private static func unlearnable(_ values: [Float], of shape: [Int]) -> Failure? {
    guard let first = values.firstIndex(where: { !$0.isFinite }) else { return nil }
    let count = values.reduce(0) { $0 + ($1.isFinite ? 0 : 1) }
    let sizes = shape.dropFirst()
    var rest = first
    var place: [Int] = []
    for size in sizes.reversed() {
      place.insert(rest % size, at: 0)
      rest /= size
    }
    let found =
      "\(count) of \(Table.grouped(values.count)) numbers; the first is \(values[first].brief), in sample \(rest) at \(place)"
    return Failure(
      "the samples hold what is not a finite number", [(.argument("samples"), found)],
      advice: "Leave those samples out, or put a number there: where(abs(x) < infinity, x, 0).")
  }

  private static func registerBatches(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "batches", "The batches of one epoch, every sample once; the last one may be smaller.", subject: "Data and files",
        parameters: [
          Parameter("data", .dataSet, "the data set"),
          Parameter("size", .integer, default: .number(64), "samples in a batch"),
          Parameter("shuffle", .boolean, default: .boolean(true), "whether to draw the samples in a random order"),
        ],
        examples: [
          Example("for b in batches(data_set(eye(5)), 2, shuffle: false) { print b.points.shape }", "[2, 5]\n[2, 5]\n[1, 5]")
        ],
        details: """
          Each batch is a record with `images` (or `points`), `labels` and `epoch`. What `flip` and `crop` of `load` do at random is done \
          where the samples are shuffled.
          """
      ) { call in
        let data: DataSet = try call.object("data")
        let key = try call.boolean("shuffle") ? call.session.chance.nextKey() : nil
        let order = key.map { Permutation.shuffled(data.size, key: $0) } ?? Array(0..<data.size)
        return .object(BatchSequence(data: data, batchSize: try batchSize(call), order: order, key: key))
      })
    catalog.add(
      Builtin(
        "shuffled_batches", "An endless sequence of full batches, each epoch in an order of its own.", subject: "Data and files",
        parameters: [
          Parameter("data", .dataSet, "the data set"),
          Parameter("size", .integer, default: .number(64), "samples in a batch"),
        ],
        examples: [
          Example("next_batch(shuffled_batches(data_set(eye(5)), 2)).points.shape", "[2, 5]")
        ],
        details: """
          Every sample is used once an epoch. A batch that reaches over the end of an epoch goes on with the next one, so that \
          all are of one size. `next_batch` hands them out.
          """
      ) { call in
        let data: DataSet = try call.object("data")
        guard data.size > 0 else {
          throw Failure(
            "the data set is empty", [(.argument("data"), "no samples")], advice: "There is nothing to draw batches from.")
        }
        return .object(BatchStream(data: data, batchSize: try batchSize(call), key: call.session.chance.nextKey()))
      })
    catalog.add(
      Builtin(
        "next_batch", "The next batch of a stream: a record with `images` (or `points`), `labels` and `epoch`.",
        subject: "Data and files",
        parameters: [Parameter("stream", .batchStream, "from `shuffled_batches`")],
        examples: [Example("next_batch(shuffled_batches(data_set(eye(5)), 10)).epoch", "2")]
      ) { call in
        let stream: BatchStream = try call.object("stream")
        return try stream.next()
      })
  }

  private static func batchSize(_ call: borrowing Invocation) throws -> Int {
    let size = try call.integer("size")
    guard size > 0, size <= BatchStream.largestBatch else {
      throw Failure("a batch has at least one sample", [(.argument("size"), "\(size)")], advice: "Write a size such as 64.")
    }
    return size
  }
}
