import Graphics
import Interpreter
import Networks
import Syntax
import Tensors

/// A tensor as a value of the language; a parameter is one whose numbers follow the updates.
final class TensorValue: Object {
  private enum Content {
    case tensor(Tensor)
    case learned(LearnedTensor)
  }

  private let content: Content

  init(_ tensor: Tensor) { content = .tensor(tensor) }

  init(_ learned: LearnedTensor) { content = .learned(learned) }

  /// As it is now.
  var tensor: Tensor {
    switch content {
    case .tensor(let tensor): tensor
    case .learned(let learned): learned.parameter.tensor
    }
  }

  /// The parameter, where it is one.
  var learned: LearnedTensor? { if case .learned(let learned) = content { learned } else { nil } }

  var typeName: String { "tensor" }
  var fieldNames: [String] { ["shape", "rank", "count"] + (learned == nil ? [] : ["value"]) }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "shape": .list(tensor.shape.dimensions.map { .number(Double($0)) })
    case "rank": .number(Double(tensor.rank))
    case "count": .number(Double(tensor.count))
    case "value": learned.map { .tensor($0.parameter.tensor) }
    default: nil
    }
  }

  func setField(_ name: String, to value: Value) throws -> Bool {
    guard fieldNames.contains(name) else { return false }
    if name == "value", let learned {
      try assign(value, to: learned)
      return true
    }
    throw Failure("a tensor's \(name) cannot be set", advice: "Use reshape(x, …) to see the same numbers under another shape.")
  }

  /// The length of the first axis; nil for a single number.
  var count: Int? { tensor.shape.dimensions.first }

  func elements() throws -> ElementAtPlace? {
    guard tensor.rank > 0 else { return nil }
    return { [tensor] place in place < tensor.shape[0] ? .object(TensorValue(try tensor.element(place))) : nil }
  }

  func isEqual(_ other: Value) throws -> Bool? {
    guard case .object(let object) = other, let other = (object as? TensorValue)?.tensor else { return false }
    return try tensor.shape == other.shape && tensor.floats() == other.floats()
  }

  func scalar() throws -> Double? { tensor.count == 1 ? try tensor.scalar() : nil }

  var isMask: Bool { tensor.isMask }

  func settle() throws { try tensor.realize() }

  func printed() throws -> String { TensorText.brackets(try tensor.floats(), shape: tensor.shape.dimensions) }

  var outline: String { "tensor \(tensor.shape)" }

  /// The pictures that are in it, laid out.
  func portrait() throws -> (any Object)? {
    guard tensor.rank >= 2 else { return nil }
    if let points = try PlotValue(points: tensor) { return points }
    let pictures = try Pictures.rasters(of: tensor, range: 0...1)
    return pictures.count == 1 ? ImageValue(pictures[0]) : ImageValue(try Sheet(pictures))
  }

  /// A single number as itself; more of them as shape, statistics and a table.
  func echoed() throws -> String {
    tensor.rank == 0 ? try printed() : TensorText.table(try tensor.floats(), shape: tensor.shape.dimensions)
  }
}

extension TensorValue {
  /// Gives a parameter new numbers.
  private func assign(_ value: Value, to learned: LearnedTensor) throws {
    let new: Tensor
    switch value {
    case .number(let number): new = try Tensor(scalar: number)
    case .list, .range: new = try NestedNumbers(value, argument: "value").tensor()
    case .none, .boolean, .string, .record, .function, .builtin, .object:
      guard let tensor = value.tensor else {
        throw Failure("a parameter's numbers are a tensor", [(.right, value.briefly)], advice: "Give one of its shape.")
      }
      new = tensor
    }
    try learned.assign(new, .right)
  }
}

extension Value {
  static func tensor(_ tensor: Tensor) -> Value { .object(TensorValue(tensor)) }

  /// The tensor, where this is one.
  var tensor: Tensor? {
    if case .object(let object) = self { (object as? TensorValue)?.tensor } else { nil }
  }
}

extension Kind {
  static let tensor = Kind.object(TensorValue.self, "a tensor", word: "tensor") { value in
    switch value {
    case .list, .range: "tensor(…) makes one of numbers."
    case .object(let object): (object as? DataSet).map { "Take its samples: data.\($0.isPictures ? "images" : "points")." }
    case .none, .boolean, .number, .string, .record, .function, .builtin: nil
    }
  }

  /// A tensor, or a number that is taken as one without axes.
  static let numeric = Kind("a tensor or a number") { value in
    switch value {
    case .number: true
    case .object(let object): object is TensorValue
    case .none, .boolean, .string, .list, .range, .record, .function, .builtin: false
    }
  }
}

extension Invocation {
  /// The tensor given for a parameter; a number becomes one without axes, a list is read as one.
  func tensor(_ name: String) throws -> Tensor {
    let given = value(name)
    if let tensor = given.tensor { return tensor }
    switch given {
    case .number(let number):
      remarkRounding(of: number, name)
      return try Tensor(scalar: number)
    case .list, .range:
      let numbers = try NestedNumbers(given, argument: name)
      remark(numbers.rounded, shape: numbers.shape, name)
      return try numbers.tensor()
    case .none, .boolean, .string, .record, .function, .builtin, .object: throw wrong(name, wanted: "a tensor")
    }
  }

  /// A shape, given as a list, or as numbers one by one.
  func shape(_ name: String) throws -> [Int] {
    var values = try self.values(name)
    if values.count == 1 {
      switch values[0] {
      case .list(let list): values = list.elements
      case .range(let range): values = (0..<min(range.count, 1 << 16)).map { .number(range.number(at: $0)) }
      case .none, .boolean, .number, .string, .record, .function, .builtin, .object: break
      }
    }
    return try values.map { value in
      guard let number = try Numbers.single(value) else {
        throw Failure(
          "a shape is a list of whole numbers", [(.argument(name), "\(value.typeNameWithArticle) among the sizes")],
          advice: "Write a shape such as [64, 28, 28, 1].")
      }
      guard let size = Int(exactly: number) else {
        throw Failure(
          "a shape is made of whole numbers", [(.argument(name), number.brief)], advice: "Write a shape such as [64, 28, 28, 1].")
      }
      return size
    }
  }

  /// Axis numbers, given as one number or a list; nil where none was given.
  func axes(_ name: String) throws -> [Int]? {
    if case .none = value(name) { return nil }
    let numbers: [Double]?
    if let number = try Numbers.single(value(name)) { numbers = [number] } else { numbers = try Numbers.list(value(name)) }
    guard let axes = numbers?.map({ Int(exactly: $0) }), !axes.contains(nil) else {
      throw Failure(
        "an axis is a whole number", [(.argument(name), try value(name).printed())],
        advice: "Write axis: 0 for the first axis, axis: -1 for the last, or a list such as axis: [1, 2].")
    }
    return axes.compactMap { $0 }
  }
}
