import Formats
import Tensors

/// A net's parameters and running statistics in a safetensors file, under their places in the net ("0.conv.weights").
public enum Checkpoint {
  /// Writes the numbers of all parameters and running statistics, as float32, in the order of the layers.
  ///
  /// - Throws: a `TensorError` where the net has no parameters yet, a `FormatError` where the file cannot be written.
  public static func save(_ network: Network, to path: String) throws {
    let named = network.namedParameters
    guard !named.isEmpty, network.isMade else {
      throw TensorError(
        title: "the net has no parameters yet", operands: [("net", network.description)],
        advice: "They are made at its first call, or by `net input: [...]`.")
    }
    try Tensor.realize(named.map(\.parameter.tensor))
    let arrays = try named.map { name, parameter in
      NamedArray(
        name: name, array: NumericArray(shape: parameter.shape.dimensions, values: try parameter.tensor.floats()))
    }
    try SafeTensors(tensors: arrays, metadata: ["format": "gan"]).write(to: path)
  }

  /// Fills `network`, whose parameters must be there, from a file. Names and shapes are all checked before anything changes.
  ///
  /// - Throws: a `TensorError` where the net has no parameters yet or the file holds others, a `FormatError` where it
  ///   cannot be read.
  public static func load(_ network: Network, from path: String) throws {
    let file = try SafeTensors.read(path)
    let named = network.namedParameters
    guard !named.isEmpty, network.isMade else {
      throw TensorError(
        title: "the net has no parameters yet", operands: [("net", network.description)],
        advice: "They are made at its first call, or by `net input: [...]`; then they can be loaded.")
    }
    func misfit(_ found: String, _ advice: String) -> TensorError {
      TensorError(title: "the file does not fit the net", operands: [("path", found)], advice: advice)
    }
    var values: [(Parameter, Tensor)] = []
    for (name, parameter) in named {
      guard let array = file[name] else {
        throw misfit("has no \(name)", "It must be saved from a net of the same layers. Nothing has been loaded.")
      }
      guard array.shape == parameter.shape.dimensions else {
        throw misfit(
          "\(name) is \(Shape.text(array.shape))", "The net's is \(parameter.shape). Nothing has been loaded.")
      }
      values.append((parameter, try Tensor(array.values, shape: array.shape)))
    }
    // Of layers that stand in several places a file may have the numbers at each.
    let names = Set(network.placedLayers.flatMap { $0.parts.map(\.name) })
    if let extra = file.tensors.first(where: { !names.contains($0.name) }) {
      throw misfit("has \(extra.name), which the net has not", "It was saved from another net. Nothing has been loaded.")
    }
    for (parameter, value) in values { try parameter.assign(value) }
  }
}

extension Network {
  /// Whether it has been called, as far as can be told: one of the layers that make parameters at their first call has made them, or
  /// there is none.
  fileprivate var isMade: Bool {
    let layers = placedLayers.map(\.layer)
    return !layers.contains { $0.isUnmade } || layers.contains { ($0.inputSize ?? 0) > 0 }
  }
}
