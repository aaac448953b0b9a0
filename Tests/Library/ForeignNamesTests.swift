import Syntax
import Testing

@testable import Interpreter
@testable import Library

extension RunningTests {
  /// What is advised to those who write a name of another language can be written here.
  @Suite struct ForeignNamesTests {
    /// Names that the advice takes as given.
    static let given = """
      use gan
      a = tensor([1, 2, 3]); b = a; x = tensor([[2, 1, 0], [1, 3, 1], [0, 1, 4]]); y = x; m = x; p = softmax(a); q = p; v = a; w = a
      xs = [1, 2]; r = {name: 1}; c = true; axis = 0; n = 3; low = 0; high = 1; loss = sum(a); logits = x; labels = x; text = "3"; classes = 3; function = k -> k
      D = net { dense 1 }; data = ring(64); run = dragan(net { dense 2 }, D, data, batch: 8); train run, steps: 1; D = run.D
      """

    /// The texts between backquotes of an advice, but for those that leave something out, and words of layers and arguments.
    static func codes(_ advice: String) -> [String] {
      let parts = advice.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      return parts.filter { $0.offset % 2 == 1 }.map { String($0.element) }.filter { code in
        !code.contains("…") && !words.contains { code == $0 || code.hasPrefix($0 + " ") }
      }
    }

    static let words = [
      "conv", "deconv", "dense", "batch_norm", "layer_norm", "instance_norm", "leaky_relu", "dropout", "reshape", "flatten",
      "layers", "parameters",
      "train run, steps: 1000", "use", "load", "save", "exit", "exit()", "help", "history", "objective: vanilla", "_",
    ]

    /// What is wrong with the words of a code, whatever the values are.
    static func isFault(_ title: String) -> Bool {
      ["there is no `", "has no argument", "has no field", "takes no", "too many", "cannot be called", "no meaning", "expected"]
        .contains { title.contains($0) }
    }

    @Test func whatIsAdvisedCanBeWritten() throws {
      let all = ForeignNames.names.merging(ForeignNames.fields) { one, other in one + other }
      let wrong = try BigStackThread.run {
        let recorder = Recorder()
        let session = Library.session(sink: recorder)
        if let fault = try recorder.run(Source(name: "given", text: Self.given), in: session).diagnostic { return [fault.title] }
        var wrong: [String] = []
        for (name, advice) in all.sorted(by: { $0.key < $1.key }) {
          for code in Self.codes(advice) {
            let fault = try recorder.run(Source(name: name, text: code), in: session).diagnostic
            if let fault, Self.isFault(fault.title) { wrong.append("\(name): `\(code)`: \(fault.title)") }
          }
        }
        return wrong
      }
      #expect(wrong == [])
    }

    @Test(arguments: [
      ("adam(lr: 1)", "It is called `rate` here."), ("normal([2], std: 3)", "It is called `deviation` here."),
      ("mean(ones([2]), dim: 0)", "It is called `axis` here."), ("histogram([1, 2], nbins: 3)", "It is called `bins` here."),
      ("load \"a.csv\", sep: 3", "It is called `separator` here."), ("sort [1, 2], key: x -> x", "It is called `by` here."),
      ("net { conv 3, kernel_size: 5 }", "It is called `kernel` here."), ("plot [1, 2], xlim: 3", "It is called `x_range` here."),
      ("use gan; gan(net { dense 1 }, net { dense 1 }, ring(), batch_size: 3)", "It is called `batch` here."),
      ("use gan; gan(net { dense 1 }, net { dense 1 }, ring(), n_critic: 3)", "It is called `d_steps` here."),
      ("use gan; gan(net { dense 1 }, net { dense 1 }, ring(), optimizer: 3)", "Each network has one: "),
      ("adam(betas: [0.5, 0.9])", "It takes two: `beta1: 0.5, beta2: 0.9`."),
      ("net { dense 3, in_features: 2 }", "found at the first call"),
      ("zeros([2], dtype: 3)", "32-bit"), ("sort [1, 2], axis: 3, sdfghj: 3", "It takes: "),
    ])
    func argumentsOfOthersAreAnswered(_ text: String, _ advice: String) throws {
      let diagnostic = try Recorder.run(Source(name: "foreign", text: text)).diagnostic
      let told = diagnostic?.advice.joined(separator: " ") ?? ""
      #expect(told.contains(advice), "\(told)")
    }

    @Test(arguments: [
      ("concatenate([1])", "Write `concat([a, b])`"), ("x = ones([2]); x.mean()", "`mean` is a function: `mean(x, …)`"),
      ("x = ones([2]); x.grad", "Derivatives are values"), ("train 3", "`train` comes with `use gan`"),
      ("detach(3)", "Write `constant(x)`"), ("D = net { dense 1 }; D.forward(3)", "A net is called"),
      ("r = {a: 1}; r.sample(3)", "`sample` is a function of `use gan`"), ("\"a\".strip()", "`trim` is a function"),
    ])
    func namesOfOthersAreAnswered(_ text: String, _ advice: String) throws {
      let diagnostic = try Recorder.run(Source(name: "foreign", text: text)).diagnostic
      let told = diagnostic?.advice.joined(separator: " ") ?? ""
      #expect(told.contains(advice))
    }
  }
}
