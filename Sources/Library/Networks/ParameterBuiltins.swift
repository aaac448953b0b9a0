import Interpreter
import Networks
import Tensors

/// Parameters that are no layer's.
enum ParameterBuiltins {
  private static let subject = "Nets"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "parameter", "A tensor that is trained, for a function that is a layer.", subject: subject,
        parameters: [Parameter("initial", .either(.numeric, .list), "its numbers at first, of which it takes a copy")],
        examples: [
          Example(
            """
            g = parameter(ones([1]))
            D = net input: [2] { x -> g * x }
            update D, sum(D(ones([1, 2]))), with: sgd(0.25)
            print g, D.parameter_names
            """, "[0.5] [\"0.function.g\"]")
        ],
        details: """
          It is used like any tensor, and always has its present numbers; `g.value` is a tensor that keeps those of now. A function in \
          the braces of `net` that names it makes it a part of the net: `update`, `save`, `copy` and all else treat it like the weights of \
          a layer. `update g, loss, with: …` trains it alone; `assign g, x` and `g.value = x` set it.
          """
      ) { call in
        let initial = try call.tensor("initial")
        guard try initial.floats().allSatisfy(\.isFinite) else {
          throw Failure(
            "a parameter begins with numbers", [(.argument("initial"), "infinity or nan among its numbers")],
            advice: "They could not be trained. Begin with zeros, ones or small random numbers, such as 0.02 * normal([3, 4]).")
        }
        let learned = try LearnedTensor(initial)
        call.session.networkContext.madeInside?.append(learned)
        return .object(TensorValue(learned))
      })
  }

  /// A net, layer or parameter with the numbers of `value`; nil for other values.
  static func copy(of value: Value, in session: Session) throws -> Value? {
    guard case .object(let object) = value, Reach.layer(object) != nil,
      let copy = try LayerCopying.run({ try object.networkCopy(by: $0) }), let layer = Reach.layer(copy)
    else { return nil }
    session.networkContext.madeInside?.append(layer)
    return .object(copy)
  }
}

extension Kind {
  /// What `parameter` makes.
  static let learned = Kind("a parameter") { value in
    if case .object(let object) = value { (object as? TensorValue)?.learned != nil } else { false }
  }

  /// A net, a layer or a parameter.
  static let trainedObject = Kind("a net, a layer or a parameter") { value in
    if case .object(let object) = value { Reach.layer(object) != nil } else { false }
  }
}

extension LearnedTensor {
  /// Takes new numbers; `operand` is where they come from.
  func assign(_ new: Tensor, _ operand: Operand) throws {
    guard new.shape == parameter.shape else {
      throw Failure(
        "a parameter keeps its shape", [(operand, "\(new.shape), where the parameter is \(parameter.shape)")],
        advice: "Give a tensor of shape \(parameter.shape).")
    }
    try parameter.assign(new)
  }
}
