import Interpreter
import Networks

/// How a layer draws its first weights, as a value of the language.
final class InitializerValue: Object {
  let initializer: Initializer
  private let text: String

  init(_ initializer: Initializer, text: String) {
    self.initializer = initializer
    self.text = text
  }

  var typeName: String { "initializer" }
  func printed() throws -> String { text }
}

extension Kind {
  static let initializer = Kind.object(InitializerValue.self, "an initializer such as he()", word: "initializer")
}

/// The words for initializers.
enum InitializerBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(.initializer)
    add("he", "Normal with deviation √(2 / inputs): for layers before a relu (He et al. 2015).", in: catalog) { .he }
    add("glorot", "Even in ±√(6 / (inputs + outputs)) (Glorot & Bengio 2010).", in: catalog) { .glorot }
    add("zero_weights", "Zeros.", in: catalog) { .zeros }
    addSpread("normal_weights", "Normal with mean 0.", in: catalog) { .normal(deviation: $0) }
    addSpread("truncated_weights", "Normal, drawn again where it is further than two deviations from 0.", in: catalog) {
      .truncatedNormal(deviation: $0)
    }
  }

  private static func add(_ name: String, _ summary: String, in catalog: Catalog, _ make: @escaping () -> Initializer) {
    catalog.add(
      Builtin(
        name, summary, subject: "Layers",
        examples: [Example("D = net { dense 2, weights: \(name)() }\nD(zeros([1, 3])).shape", "[1, 2]")]
      ) { _ in
        .object(InitializerValue(make(), text: "\(name)()"))
      })
  }

  private static func addSpread(_ name: String, _ summary: String, in catalog: Catalog, _ make: @escaping (Double) -> Initializer)
  {
    catalog.add(
      Builtin(
        name, summary, subject: "Layers",
        parameters: [Parameter("deviation", .number, default: .number(0.02), "the standard deviation")],
        examples: [Example("D = net { dense 2, weights: \(name)(0.1) }\nD(zeros([1, 3])).shape", "[1, 2]")]
      ) { call in
        let deviation = try call.number("deviation")
        guard deviation.isFinite, deviation >= 0 else {
          throw Failure(
            "a deviation is 0 or more", [(.argument("deviation"), deviation.brief)], advice: "0.02 is usual for GANs.")
        }
        return .object(InitializerValue(make(deviation), text: "\(name)(\(deviation.brief))"))
      })
  }
}
