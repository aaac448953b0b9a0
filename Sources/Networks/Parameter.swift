import Tensors

/// Numbers that a layer keeps from call to call: weights, which an optimizer moves, or running statistics.
public final class Parameter {
  /// What it is in its layer: "weights", "biases", "scale", "offset", "mean", "variance"; empty where it stands for itself.
  public let name: String
  /// A leaf of the graph. Graphs made before an update keep the old one.
  public private(set) var tensor: Tensor

  /// A parameter that begins with the numbers of `tensor`.
  ///
  /// - Throws: a `TensorError` where they cannot be computed.
  public init(_ name: String, _ tensor: Tensor) throws {
    self.name = name
    self.tensor = tensor
    self.tensor = try tensor.leaf(of: self)
  }

  /// Whether nobody else holds the tensor: then an update may write over its numbers.
  var isAlone: Bool { isKnownUniquelyReferenced(&tensor) }

  /// The sizes of its axes, which never change.
  public var shape: Shape { tensor.shape }
  /// How many numbers it has.
  public var count: Int { tensor.count }

  /// Takes the numbers of `tensor`, of the same shape, from here on.
  ///
  /// - Throws: a `TensorError` for another shape, or where the numbers cannot be computed.
  public func assign(_ tensor: Tensor) throws {
    guard tensor.shape == shape else {
      throw TensorError(
        title: "the new numbers have another shape",
        operands: [("value", "\(tensor.shape)"), ("parameter", name.isEmpty ? "\(shape)" : "\(name) \(shape)")],
        advice: "A parameter keeps its shape.")
    }
    self.tensor = try tensor.leaf(of: self)
  }
}
