import Tensors

/// What `conv` and `deconv` have in common: filters of learned weights that are laid over images, and a learned number added to each
/// channel of the result.
public protocol FilterLayer: ParameterizedLayer {
  var filters: Filters { get }
  /// `x` with the filters laid over it.
  func apply(_ weights: Tensor, to x: Tensor) throws -> Tensor
}

/// How many filters, how they are laid over images, and the parameters they have.
public struct Filters {
  let count: Int
  let kernel: (Int, Int)
  let stride: (Int, Int)
  let padding: Padding
  let usesBiases: Bool
  let initializer: Initializer
  fileprivate let weights: ParameterSlot
  fileprivate let biases: ParameterSlot

  /// - Parameter sides: The last two axes of the weights, for so many channels of the input.
  /// - Throws: `TensorError` for numbers that make no filter.
  init(
    _ count: Int, kernel: (Int, Int), stride: (Int, Int), padding: Padding, biases: Bool, weights: Initializer,
    sides: @escaping (_ input: Int) -> [Int]
  ) throws {
    guard count > 0 else { throw TensorError(title: "a layer has at least one filter", operands: [("filters", "\(count)")]) }
    guard (1...4096).contains(kernel.0), (1...4096).contains(kernel.1) else {
      throw TensorError(title: "a kernel has 1 to 4096 pixels a side", operands: [("kernel", "\(kernel.0), \(kernel.1)")])
    }
    guard (1...4096).contains(stride.0), (1...4096).contains(stride.1) else {
      throw TensorError(title: "a stride is 1 to 4096 pixels", operands: [("stride", "\(stride.0), \(stride.1)")])
    }
    (self.count, self.kernel, self.stride, self.padding) = (count, kernel, stride, padding)
    (usesBiases, initializer) = (biases, weights)
    let taps = kernel.0 * kernel.1
    self.weights = ParameterSlot("weights", weights, fan: { (taps * $0, taps * count) }) { [kernel.0, kernel.1] + sides($0) }
    self.biases = ParameterSlot("biases", .zeros) { _ in [count] }
  }
}

extension FilterLayer {
  /// The last axis is the channel.
  public static var unit: String { "channels" }
  /// The weights, and biases [count].
  public var slots: [ParameterSlot] { filters.usesBiases ? [filters.weights, filters.biases] : [filters.weights] }

  /// "conv 64, kernel: 4, stride: 2".
  public var description: String {
    func pair(_ sides: (Int, Int)) -> String { sides.0 == sides.1 ? "\(sides.0)" : "[\(sides.0), \(sides.1)]" }
    let border = filters.padding == .valid ? ", padding: \"valid\"" : ""
    return "\(kind) \(filters.count), kernel: \(pair(filters.kernel)), stride: \(pair(filters.stride))\(border)"
  }

  /// Refuses what is no batch of images.
  ///
  /// - Throws: a `TensorError` for other than four axes.
  public func check(_ x: Tensor) throws {
    try expect(
      x, rank: 4, "[n, height, width, channels]",
      otherwise: "Images of one channel are [n, height, width, 1]; `reshape` makes images of rows.")
  }

  /// The filters laid over `x`, and the biases added.
  public func pass(_ x: Tensor, in context: Context) throws -> Tensor {
    let result = try apply(filters.weights.tensor, to: x)
    return filters.usesBiases ? try result + filters.biases.tensor : result
  }
}

extension LayerOption {
  /// What can be chosen of filters.
  /// - Parameter help: What their number is.
  static func filters(_ help: String) -> [LayerOption] {
    [
      .integer("filters", help), .sides("kernel", default: 3, "the filter's side, one number or [height, width]"),
      .sides("stride", default: 1, "the step between places, one number or [down, right]"),
      .padding("padding", default: .same, "\"same\" or \"valid\""), .biases, .weights,
    ]
  }
}
