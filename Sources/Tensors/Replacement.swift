/// A leaf whose numbers nobody wants any more once those of another node are there, as those of a parameter before an update. The
/// new numbers are written over the old ones if that cannot be seen.
///
/// The old leaf then stays in the graph without numbers. What was computed from it keeps its own; what a user holds and is still to
/// be computed from it is computed with the replacement; whatever else asks for the old numbers later gets an error.
struct Replacement {
  let old: Node
  let new: Node

  /// Whether nobody but the one who replaces it knows the old leaf, and nobody else its memory.
  var isUnseen: Bool {
    old.operation == .data && old.handleCount <= 1 && old.isSoleHolderOfStorage && new.storage == nil && old.shape == new.shape
  }
}

extension Node {
  fileprivate var isSoleHolderOfStorage: Bool { isKnownUniquelyReferenced(&storage) }

  /// Gives up a leaf's numbers to the node that replaces it.
  func giveUpStorage() {
    guard operation == .data, storage != nil else { return }
    storage = nil
    Tape.leafBytes &-= byteCount
  }
}

extension Tensor {
  /// Computes all of `tensors` in one plan, in which each `new` may be written over its `old`, a leaf that its only holder is about
  /// to drop. If it fails or is interrupted, nothing has changed.
  public static func realize(_ tensors: [Tensor], replacing: [(old: Tensor, new: Tensor)]) throws {
    try Graph.realize(tensors.map(\.node), replacing: replacing.map { Replacement(old: $0.old.node, new: $0.new.node) })
  }
}

extension TensorError {
  /// What asks for numbers that have been written over.
  static let replacedWeights = TensorError(
    title: "the value was computed with weights that have since been replaced",
    operands: [("y", "is older than the last update of these weights")],
    advice: "Compute it again, then take the derivative.")
}
