import Interpreter
import Tensors

/// Products of matrices, and convolutions.
enum ContractionBuiltins {
  private static let subject = "Products and convolutions"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "matmul", "The matrix product, as `@`.", subject: subject,
        parameters: [Parameter("left", .tensor, "[…, n, k]"), Parameter("right", .tensor, "[…, k, m]")],
        examples: [Example("print matmul(tensor([[1, 2]]), tensor([[3], [4]]))", "[[11]]")]
      ) { call in
        .tensor(try Tensor.matmul(call.tensor("left"), call.tensor("right")))
      })
    catalog.add(
      Builtin(
        "dot", "The sum of the products of two rows of numbers.", subject: subject,
        parameters: [Parameter("left", .tensor, "[n]"), Parameter("right", .tensor, "[n]")],
        examples: [Example("dot(tensor([1, 2]), tensor([3, 4]))", "11")]
      ) { call in
        .tensor(try Tensor.dot(call.tensor("left"), call.tensor("right")))
      })
    catalog.add(
      Builtin(
        "conv2d", "The convolution of images with a filter.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "images [n, height, width, in]"),
          Parameter("w", .tensor, "the filter [height, width, in, out]"),
          stride, padding,
        ],
        examples: [Example("conv2d(zeros([1, 28, 28, 1]), zeros([4, 4, 1, 64]), stride: 2).shape", "[1, 14, 14, 64]")],
        details:
          "\"same\" padding makes the output the input's size divided by the stride, rounded up, with the zeros placed as TensorFlow places them."
      ) { call in
        .tensor(
          try Tensor.convolution(
            call.tensor("x"), call.tensor("w"), stride: Geometry.pair(call, "stride"), padding: Geometry.padding(call)))
      })
    catalog.add(
      Builtin(
        "deconv2d", "The transposed convolution: each pixel lays the filter onto the output.", subject: subject,
        parameters: [
          Parameter("x", .tensor, "images [n, height, width, in]"),
          Parameter("w", .tensor, "the filter [height, width, out, in]"),
          stride, padding,
          Parameter(
            "size", .optional(.sequence), default: .none,
            "the output's height and width; by default, with \"same\" padding, the input's times the stride, with \"valid\" (the input's − 1) × stride + the kernel's"
          ),
        ],
        examples: [
          Example("deconv2d(zeros([1, 7, 7, 128]), zeros([4, 4, 64, 128]), stride: 2).shape", "[1, 14, 14, 64]"),
          Example("deconv2d(zeros([1, 7, 7, 1]), zeros([4, 4, 1, 1]), stride: 2, padding: \"valid\").shape", "[1, 16, 16, 1]"),
        ],
        details: """
          It is the derivative of conv2d by its images, so its size is one that a convolution of this stride, kernel and padding brings back \
          to the size of x. Several are: with \"valid\" padding (height − 1) × stride + the kernel's height, as PyTorch's ConvTranspose2d has \
          it, and up to stride − 1 more, which `size` asks for.
          """
      ) { call in
        let size = call.isGiven("size") ? try Geometry.pair(call, "size") : nil
        return .tensor(
          try Tensor.transposedConvolution(
            call.tensor("x"), call.tensor("w"), stride: Geometry.pair(call, "stride"), padding: Geometry.padding(call),
            outputSize: size))
      })
  }

  private static var stride: Parameter {
    Parameter(
      "stride", .either(.number, .sequence), default: .number(1),
      "the distance between outputs in pixels, one number or [down, right]")
  }
  private static var padding: Parameter { Parameter("padding", .string, default: .string("same"), "\"same\" or \"valid\"") }
}
