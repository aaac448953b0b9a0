import Base

extension Tensor {
  /// `value` everywhere.
  ///
  /// - Throws: a `TensorError` for a shape that `Shape` refuses; so do all tensors that are made by a shape.
  public static func fill(_ value: Double, shape: [Int]) throws -> Tensor {
    try Tensor(built: Node.fill(value, try Shape(shape)))
  }

  /// `start`, `start + step`, … below `end` (above it, for a negative step); shape [n].
  ///
  /// - Throws: a `TensorError` where an end or the step is not finite, or the step is 0.
  public static func arange(from start: Double = 0, to end: Double, step: Double = 1) throws -> Tensor {
    guard step != 0, step.isFinite, start.isFinite, end.isFinite else {
      throw TensorError(
        title: "a range has finite ends and a step that is not 0",
        operands: [("start", NumberText.shortest(start)), ("end", NumberText.shortest(end)), ("step", NumberText.shortest(step))])
    }
    let number = ((end - start) / step).rounded(.up)
    let count = try checkedCount(Swift.max(number, 0))
    return try Tensor(shape: [count]) { target in
      for place in target.indices { target[place] = Float(start + Double(place) * step) }
    }
  }

  /// `count` numbers from `start` to `end`, both included; shape [count].
  ///
  /// - Throws: a `TensorError` where `count` is below 0, or too large for the memory.
  public static func linspace(_ start: Double, _ end: Double, count: Int) throws -> Tensor {
    let shape = try Shape([count])
    let step = count > 1 ? (end - start) / Double(count - 1) : 0
    return try Tensor(shape: shape.dimensions) { target in
      for place in target.indices { target[place] = Float(place == count - 1 && count > 1 ? end : start + Double(place) * step) }
    }
  }

  /// 1 on the diagonal, 0 elsewhere; shape [size, size].
  ///
  /// - Throws: a `TensorError` where `size` is below 0, or too large for the memory.
  public static func eye(_ size: Int) throws -> Tensor {
    try Tensor(shape: [size, size]) { target in
      target.update(repeating: 0)
      for index in 0..<size { target[index * size + index] = 1 }
    }
  }

  /// A row for each of `labels`, 1 at the label and 0 elsewhere; shape [labels, classes].
  ///
  /// - Throws: a `TensorError` for a label that is not in 0 ..< `classes`.
  public static func oneHot(_ labels: [Int], classes: Int) throws -> Tensor {
    for label in labels {
      guard label >= 0, label < classes else {
        throw TensorError(
          title: "a label is outside the classes", operands: [("labels", "\(label)"), ("classes", "\(classes)")],
          advice: "Labels are whole numbers from 0 to \(classes - 1).")
      }
    }
    return try Tensor(shape: [labels.count, classes]) { target in
      target.update(repeating: 0)
      for (row, label) in labels.enumerated() { target[row * classes + label] = 1 }
    }
  }

  // MARK: Chance

  /// Evenly in [low, high); low, where both are equal.
  /// - Throws: `TensorError` where a bound is no finite number, low is above high, or no float lies between them.
  public static func uniform(_ shape: [Int], low: Double = 0, high: Double = 1, key: RandomKey) throws -> Tensor {
    let shape = try Shape(shape)
    let interval = try HalfOpenInterval(low: low, high: high)
    return try Tensor(built: interval.scaled(Node.random(.uniform, shape, key)))
  }

  /// Normal with the given mean and standard deviation.
  ///
  /// - Throws: a `TensorError` for a shape that `Shape` refuses.
  public static func normal(_ shape: [Int], mean: Double = 0, deviation: Double = 1, key: RandomKey) throws -> Tensor {
    let shape = try Shape(shape)
    let draw = Node.random(.normal, shape, key)
    return try Tensor(built: draw * deviation + Node.fill(mean, shape))
  }

  /// Normal, drawn again where it is further than two standard deviations from the mean.
  ///
  /// - Throws: a `TensorError` for a shape that `Shape` refuses.
  public static func truncatedNormal(_ shape: [Int], mean: Double = 0, deviation: Double = 1, key: RandomKey) throws -> Tensor {
    let shape = try Shape(shape)
    let draw = Node.random(.truncatedNormal, shape, key)
    return try Tensor(built: draw * deviation + Node.fill(mean, shape))
  }

  /// 1 with `attainableProbability(probability)`, else 0.
  ///
  /// - Throws: a `TensorError` for a shape that `Shape` refuses.
  public static func bernoulli(_ shape: [Int], probability: Double, key: RandomKey) throws -> Tensor {
    let shape = try Shape(shape)
    let draw = Node.random(.uniform, shape, key)
    return try Tensor(built: Node.binary(.less, draw, Node.fill(probability, shape)))
  }

  /// The probability that draws of 24 bits can have: the next multiple of 2⁻²⁴ from the float of `probability` up.
  public static func attainableProbability(_ probability: Double) -> Double {
    let steps = (Double(Float(probability)) * 0x1p24).rounded(.up)
    return Swift.min(Swift.max(steps, 0), 0x1p24) * 0x1p-24
  }

  private static func checkedCount(_ number: Double) throws -> Int {
    guard let count = Int(exactly: number) else {
      throw TensorError(title: "the range has too many numbers", operands: [("step", "\(number) numbers")])
    }
    return try Shape([count]).count
  }
}
