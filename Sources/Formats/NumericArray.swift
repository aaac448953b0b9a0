/// Numbers in a shape, as a file holds them: what IDX, NPY, NPZ, CSV and safetensors have in common.
public struct NumericArray: Equatable, Sendable {
  /// How the numbers stood in the file.
  public enum Element: String, CaseIterable, Sendable {
    case boolean, uint8, int8, uint16, int16, uint32, int32, uint64, int64
    case float16, bfloat16, float32, float64
    /// Of 8 bits, named by those of exponent and mantissa (OCP 8-bit Floating Point Specification; the last one is a power of 2).
    case float8e5m2, float8e4m3, float8e8m0

    /// The size of one number in bytes.
    public var byteCount: Int {
      switch self {
      case .boolean, .uint8, .int8, .float8e5m2, .float8e4m3, .float8e8m0: return 1
      case .uint16, .int16, .float16, .bfloat16: return 2
      case .uint32, .int32, .float32: return 4
      case .uint64, .int64, .float64: return 8
      }
    }
  }

  /// The length of each axis, the slowest first; empty for a single number.
  public var shape: [Int]
  /// In row-major (C) order. Whole numbers above 2²⁴ and 64-bit fractions are rounded to the nearest Float.
  public var values: [Float]
  /// How the numbers stood in the file; they are written as float32 whatever it says.
  public var element: Element
  /// The whole numbers among them that rounding has changed.
  public var rounded: RoundedNumbers

  /// `values.count` must be the product of `shape`.
  public init(shape: [Int], values: [Float], element: Element = .float32, rounded: RoundedNumbers = RoundedNumbers()) {
    self.shape = shape
    self.values = values
    self.element = element
    self.rounded = rounded
  }

  /// The smallest and the largest finite value; nil if there is none.
  public var valueRange: ClosedRange<Float>? {
    var low = Float.infinity
    var high = -Float.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : nil
  }
}

/// A `NumericArray` under its name in a file that holds several.
public struct NamedArray: Equatable, Sendable {
  /// Under which the array stands in the file; unique in a file that is read.
  public var name: String
  /// The numbers and their shape.
  public var array: NumericArray

  /// An array under a name.
  public init(name: String, array: NumericArray) {
    self.name = name
    self.array = array
  }
}
