extension Tensor {
  // MARK: Products

  /// The matrix product. A side of rank 1 is a row on the left and a column on the right, and its axis is dropped again;
  /// with more than two axes it is a product for each of the leading ones, which are broadcast to each other.
  ///
  /// - Throws: a `TensorError` where the inner sizes differ, or the leading axes cannot be broadcast.
  public static func matmul(_ left: Tensor, _ right: Tensor) throws -> Tensor {
    func misfit(_ advice: String) -> TensorError {
      TensorError(
        title: "the shapes do not fit a matrix product", operands: [("left", "\(left.shape)"), ("right", "\(right.shape)")],
        advice: advice)
    }
    // The ordinary case, in short.
    if left.rank == 2, right.rank == 2, left.shape[1] == right.shape[0], left.count > 0 {
      _ = try Shape([left.shape[0], right.shape[1]])
      return try Tensor(built: Node.matmul(left.node, right.node))
    }
    guard left.rank > 0, right.rank > 0 else { throw misfit("A single number is multiplied with `*`.") }
    let (a, b) = (
      left.rank == 1 ? [1] + left.shape.dimensions : left.shape.dimensions,
      right.rank == 1 ? right.shape.dimensions + [1] : right.shape.dimensions
    )
    let (inner, other) = (a[a.count - 1], b[b.count - 2])
    guard inner == other else {
      throw misfit(
        "The last axis of the left side (\(inner)) must equal the \(right.rank > 2 ? "last but one" : "first") axis of the "
          + "right side (\(other)).")
    }
    let (rows, columns) = (a[a.count - 2], b[b.count - 1])
    let leading = try Shape.broadcast([
      ("left", Shape(unchecked: Array(a.dropLast(2)))), ("right", Shape(unchecked: Array(b.dropLast(2)))),
    ])
    var dimensions = leading.dimensions
    if left.rank > 1 { dimensions.append(rows) }
    if right.rank > 1 { dimensions.append(columns) }
    let result = try Shape(dimensions)
    let product: Node
    if b.count == 2 {
      // One matrix on the right: all rows on the left are rows of one product.
      let all = try Shape([leading.count, rows]).count
      product = try Node.matmul(
        Node.reshape(left.node, to: Shape(unchecked: [all, inner])), Node.reshape(right.node, to: Shape(unchecked: b)))
    } else {
      func side(_ node: Node, _ matrix: [Int]) throws -> Node {
        let whole = Node.reshape(node, to: Shape(unchecked: matrix))
        return Node.broadcast(whole, to: try Shape(leading.dimensions + matrix.suffix(2)))
      }
      product = Node.matmul(try side(left.node, a), try side(right.node, b))
    }
    return try Tensor(built: Node.reshape(product, to: result))
  }

  /// Σ left · right of two tensors of rank 1.
  ///
  /// - Throws: a `TensorError` where a side has not one axis, or the lengths differ.
  public static func dot(_ left: Tensor, _ right: Tensor) throws -> Tensor {
    guard left.rank == 1, left.shape == right.shape else {
      throw TensorError(
        title: "a dot product takes two rows of one length", operands: [("left", "\(left.shape)"), ("right", "\(right.shape)")],
        advice: "For matrices use `@`.")
    }
    return try Tensor(built: Node.reshape(Node.reduce(.sum, left.node * right.node, axes: [0]), to: .scalar))
  }

  // MARK: Convolutions

  /// Each output pixel is the filter laid over the image there. `x` [n, h, w, c], `w` [kh, kw, c, o]; gives [n, oh, ow, o].
  ///
  /// - Throws: a `TensorError` where an operand does not have four axes, the channels differ, a stride or a side of the
  ///   filter is below 1, or the filter is larger than an unpadded image.
  public static func convolution(_ x: Tensor, _ w: Tensor, stride: (Int, Int) = (1, 1), padding: Padding = .same) throws -> Tensor
  {
    try checkImages(x, w, stride, channelAxis: 2, filter: "[height, width, in, out]")
    guard let height = ConvolutionGeometry.Axis(input: x.shape[1], kernel: w.shape[0], stride: stride.0, padding: padding),
      let width = ConvolutionGeometry.Axis(input: x.shape[2], kernel: w.shape[1], stride: stride.1, padding: padding)
    else {
      throw TensorError(
        title: "the kernel is larger than the image", operands: [("x", "\(x.shape)"), ("w", "\(w.shape)")],
        advice: "Use padding \"same\", or a smaller kernel.")
    }
    _ = try Shape([x.shape[0], height.output, width.output, w.shape[3]])
    return try Tensor(built: Node.convolution(x.node, w.node, ConvolutionGeometry(height: height, width: width)))
  }

  /// The transposed convolution: each input pixel lays the filter, times its value, onto the output. `x` [n, h, w, c],
  /// `w` [kh, kw, out, c]; gives [n, oh, ow, out], with oh = h · stride for `same` and (h − 1) · stride + kh for `valid`, unless
  /// `outputSize` names another size whose convolution has the size of `x`.
  ///
  /// - Throws: a `TensorError`, as `convolution` does, and where no convolution of `outputSize` gives the size of `x`.
  public static func transposedConvolution(
    _ x: Tensor, _ w: Tensor, stride: (Int, Int) = (1, 1), padding: Padding = .same, outputSize: (Int, Int)? = nil
  ) throws -> Tensor {
    try checkImages(x, w, stride, channelAxis: 3, filter: "[height, width, out, in]")
    let height = try transposedAxis(x, w, 0, stride.0, padding, outputSize?.0)
    let width = try transposedAxis(x, w, 1, stride.1, padding, outputSize?.1)
    _ = try Shape([x.shape[0], height.input, width.input, w.shape[2]])
    return try Tensor(built: Node.convolutionByInput(x.node, w.node, ConvolutionGeometry(height: height, width: width)))
  }

  private static func transposedAxis(
    _ x: Tensor, _ w: Tensor, _ side: Int, _ stride: Int, _ padding: Padding, _ wanted: Int?
  ) throws -> ConvolutionGeometry.Axis {
    let (size, kernel) = (x.shape[side + 1], w.shape[side])
    let natural = padding == .same ? size * stride : Swift.max(size - 1, 0) * stride + kernel
    guard (0..<1 << 40).contains(wanted ?? natural),
      let axis = ConvolutionGeometry.Axis(input: wanted ?? natural, kernel: kernel, stride: stride, padding: padding),
      axis.output == size
    else {
      throw TensorError(
        title: "no convolution of that size gives the size of x",
        operands: [("x", "\(x.shape)"), ("size", "\(wanted ?? natural)")], advice: "With this kernel and stride, use \(natural).")
    }
    return axis
  }

  private static func checkImages(_ x: Tensor, _ w: Tensor, _ stride: (Int, Int), channelAxis: Int, filter: String) throws {
    guard x.rank == 4, w.rank == 4 else {
      throw TensorError(
        title: "a convolution takes images and a filter", operands: [("x", "\(x.shape)"), ("w", "\(w.shape)")],
        advice: "Images are [n, height, width, channels]; the filter is \(filter).")
    }
    guard x.shape[3] == w.shape[channelAxis] else {
      throw TensorError(
        title: "the channels of the images and the filter differ", operands: [("x", "\(x.shape)"), ("w", "\(w.shape)")],
        advice:
          "The last axis of the images (\(x.shape[3])) must equal axis \(channelAxis) of the filter (\(w.shape[channelAxis])).")
    }
    let largest = 1 << 20
    guard stride.0 > 0, stride.1 > 0, stride.0 < largest, stride.1 < largest, w.shape[0] > 0, w.shape[1] > 0 else {
      throw TensorError(
        title: "kernel and stride are at least 1", operands: [("w", "\(w.shape)"), ("stride", "\(stride.0), \(stride.1)")])
    }
  }
}
