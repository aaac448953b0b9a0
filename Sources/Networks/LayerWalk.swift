/// A layer at its place in a net.
public struct PlacedLayer {
  /// "0.conv", "2.net.0.dense", "1.function.f.0.dense".
  public let place: String
  /// The layer that is found at the place.
  public let layer: any Layer
  /// Whether it was met before, at another place.
  public let isRepeated: Bool
  /// Whether it is a function with layers found in it, which follow.
  public let isGroup: Bool

  /// Its own parameters and statistics, each with its full name.
  public var parts: [(name: String, parameter: Parameter)] {
    isGroup ? [] : (layer.parameters + layer.statistics).map { (name(of: $0), $0) }
  }

  /// The full name of one of its parameters: "0.conv.weights".
  func name(of parameter: Parameter) -> String { parameter.name.isEmpty ? place : "\(place).\(parameter.name)" }
}

/// Goes through layers and all that they are made of, each function once.
struct LayerWalk {
  /// The layers that are made of no others, and functions before what is in them.
  private(set) var found: [PlacedLayer] = []
  private(set) var seen: Set<ObjectIdentifier> = []

  init(_ layers: [(name: String, layer: any Layer)] = []) {
    for (name, layer) in layers { visit(layer, at: name) }
  }

  /// - Parameter isFound: Whether a function has it: such layers can be met on many ways, even within themselves, and are listed once.
  mutating func visit(_ layer: any Layer, at place: String, isFound: Bool = false) {
    let isRepeated = !seen.insert(ObjectIdentifier(layer)).inserted
    if isRepeated, isFound { return }
    let sublayers = isRepeated && layer.findsSublayers ? [] : layer.sublayers
    if sublayers.isEmpty || layer.findsSublayers {
      let isGroup = layer.findsSublayers && (isRepeated || !sublayers.isEmpty)
      found.append(PlacedLayer(place: place, layer: layer, isRepeated: isRepeated, isGroup: isGroup))
    }
    for (name, sublayer) in sublayers {
      visit(sublayer, at: "\(place).\(name)", isFound: isFound || layer.findsSublayers)
    }
  }

  /// Whether the walk has come to this layer or net.
  func has(_ layer: any Layer) -> Bool { seen.contains(ObjectIdentifier(layer)) }
}

extension Array where Element == PlacedLayer {
  /// All parameters that are trained, each once.
  var parameters: [Parameter] { flatMap { $0.isGroup || $0.isRepeated ? [] : $0.layer.parameters } }
  /// All statistics, each once.
  var statistics: [Parameter] { flatMap { $0.isGroup || $0.isRepeated ? [] : $0.layer.statistics } }
}

extension Layer {
  /// The layers that it is made of, or it alone, with their places in it.
  public var placedLayers: [PlacedLayer] { LayerWalk(sublayers).found }
  /// The parameters of layers that are found: see `findsSublayers`.
  public var foundParameters: [Parameter] { placedLayers.parameters }
  /// The statistics of layers that are found.
  public var foundStatistics: [Parameter] { placedLayers.statistics }
  /// Whether `layer` is one of those within.
  public func reaches(_ layer: any Layer) -> Bool { LayerWalk(sublayers).has(layer) }
}
