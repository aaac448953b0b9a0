import Base

/// The sizes of a tensor's axes, outermost first. `[]` is a single number.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The size of each axis, 0 or more, the outermost first.
  public let dimensions: [Int]
  /// The number of elements: the product of the dimensions.
  public let count: Int

  /// The shape `[]` of a single number.
  public static let scalar = Shape(unchecked: [])

  /// Checks every size: no negative ones, no products of them that overflow (also of those beside a 0), and no tensor that this machine's
  /// memory cannot hold.
  ///
  /// - Throws: a `TensorError` that names the size, or the memory that would be needed.
  public init(_ dimensions: [Int]) throws {
    // The sizes besides 0 are multiplied too where there are no elements: strides, and the shapes of parts, are products of them.
    var extent = 1
    var overflow = false
    for dimension in dimensions {
      guard dimension >= 0 else {
        throw TensorError(
          title: "a shape has no negative sizes", operands: [("shape", Shape.text(dimensions))],
          advice: "Every size must be 0 or more.")
      }
      let (product, overflowed) = extent.multipliedReportingOverflow(by: max(dimension, 1))
      overflow = overflow || overflowed || product > Shape.largestExtent
      extent = product
    }
    let isEmpty = dimensions.contains(0)
    if isEmpty, overflow {
      throw TensorError(
        title: "the shape is too large", operands: [("shape", Shape.text(dimensions))],
        advice: "Also where one size is 0, the others must not multiply to more than 2^40.")
    }
    let count = isEmpty ? 0 : extent
    if overflow || count > Shape.largestCount {
      let bytes = dimensions.reduce(4.0) { $0 * Double(max($1, 1)) }
      throw TensorError(
        title: "the tensor is too large for this machine",
        operands: [("shape", "\(Shape.text(dimensions)) would need \(SizeText.bytes(bytes))")],
        advice: "This machine has \(SizeText.bytes(Memory.physical)) of memory. Use smaller sizes, or work in batches.")
    }
    self.dimensions = dimensions
    self.count = count
  }

  /// For sizes known to be good: those of an existing shape in another order, or a part of them.
  init(unchecked dimensions: [Int]) {
    self.dimensions = dimensions
    self.count = dimensions.reduce(1, &*)
  }

  /// `dimensions` with a known product, as a reshape makes it.
  init(unchecked dimensions: [Int], count: Int) {
    self.dimensions = dimensions
    self.count = count
  }

  /// The number of axes.
  public var rank: Int { dimensions.count }
  /// The size of an axis, which must be in 0 ..< `rank`.
  public subscript(axis: Int) -> Int { dimensions[axis] }
  /// As the language writes it: "[64, 128]".
  public var description: String { Shape.text(dimensions) }

  /// The distance in elements between neighbors along each axis, in row-major order.
  public var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    var step = 1
    for axis in stride(from: rank - 1, through: 0, by: -1) {
      strides[axis] = step
      step = step &* max(dimensions[axis], 1)
    }
    return strides
  }

  /// Shapes are equal where their sizes are, in order.
  public static func == (left: Shape, right: Shape) -> Bool { left.count == right.count && left.dimensions == right.dimensions }
  /// Feeds the sizes.
  public func hash(into hasher: inout Hasher) { hasher.combine(dimensions) }

  /// `[64, 128]`.
  public static func text(_ dimensions: [Int]) -> String { "[" + dimensions.map(String.init).joined(separator: ", ") + "]" }

  /// As many numbers as the machine's memory could hold.
  private static let largestCount = Int(Memory.physical / 4)
  /// What the sizes besides 0 may multiply to; it leaves room for the arithmetic on places and bytes.
  private static let largestExtent = 1 << 40
}
