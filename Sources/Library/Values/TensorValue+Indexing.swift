import Interpreter
import Tensors

extension TensorValue {
  /// `x[0]` leaves its axis out, `x[0..8]`, `x[[1, 5]]` and `x[..]` keep it; one index for each axis, from the first. A mask picks from
  /// as many axes as it has, and makes one of them: `x[x > 0]`.
  func index(_ indices: [Index]) throws -> Value? {
    var result = tensor
    var axis = 0
    for (position, index) in indices.enumerated() {
      if let mask = try Mask.of(index) {
        result = try picked(result, mask, axis: axis, position: position)
        axis += 1
        continue
      }
      guard axis < result.rank else { throw tooMany(position) }
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

  private func picked(_ x: Tensor, _ mask: Tensor, axis: Int, position: Int) throws -> Tensor {
    guard axis < x.rank else { throw tooMany(position) }
    do {
      return try x.picked(by: mask, axis: axis)
    } catch let error as TensorError where error.title == Tensor.maskMisfit {
      let left = Tensors.Shape.text(Array(x.shape.dimensions[axis...]))
      throw Failure(
        error.title, [(.position(position), "a mask \(mask.shape), where the tensor is \(left)")], advice: error.advice)
    }
  }

  private func tooMany(_ position: Int) -> Failure {
    Failure(
      "there are more indexes than axes", [(.position(position), "index \(position + 1) of a tensor \(tensor.shape)")],
      advice: tensor.rank == 0
        ? "A single number has no axes." : "Give at most \(tensor.rank); a mask takes as many as it has axes.")
  }

  func setIndex(_ indices: [Index], to value: Value) throws -> Bool {
    throw Failure(
      "a tensor does not change in place",
      advice: "Make a new one: where(mask, v, x) is x with v where the mask is true, concat joins parts.")
  }
}
