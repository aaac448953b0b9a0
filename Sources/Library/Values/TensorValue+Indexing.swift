import Interpreter
import Tensors

extension TensorValue {
  /// `x[0]` leaves its axis out, `x[0..8]`, `x[[1, 5]]` and `x[..]` keep it; one index for each axis, from the first.
  public func index(_ indices: [Index]) throws -> Value? {
    guard indices.count <= tensor.rank else {
      throw Failure(
        "there are more indexes than axes", [(.position(tensor.rank), "index \(indices.count) of a tensor \(tensor.shape)")],
        advice: tensor.rank == 0 ? "A single number has no axes." : "Give at most \(tensor.rank).")
    }
    var result = tensor
    var axis = 0
    for (position, index) in indices.enumerated() {
      let size = result.shape[axis]
      if case .slice(let lower, let upper) = index {
        let bounds = Indexing.bounds(lower, upper, count: size)
        result = try result.sliced(axis: axis, from: bounds.lowerBound, to: bounds.upperBound)
        axis += 1
        continue
      }
      switch Places(index, count: size, position: position) {
      case .one(let place):
        result = try result.element(place, axis: axis)
      case .many(let places):
        result = try result.taken(places, axis: axis)
        axis += 1
      case .wrong(let failure): throw failure
      }
    }
    return .tensor(result)
  }

  public func setIndex(_ indices: [Index], to value: Value) throws -> Bool {
    throw Failure(
      "a tensor does not change in place",
      advice: "Make a new one: where(condition, a, b) chooses by element, concat joins parts.")
  }
}
