/// A leaf whose numbers nobody wants any more once those of another node are there, as those of a parameter before an update. The
/// new numbers are written over the old ones if that cannot be seen.
///
/// The old leaf then stays in the graph without numbers. What was computed from it keeps its own; what a user holds and is still to
/// be computed from it is computed with the replacement; whatever else asks for the old numbers later gets an error.
struct Replacement {
  let old: Node
  let new: Node
  /// Whether the one who replaces the leaf alone holds it.
  var isAlone = true

  /// Whether nobody but the one who replaces it knows the old leaf, and nobody else its memory.
  var isUnseen: Bool {
    isAlone && old.isData && old.handleCount <= 1 && old.isSoleHolderOfStorage && new.storage == nil
      && old.shape == new.shape
  }
}

extension Node {
  fileprivate var isSoleHolderOfStorage: Bool { isKnownUniquelyReferenced(&storage) }

  /// Gives up a leaf's numbers to the node that replaces it.
  func giveUpStorage() {
    guard isData, storage != nil else { return }
    storage = nil
    engine?._withUnsafeGuaranteedRef { $0.tape.leafBytes &-= byteCount }
  }
}

extension Tensor {
  /// A leaf that its holder is about to drop for a new one; `isAlone` says that nobody else holds it.
  public typealias Successor = (old: Tensor, new: Tensor, isAlone: Bool)

  /// Computes all of `tensors` in one plan, in which new numbers may be written over those of leaves that one alone holds. If it fails
  /// or is interrupted, nothing has changed.
  ///
  /// - Throws: a `TensorError` where memory is short or old weights are needed that have been written over, and the error of
  ///   an interruption.
  public static func realize(_ tensors: [Tensor], replacing: [Successor]) throws {
    try Graph.realize(
      tensors.map { try $0.node },
      replacing: replacing.map { try Replacement(old: $0.old.node, new: $0.new.node, isAlone: $0.isAlone) })
  }
}

extension TensorError {
  /// What asks for numbers that have been written over.
  static let replacedWeights = TensorError(
    title: "the value was computed with weights that have since been replaced",
    operands: [("y", "is older than the last update of these weights")],
    advice: "Compute it again, then take the derivative.")
}
