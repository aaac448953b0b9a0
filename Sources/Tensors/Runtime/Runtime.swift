/// Where graphs become numbers.
public enum Runtime {
  /// Computes `outputs` in one plan and sets the storage of each; the nodes between keep none. The outputs are unrealised and
  /// distinct; realised nodes below them are leaves.
  static func realize(_ outputs: [Node]) throws {
    throw TensorError(title: "nothing can be computed yet", operands: [], advice: "")
  }
}
