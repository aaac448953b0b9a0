import Formats
import Networks
import Tensors

/// A layer as a checkpoint tells of it: its description (`layer`), the size of `input` that it was made for, the `place` that its tensors'
/// names begin with, and the names of its `tensors`.
struct KeptLayer {
  let description: String
  let input: Int?
  let place: String
  let tensors: [String]

  init?(_ node: JSON) {
    guard let members = node.object, let description = members["layer"]?.string, let place = members["place"]?.string,
      let tensors = members["tensors"]?.array?.compactMap(\.string)
    else { return nil }
    (self.description, self.place, self.tensors) = (description, place, tensors)
    input = members["input"]?.whole
  }
}

/// The layers of a run that have been found to fit those of a checkpoint: each is one wherever it stands, here as there.
final class FittedLayers {
  private var layers: [String: any Layer] = [:]
  private var places: [ObjectIdentifier: String] = [:]
  /// The shapes of the tensors of layers, by their names in the file.
  private(set) var shapes: [String: [Int]] = [:]
  /// The parameters that have been set, by the names of their tensors.
  private(set) var parameters: [String: Networks.Parameter] = [:]

  /// Checks that a layer fits; `name` is what an error calls it.
  func fit(_ there: KeptLayer, to layer: any Layer, _ name: String, by fitting: RunFitting) throws {
    let isKnown = layers[there.place] != nil
    if let known = layers[there.place], known !== layer {
      throw fitting.misfit("\(name) was shared with another net, and is not here")
    }
    if let place = places[ObjectIdentifier(layer)], place != there.place {
      throw fitting.misfit("\(name) was one of its own, and is shared with another net here")
    }
    (layers[there.place], places[ObjectIdentifier(layer)]) = (layer, there.place)
    if isKnown { return }
    guard let size = there.input else {
      guard layer.inputSize == nil else {
        throw fitting.misfit("\(name) was kept before its first call, and has been called here")
      }
      return
    }
    if let own = layer.inputSize, own != size {
      throw fitting.misfit("\(name) was made for inputs of \(size), and for \(own) here")
    }
    let parts = layer.parts(input: size)
    guard parts.count == there.tensors.count else {
      throw fitting.misfit("\(name) had \(there.tensors.count) tensors, and has \(parts.count) here")
    }
    let file = fitting.file
    for (tensor, part) in zip(there.tensors, parts) {
      guard let array = file.tensors[tensor] else { throw RunFile.damaged(file.path) }
      guard array.shape == part.shape else {
        let what = part.name.isEmpty ? "numbers" : part.name
        throw fitting.misfit(
          "the \(what) of \(name) were \(Shape.text(array.shape)), and are \(Shape.text(part.shape)) here")
      }
      shapes[tensor] = part.shape
    }
    fitting.first { [self] in
      try layer.take(there.tensors.map { try file.tensor($0) }, input: size)
      for (tensor, parameter) in zip(there.tensors, layer.parameters + layer.statistics) { parameters[tensor] = parameter }
    }
  }
}
