/// Convolutions as steps: by tiles where that is less work, by patches elsewhere.
extension Planner {
  /// A filter at the points of a tiling.
  struct FilterPoints: Hashable {
    var buffer: Int
    var offset: Int
    var geometry: ConvolutionGeometry
    var isTransposed: Bool
  }

  typealias Place = (buffer: Int, offset: Int)

  mutating func convolutionStep(
    _ face: ConvolutionStep.Face, _ geometry: ConvolutionGeometry, _ value: PlanGraph.Value, _ views: [View], _ places: [Place],
    _ target: Int, _ accumulates: Bool
  ) -> Step {
    let (images, channels, outputs): (Int, Int, Int)
    let (x, filter, y): (Place, Place, Place)
    switch face {
    case .forward:
      (images, channels, outputs) = (value.shape[0], views[0].sizes[3], value.shape[3])
      (x, filter, y) = (places[0], places[1], (target, 0))
    case .byInput:
      (images, channels, outputs) = (value.shape[0], value.shape[3], views[0].sizes[3])
      (x, filter, y) = ((target, 0), places[1], places[0])
    case .byFilter:
      (images, channels, outputs) = (views[0].sizes[0], value.shape[2], value.shape[3])
      (x, filter, y) = (places[0], (target, 0), places[1])
    }
    guard
      let convolution = TiledConvolution(
        geometry, images: images, channels: channels, outputs: outputs, use: options.tiles)
    else {
      return ConvolutionStep(
        face, geometry, images: images, channels: channels, outputs: outputs, x: x, filter: filter, y: y,
        accumulates: accumulates
      ) { makeBuffer($0) }
    }
    guard face != .byFilter else {
      return TiledFilterDerivativeStep(convolution, [.init(x: x, y: y)], target: target, accumulates: accumulates) {
        makeBuffer($0)
      }
    }
    let isForward = face == .forward
    let key = FilterPoints(buffer: filter.buffer, offset: filter.offset, geometry: geometry, isTransposed: !isForward)
    let points: Int
    if let made = filterPoints[key] {
      points = made
    } else {
      points = makeBuffer(convolution.tiling.filterCount(outputs: outputs, transposed: !isForward))
      filterPoints[key] = points
      steps.append(FilterPointsStep(convolution, filter: filter, isTransposed: !isForward, target: points))
    }
    return TiledConvolutionStep(
      convolution, isForward: isForward, x: x, filter: points, weights: filter, y: y, accumulates: accumulates)
  }

  /// Derivatives by one filter that are added up are one step.
  mutating func joined(_ parts: [Step]) -> [Step] {
    let tiled = parts.compactMap { $0 as? TiledFilterDerivativeStep }
    guard tiled.count > 1, tiled.count == parts.count, let first = tiled.first?.convolution,
      tiled.allSatisfy({ $0.convolution.geometry == first.geometry && $0.convolution.images == first.images })
    else { return parts }
    return [
      TiledFilterDerivativeStep(
        first, tiled.flatMap(\.terms), target: tiled[0].target, accumulates: tiled[0].accumulates
      ) { makeBuffer($0) }
    ]
  }
}
