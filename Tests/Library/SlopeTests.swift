import Interpreter
import Syntax
import Testing

@testable import Library
@testable import Tensors

extension RunningTests {
  /// Of each builtin that makes tensors of tensors it is known how derivatives pass: none gives zeros in silence.
  @Suite struct SlopeTests {
    enum Kind {
      /// The derivative is that of central differences.
      case passes
      /// It is 0: the result changes in steps, or is the same whatever the tensor's numbers.
      case isZero
      /// `grad` raises an error that names the function.
      case isRefused
    }

    /// Calls with x [2, 3], whose numbers are all different and not near any step.
    private static let passing: [String] = [
      "clip(x, -0.5, 0.6)", "minimum(x, 2 * x - 0.1)", "where(x > 0, x ^ 2, sin(x))", "(x ^ 2 + 0.3) ^ x",
      "x ^ 3", "abs(x) ^ 1.5", "1 / (x + 3)", "x / (x ^ 2 + 1) - 2 * x",
      "leaky_relu(x, -0.3)", "log_softmax(x)", "softmax(x, axis: 0)",
      "cumulative_sum(x)", "log_sum_exp(x, axis: 1)", "max(x)", "max(x, axis: 0)", "min(x, axis: 1)", "mean(x ^ 2, axis: 0)",
      "norm(x)", "norm(x, axis: 0)", "std(x)", "std(x, axis: 1)", "sum(x ^ 2)", "variance(x, axis: 0)",
      "median(x)", "median(x, axis: 0)", "quantile(x, 0.3)", "sort(x)", "sort(x, axis: 0, descending: true)", "topk(x, 2)[0]",
      "broadcast(x ^ 2, [2, 2, 3])", "concat([x, x ^ 2])", "expand(x, 0)", "flatten(x)", "flip(x, 1)",
      "pad(x, [1, 0], value: 2)",
      "reshape(x, [3, 2])", "squeeze(expand(x, 0))", "stack([x, sin(x)], axis: 1)", "take(x, [1, 1, 0])", "tile(x, [2, 2])",
      "transpose(x)", "x[1, ..]", "x[.., ..-1]", "tensor([x[0], x[1] ^ 2])",
      "conv2d(reshape(x, [1, 2, 3, 1]), ones([2, 2, 1, 2]))", "conv2d(ones([1, 3, 4, 1]), reshape(x, [2, 3, 1, 1]))",
      "deconv2d(reshape(x, [1, 2, 3, 1]), ones([2, 2, 2, 1]), stride: 2)", "dot(x[0], x[1])", "matmul(x, transpose(x))",
      "x @ tensor([1, 2, 3])",
      "covariance(x)", "eigh(x @ transpose(x))[0]",
      "eigh(x @ transpose(x))[1]", "singular_values(x)", "squared_distances(x, x + 1)", "squared_distances(x, ones([4, 3]))",
      "svd(x)[0]", "svd(x)[1]", "svd(x)[2]",
      "shuffled(x)",
      "prod(x)", "prod(x, axis: 0)", "prod(concat([x, zeros([1, 3])]), axis: 0) + x[0]", "cumulative_product(x)", "diff(x)",
      "diff(x, axis: 0)", "resize(x, [3, 5])", "resize(x, [5, 2], method: \"area\")", "resize(x, [1, 4], method: \"nearest\")",
      "atan2(0.3, x)", "atan2(x, x ^ 2)",
      "solve(x @ transpose(x), x)", "solve(x @ transpose(x), [1, 2])", "inverse(x @ transpose(x))",
      "determinant(x @ transpose(x))",
      "trace(x ^ 2)",
    ]

    private static let constant: [String] = [
      "x > 0.1", "x == 0.31", "x != 1",
      "argmax(x)", "argmin(x)", "argsort(x)", "topk(x, 2)[1]", "bincount(round(x[0] ^ 2), 9)", "one_hot(round(x[0] ^ 2), 9)",
      "constant(x)", "tensor(list(x))", "tensor([number(x[0, 0])])",
      "zeros(x.shape)", "ones(x.shape)", "full(x.shape, 2)", "eye(len(x))", "linspace(0, number(x[0, 0]), 3)",
      "tensor(x.shape)",
      "tensor(gaussian_kernel_mean(x))", "tensor(polynomial_kernel_mean(x, x ^ 2))", "tensor(frechet_of_normals(x, x ^ 2))",
      "tensor(shape(x))", "nonzero(x > 0)",
      "uniform(x.shape)", "normal(x.shape)", "truncated_normal(x.shape)",
    ]

    /// Those that have definitions, with arguments that they are defined for.
    private static let elementwise: [(call: String, kind: Kind)] =
      UnaryFunction.all.map(\.definition).filter { $0.help != nil }.map { definition in
        let argument =
          switch definition.samples.domain {
          case .all: "x"
          case .positive: "x ^ 2 + 0.3"
          }
        let call = "\(definition.name)(\(argument))"
        return switch definition.derivative {
        case .zero: (call, .isZero)
        case .of, .with: (call, .passes)
        }
      }
      + BinaryFunction.all.map(\.definition).filter { $0.help != nil }.map { ("\($0.name)(x, 0.2)", .passes) }

    static let calls: [(call: String, kind: Kind)] =
      elementwise + passing.map { (call: $0, kind: Kind.passes) } + constant.map { (call: $0, kind: Kind.isZero) }
      + [(call: "assignment(x)", kind: Kind.isRefused)]

    private static let subjects: Set = [
      "Making tensors", "Chance", "Functions of numbers", "Activations", "Sums and statistics", "Order", "Shapes and places",
      "Products and convolutions", "Matrices and distances", "Derivatives",
    ]
    /// What gives no tensor, or runs a block, or is the derivative itself.
    private static let others: Set = ["aside", "all", "any", "choice", "seed", "atan", "tan", "grad"]

    @Test func everyBuiltinOfTensorsIsInTheTable() {
      for builtin in CatalogTests.builtins() where Self.subjects.contains(builtin.subject) && !Self.others.contains(builtin.name)
      {
        #expect(Self.calls.contains { $0.call.contains("\(builtin.name)(") }, "\(builtin.name)")
      }
    }

    @Test(arguments: calls.indices) func derivativesAreKnown(index: Int) throws {
      let (call, kind) = Self.calls[index]
      let text = """
        seed 1
        x = tensor([[0.31, -0.72, 1.13], [0.58, 0.94, -1.47]])
        fn loss(x) = aside {
          seed 1
          y = reshape(\(call), [-1])
          sum(sin(y) * sin(1 + 2 * tensor(0..len(y))))
        }
        found = try { grad(loss(x), x) } catch e { e.message }
        print if type(found) == "string" { found } else { "tensor" }
        if type(found) == "tensor" {
          print max(abs(found)) == 0
          h = 0.004
          step = i -> h * reshape(one_hot([i], 6), [2, 3])
          slope = i -> number(8 * (loss(x + step(i)) - loss(x - step(i))) - loss(x + 2 * step(i)) + loss(x - 2 * step(i))) / (12 * h)
          wanted = reshape(tensor(map(0..6, slope)), [2, 3])
          print max(abs(found - wanted)) <= 2e-3 * max([1, max(abs(wanted))]), found, wanted
        }
        """
      let (output, diagnostic) = try Recorder.run(Source(name: "slope", text: text))
      #expect(diagnostic == nil, "\(call): \(diagnostic.map { DiagnosticRenderer().render($0) } ?? "")")
      switch kind {
      case .passes:
        #expect(output.count == 3 && output[1] == "false" && output[2].hasPrefix("true"), "\(call): \(output)")
      case .isZero:
        #expect(output.count == 3 && output[1] == "true", "\(call): \(output)")
      case .isRefused:
        let name = call.prefix { $0 != "(" }
        #expect(output == ["no derivative passes through `\(name)`"], "\(call): \(output)")
      }
    }
  }
}
