import Interpreter
import Networks
import Tensors

/// The words for layers, in scope inside the braces of `net`.
enum LayerBuiltins {
  static let vocabulary = "layers"
  private static let subject = "Layers"

  static func register(in catalog: Catalog) {
    catalog.add(.layer)
    registerWeighted(in: catalog)
    registerNormalizations(in: catalog)
    registerShapes(in: catalog)
    registerActivations(in: catalog)
    InitializerBuiltins.register(in: catalog)
  }

  private static func add(
    _ name: String, _ summary: String, _ parameters: [Parameter] = [], _ examples: [Example], details: String = "",
    in catalog: Catalog,
    _ make: @escaping (borrowing Invocation) throws -> any Layer
  ) {
    catalog.add(
      Builtin(name, summary, subject: subject, parameters: parameters, examples: examples, details: details) { call in
        .object(LayerValue(try make(call)))
      }, vocabulary: vocabulary)
  }

  private static var weights: Parameter {
    Parameter(
      "weights", .optional(.initializer), default: .none,
      "how the first weights are drawn: he(), glorot(), normal_weights(0.02), truncated_weights(0.02), zero_weights()")
  }
  private static var biases: Parameter {
    Parameter("biases", .boolean, default: .boolean(true), "whether to add a learned number to each output")
  }
  private static var kernel: Parameter {
    Parameter("kernel", .either(.number, .sequence), default: .number(3), "the filter's side, one number or [height, width]")
  }
  private static var stride: Parameter {
    Parameter("stride", .either(.number, .sequence), default: .number(1), "the step between places, one number or [down, right]")
  }
  private static var padding: Parameter { Parameter("padding", .string, default: .string("same"), "\"same\" or \"valid\"") }

  private static func registerWeighted(in catalog: Catalog) {
    add(
      "dense", "Every output sees every input: x·W + b. [n, inputs] gives [n, units].",
      [Parameter("units", .integer, "how many outputs"), biases, weights],
      [Example("D = net { dense 3 }\nD(zeros([5, 4])).shape", "[5, 3]")],
      details: "Weights begin normal with deviation 0.02 unless `weights` says otherwise, biases at 0.", in: catalog
    ) { call in
      try Dense(
        call.integer("units"), biases: call.boolean("biases"),
        weights: InitializerValue.given(call) ?? .normal(deviation: 0.02))
    }
    add(
      "conv",
      "A convolution: filters laid over every place of an image. [n, h, w, c] gives [n, h / stride, w / stride, filters].",
      [Parameter("filters", .integer, "how many filters"), kernel, stride, padding, biases, weights],
      [Example("D = net { conv 64, kernel: 4, stride: 2 }\nD(zeros([2, 28, 28, 1])).shape", "[2, 14, 14, 64]")],
      details: "Weights begin truncated normal with deviation 0.02 unless `weights` says otherwise, biases at 0.", in: catalog
    ) { call in
      try Convolution(
        call.integer("filters"), kernel: Geometry.pair(call, "kernel"), stride: Geometry.pair(call, "stride"),
        padding: Geometry.padding(call), biases: call.boolean("biases"),
        weights: InitializerValue.given(call) ?? .truncatedNormal(deviation: 0.02))
    }
    add(
      "deconv", "A transposed convolution: makes images larger. [n, h, w, c] gives [n, h · stride, w · stride, filters].",
      [Parameter("filters", .integer, "how many channels to make"), kernel, stride, padding, biases, weights],
      [Example("G = net { deconv 64, kernel: 4, stride: 2 }\nG(zeros([2, 7, 7, 128])).shape", "[2, 14, 14, 64]")],
      details: """
        With padding: \"valid\" the height becomes (h - 1) · stride + the kernel's height, as PyTorch's ConvTranspose2d has it, and the width \
        likewise. Weights begin normal with deviation 0.02 unless `weights` says otherwise, biases at 0.
        """, in: catalog
    ) { call in
      try Deconvolution(
        call.integer("filters"), kernel: Geometry.pair(call, "kernel"), stride: Geometry.pair(call, "stride"),
        padding: Geometry.padding(call), biases: call.boolean("biases"),
        weights: InitializerValue.given(call) ?? .normal(deviation: 0.02))
    }
  }

  private static func registerNormalizations(in catalog: Catalog) {
    add(
      "batch_norm",
      "Each channel to mean 0 and variance 1 over the batch, then by a learned scale and offset (Ioffe & Szegedy 2015).",
      [
        Parameter("decay", .number, default: .number(0.9), "how much of the running statistics stays at each update"),
        Parameter("epsilon", .amount, default: .number(1e-5), "added to the variance"),
      ],
      [Example("D = net { batch_norm }\nmean(training { D(tensor([[1], [3]])) })", "0")],
      details: "In `training` the statistics are the batch's; otherwise the running ones.", in: catalog
    ) { call in
      try BatchNormalization(decay: call.number("decay"), epsilon: call.number("epsilon"))
    }
    add(
      "layer_norm", "Each sample to mean 0 and variance 1, then by a learned scale and offset (Ba et al. 2016).",
      [Parameter("epsilon", .amount, default: .number(1e-5), "added to the variance")],
      [Example("D = net { layer_norm }\nD(zeros([2, 5])).shape", "[2, 5]")], in: catalog
    ) { call in
      LayerNormalization(epsilon: try call.number("epsilon"))
    }
    add(
      "dropout", "In training, drops numbers at random and makes up for it in the others (Srivastava et al. 2014).",
      [Parameter("rate", .number, default: .number(0.5), "the share that is dropped")],
      [Example("D = net { dropout 0.5 }\nsum(D(ones([2, 2])))", "4")], in: catalog
    ) { call in
      try Dropout(call.number("rate"))
    }
  }

  private static func registerShapes(in catalog: Catalog) {
    add(
      "reshape", "Each sample under another shape.",
      [Parameter("sizes", .any, passing: .variadic, "the sizes of one sample, one by one or as a list; one may be -1")],
      [Example("G = net { reshape 7, 7, 2 }\nG(zeros([3, 98])).shape", "[3, 7, 7, 2]")], in: catalog
    ) { call in
      Reshape(try call.shape("sizes"))
    }
    add(
      "flatten", "Each sample as one row.", [], [Example("D = net { flatten }\nD(zeros([3, 7, 7, 2])).shape", "[3, 98]")],
      in: catalog
    ) { _ in
      Flatten()
    }
  }

  private static func registerActivations(in catalog: Catalog) {
    add("relu", "max(x, 0).", [], [Example("D = net { relu }\nsum(D(tensor([[-1, 2]])))", "2")], in: catalog) { _ in
      FunctionLayer.relu()
    }
    add(
      "leaky_relu", "x where x is above 0, else slope · x.",
      [Parameter("slope", .finite, default: .number(0.2), "the slope below 0")],
      [Example("D = net { leaky_relu 0.5 }\nsum(D(tensor([[-2, 2]])))", "1")], in: catalog
    ) { call in
      FunctionLayer.leakyRelu(slope: try call.number("slope"))
    }
    add("sigmoid", "1 / (1 + exp(−x)).", [], [Example("D = net { sigmoid }\nsum(D(zeros([1, 2])))", "1")], in: catalog) { _ in
      FunctionLayer.sigmoid()
    }
    add("tanh", "The hyperbolic tangent.", [], [Example("D = net { tanh }\nsum(D(zeros([1, 2])))", "0")], in: catalog) { _ in
      FunctionLayer.tanh()
    }
    add(
      "softplus", "log(1 + exp(x)).", [], [Example("D = net { softplus }\nD(zeros([1, 2])).shape", "[1, 2]")], in: catalog
    ) { _ in FunctionLayer.softplus() }
    add(
      "softmax", "exp x / Σ exp x over the last axis.", [], [Example("D = net { softmax }\nsum(D(zeros([1, 4])))", "1")],
      in: catalog
    ) { _ in FunctionLayer.softmax() }
  }
}
