import Graphics
import Interpreter
import Tensors

/// What a function of the language gives at the points of a rectangle of the plane.
struct PlaneFunction {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// How many points along each axis.
  let size: Int

  /// The rectangle that the parameters `x` and `y` of a call name, with `size` points along each axis, as the parameter `name` said.
  init(_ call: borrowing Invocation, size: Int, named name: String, most: Int) throws {
    self.size = size
    guard size >= 2, size <= most else {
      throw Failure(
        "the number of points along an axis lies between 2 and \(most)", [(.argument(name), "\(size)")],
        advice: "\(min(most / 4, 100)) is a good one.")
    }
    x = try PlaneFunction.ends(call, "x")
    y = try PlaneFunction.ends(call, "y")
  }

  /// The points, row by row, the lowest `y` first: [size², 2].
  func points() throws -> Tensor {
    var points: [Float] = []
    points.reserveCapacity(size * size * 2)
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Float {
      Float(range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(size - 1))
    }
    for row in 0..<size {
      for column in 0..<size {
        points.append(place(x, column))
        points.append(place(y, row))
      }
    }
    return try Tensor(points, shape: [size * size, 2])
  }

  /// What the call's function `f` gives for the points: `width` numbers for each.
  func values(_ call: borrowing Invocation, width: Int) throws -> [Double] {
    let result = try call.callFunction("f", [.tensor(try points())])
    guard let tensor = result.tensor, tensor.count == size * size * width else {
      let found = result.tensor.map { "a tensor \($0.shape)" } ?? result.typeNameWithArticle
      throw Failure(
        width == 1 ? "the function must give one number for each point" : "the function must give a vector for each point",
        [(.argument("f"), "gave \(found) for [\(size * size), 2]")],
        advice: width == 1
          ? "It is called once, with all points as the rows of one tensor."
          : "It is called once, with all points as the rows of one tensor, and gives as many rows: p -> grad(sum(D(p)), p).")
    }
    return try tensor.doubles()
  }

  /// The two columns of points [n, 2].
  static func coordinates(of points: Tensor) throws -> (x: [Double], y: [Double]) {
    let numbers = try points.doubles()
    let places = stride(from: 0, to: numbers.count - 1, by: 2)
    return (places.map { numbers[$0] }, places.map { numbers[$0 + 1] })
  }

  /// The points [n, 2] that a parameter is; nil where it is none.
  static func points(_ call: borrowing Invocation, _ name: String) throws -> (x: [Double], y: [Double])? {
    guard let points = try call.optionalObject(name, as: TensorValue.self)?.tensor else { return nil }
    guard points.rank == 2, points.shape[1] == 2 else { throw call.wrong(name, wanted: "points [n, 2]") }
    return try coordinates(of: points)
  }

  /// The two ends of an axis, as the parameter `name` of a call has them.
  static func ends(_ call: borrowing Invocation, _ name: String) throws -> ClosedRange<Double> {
    if case .range(let range) = call.value(name), range.lower < range.upper { return range.lower...range.upper }
    if case .list = call.value(name), let numbers = try Numbers.list(call.value(name)), numbers.count == 2,
      numbers[0] < numbers[1],
      numbers[0].isFinite, numbers[1].isFinite
    {
      return numbers[0]...numbers[1]
    }
    throw Failure(
      "an axis has a lower and an upper end", [(.argument(name), try call.value(name).printed())],
      advice: "Write \(name): -2..2 or \(name): [-0.5, 0.5].")
  }
}
