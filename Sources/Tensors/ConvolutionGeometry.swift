/// The sizes of a two-dimensional convolution, each axis by itself.
public struct ConvolutionGeometry: Hashable, Sendable {
  /// One axis of a convolution.
  public struct Axis: Hashable, Sendable {
    /// The size of the (unpadded) input and of the kernel.
    public let input: Int, kernel: Int
    /// The distance between the places at which the kernel is laid, at least 1.
    public let stride: Int
    /// Zeros of padding before and after the input.
    public let before: Int, after: Int

    /// An axis of these sizes, with so many zeros before and after the input.
    public init(input: Int, kernel: Int, stride: Int, before: Int, after: Int) {
      (self.input, self.kernel, self.stride, self.before, self.after) = (input, kernel, stride, before, after)
    }

    /// Output element `i` sees input elements `i * stride - before ..< i * stride - before + kernel`.
    public var output: Int {
      let span = input + before + after - kernel
      return span < 0 ? 0 : span / stride + 1
    }
  }

  public let height: Axis, width: Axis

  /// The geometry of two axes.
  public init(height: Axis, width: Axis) {
    (self.height, self.width) = (height, width)
  }
}

/// How the borders of an image are treated.
public enum Padding: Hashable, Sendable {
  /// Zeros around, so that the output is ⌈input / stride⌉ (for a transposed convolution: input · stride). They are placed as
  /// TensorFlow places them: half before (rounded down), the rest after.
  case same
  /// None: the kernel stays inside the image.
  case valid
}

extension ConvolutionGeometry.Axis {
  /// The axis of a convolution over `input` elements; nil where `valid` leaves nothing.
  init?(input: Int, kernel: Int, stride: Int, padding: Padding) {
    switch padding {
    case .same:
      let output = input / stride + (input % stride == 0 ? 0 : 1)
      let total = max((output - 1) * stride + kernel - input, 0)
      self.init(input: input, kernel: kernel, stride: stride, before: total / 2, after: total - total / 2)
    case .valid:
      guard input >= kernel else { return nil }
      self.init(input: input, kernel: kernel, stride: stride, before: 0, after: 0)
    }
  }
}
