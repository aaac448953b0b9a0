import Graphics
import Interpreter
import Tensors

/// Tensors as pictures.
enum Pictures {
  /// The picture that a value is: an image, a plot as drawn, or a tensor of one picture, or of several, which are laid out; nil for
  /// anything else.
  static func raster(of value: Value, range: ClosedRange<Float> = 0...1) throws -> Raster? {
    guard case .object(let object) = value else { return nil }
    if let image = object as? ImageValue { return image.raster }
    if let plot = object as? PlotValue { return try plot.plot.render() }
    if let tensor = (object as? TensorValue)?.tensor {
      let rasters = try rasters(of: tensor, range: range)
      return rasters.count == 1 ? rasters[0] : try Grid.arrange(rasters)
    }
    return nil
  }

  /// The pictures in a tensor of shape [n, height, width, channels], [n, height, width] (gray), or, for a single one, [height, width,
  /// channels] or [height, width]. The values of `range` become dark to bright.
  static func rasters(of tensor: Tensor, range: ClosedRange<Float>) throws -> [Raster] {
    let dimensions = tensor.shape.dimensions
    let channelCounts = [1, 3]
    let layout: (count: Int, height: Int, width: Int, channels: Int)
    switch dimensions.count {
    case 4 where channelCounts.contains(dimensions[3]): layout = (dimensions[0], dimensions[1], dimensions[2], dimensions[3])
    case 3 where isSingle(dimensions):
      layout = (1, dimensions[0], dimensions[1], dimensions[2])
    case 3: layout = (dimensions[0], dimensions[1], dimensions[2], 1)
    case 2: layout = (1, dimensions[0], dimensions[1], 1)
    default:
      throw Failure(
        "the tensor is not made of pictures", [(.position(0), "\(tensor.shape)")],
        advice: "Pictures are [n, height, width, channels] with 1 or 3 channels, or [height, width].")
    }
    let values = try tensor.floats()
    let length = layout.height * layout.width * layout.channels
    return try (0..<layout.count).map { number in
      try Raster(
        values: values[number * length..<(number + 1) * length], width: layout.width, height: layout.height,
        channels: layout.channels, range: range)
    }
  }

  /// Whether three sizes are those of one picture with channels, not of several without.
  static func isSingle(_ dimensions: [Int]) -> Bool {
    dimensions.count == 3 && [1, 3].contains(dimensions[2]) && dimensions[0] > 3
  }

  /// The pictures of a data set, an image, a list of images, or a tensor.
  static func rasters(of value: Value, range: ClosedRange<Float>?) throws -> [Raster]? {
    switch value {
    case .object(let object):
      if let image = object as? ImageValue { return [image.raster] }
      if let tensor = (object as? TensorValue)?.tensor { return try rasters(of: tensor, range: range ?? 0...1) }
      if let data = object as? DataSet, data.isPictures {
        return try rasters(of: data.samples(0..<data.size), range: range ?? data.range)
      }
      return nil
    case .list(let list):
      var found: [Raster] = []
      for element in list.elements {
        guard let pictures = try rasters(of: element, range: range) else { return nil }
        found.append(contentsOf: pictures)
      }
      return found
    case .none, .boolean, .number, .string, .range, .record, .function, .builtin: return nil
    }
  }
}
