import Interpreter
import Networks
import Tensors

/// An optimizer as a value of the language.
final class OptimizerValue: Object {
  let optimizer: any Optimizer

  init(_ optimizer: any Optimizer) { self.optimizer = optimizer }

  var typeName: String { "optimizer" }
  var fieldNames: [String] { ["rate", "kind"] + optimizer.settings.map(\.name) }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "rate": .number(optimizer.rate)
    case "kind": .string(optimizer.kind)
    default: optimizer.settings.first { $0.name == name }.map { .number($0.value) }
    }
  }

  func setField(_ name: String, to value: Value) throws -> Bool {
    guard name == "rate" else { return false }
    guard let rate = try Numbers.single(value), rate.isFinite, rate >= 0 else {
      throw Failure(
        "a learning rate is a number from 0 on", [(.right, value.briefly)], advice: "Set it to a number such as 0.0002.")
    }
    optimizer.rate = rate
    return true
  }

  /// With the settings that are not the usual ones.
  func printed() throws -> String {
    let usual: [any Optimizer] = [try Adam(), try SGD(), try RMSProp()]
    let plain = usual.first { $0.kind == optimizer.kind }?.settings ?? []
    let chosen = optimizer.settings.filter { setting in !plain.contains { $0 == setting } }
    let words = [optimizer.rate.brief] + chosen.map { "\($0.name): \($0.value.brief)" }
    return "\(optimizer.kind)(\(words.joined(separator: ", ")))"
  }
}

extension Kind {
  /// What `update` moves; it looks closer itself, to say how else.
  static let trained = Kind("a net, a parameter, or a list or record of them") { _ in true }
  static let optimizer = Kind.object(OptimizerValue.self, "an optimizer such as adam(0.001)", word: "optimizer")
}

/// Optimizers, and the step that they make.
enum OptimizerBuiltins {
  private static let subject = "Learning"

  static func register(in catalog: Catalog) {
    catalog.add(.optimizer)
    registerUpdate(in: catalog)
    registerOptimizers(in: catalog)
  }

  private static func rate(_ rate: Double) -> Parameter {
    Parameter(
      "rate", .number, default: .number(rate), "the learning rate: the size of a step; the field `rate` can be set at any time")
  }

  private static func registerOptimizers(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "adam", "Adaptive moments (Kingma & Ba 2015).", subject: subject,
        parameters: [
          rate(0.001),
          Parameter("beta1", .number, default: .number(0.9), "how much of the mean gradient stays; 0.5 is usual for GANs"),
          Parameter("beta2", .number, default: .number(0.999), "how much of the mean squared gradient stays"),
          Parameter("epsilon", .number, default: .number(1e-8), "added to the root"),
        ],
        examples: [Example("print adam(0.001, beta1: 0.5)", "adam(0.001, beta1: 0.5)")]
      ) { call in
        .object(
          OptimizerValue(
            try Adam(
              rate: call.number("rate"), beta1: call.number("beta1"), beta2: call.number("beta2"), epsilon: call.number("epsilon")
            )))
      })
    catalog.add(
      Builtin(
        "sgd", "Steps down the gradient, with momentum if wanted.", subject: subject,
        parameters: [rate(0.01), Parameter("momentum", .number, default: .number(0), "how much of the last step stays")],
        examples: [Example("print sgd(0.1)", "sgd(0.1)")]
      ) { call in
        .object(OptimizerValue(try SGD(rate: call.number("rate"), momentum: call.number("momentum"))))
      })
    catalog.add(
      Builtin(
        "rmsprop", "Divides each step by a running root mean square of the gradient (Tieleman & Hinton 2012).", subject: subject,
        parameters: [
          rate(0.001), Parameter("decay", .number, default: .number(0.99), "how much of the mean square stays"),
          Parameter("epsilon", .number, default: .number(1e-8), "added to the root"),
        ],
        examples: [Example("print rmsprop(0.00005)", "rmsprop(5e-5)")]
      ) { call in
        .object(
          OptimizerValue(try RMSProp(rate: call.number("rate"), decay: call.number("decay"), epsilon: call.number("epsilon"))))
      })
  }

  private static func registerUpdate(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "update", "Moves the parameters of a net, and only those, down the gradient of a loss.", subject: subject,
        parameters: [
          Parameter("net", .trained, "the net or parameter, or a list or record of them that share the loss"),
          Parameter("loss", .tensor, "a tensor of one number that was computed from the net"),
          Parameter("with", .optimizer, "the optimizer; it remembers its moments for each parameter"),
          Parameter(
            "also", .optional(.either(.tensor, .list)), default: .none,
            "tensors to work out in the same pass, which is cheaper than later"),
        ],
        examples: [
          Example(
            "D = net { dense 1, biases: false, weights: zero_weights() }\nx = tensor([[1, 2]])\nupdate D, sum((D(x) - 1) ^ 2), with: sgd(0.1)\nprint D.parameters[0]",
            "[[0.2], [0.4]]")
        ],
        details: """
          A tensor that was computed before keeps its numbers, and so do weights that were kept under a name. A derivative through \
          such a tensor, where it needs the old weights, is an error: compute the tensor again. To move several nets down one loss, \
          give them all to one `update`.
          """
      ) { call in
        let optimizer: OptimizerValue = try call.object("with")
        let layers = try layers(of: call.value("net"))
        remarkMode(of: layers, call)
        try optimizer.optimizer.update(parameters(of: layers), loss: call.tensor("loss"), also: others(call))
        return .none
      })
  }

  /// Says that layers were passed as in use, where the loss of an update is made of that.
  private static func remarkMode(of layers: [any Layer], _ call: borrowing Invocation) {
    // Within `training` they were not.
    guard !call.session.networkContext.isTraining else { return }
    let placed = layers.flatMap { [$0] + $0.placedLayers.map(\.layer) }
    guard let kind = placed.lazy.compactMap({ $0 as? any ModalLayer }).first(where: { $0.wasTraining == false })?.kind else {
      return
    }
    call.session.remark(
      Remark(
        "\(kind) was not in training", [(.argument("loss"), "")],
        advice: [
          "Make the loss within `training`: loss = training { mean((D(x) - 1) ^ 2) }. Outside of it batch_norm has its running statistics, which "
            + "nothing moves then, and dropout drops nothing."
        ]))
  }

  /// The nets and parameters to move.
  private static func layers(of value: Value) throws -> [any Layer] {
    let members: [Value]
    switch value {
    case .object(let object):
      if let layer = Reach.layer(object) { return [layer] }
      throw notTrained(value)
    case .list(let list): members = list.elements
    case .record(let record): members = record.fields.map(\.value)
    case .none, .boolean, .number, .string, .range, .function, .builtin: throw notTrained(value)
    }
    return try members.map { member in
      guard case .object(let object) = member, let layer = Reach.layer(object) else {
        throw Failure(
          "only nets and parameters can be updated",
          [(.argument("net"), "\(member.typeNameWithArticle) in the \(value.typeName)")],
          advice: advice(for: member) ?? "Write update [encoder, decoder], loss, with: adam().")
      }
      return layer
    }
  }

  /// The parameters to move, each once.
  private static func parameters(of layers: [any Layer]) -> [Networks.Parameter] {
    if layers.count == 1 { return layers[0].parameters }
    var seen: Set<ObjectIdentifier> = []
    return layers.flatMap(\.parameters).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  private static func notTrained(_ value: Value) -> Failure {
    Failure(
      "update wants \(Kind.trained.description) for `net`", [(.argument("net"), value.briefly)],
      advice: advice(for: value) ?? "`net` is what is moved: a net, or a tensor made by `parameter`.")
  }

  /// How that is trained which is no net itself.
  private static func advice(for value: Value) -> String? {
    switch value {
    case .function, .builtin:
      "Make a net of the function, which finds the nets that it uses: D = net { x -> D2(x) }. Then update, or train, D."
    case .object(let object) where object is TensorValue:
      "A tensor that is trained is made by `parameter`: g = parameter(zeros([1]))."
    case .none, .boolean, .number, .string, .list, .range, .record, .object: nil
    }
  }

  private static func others(_ call: borrowing Invocation) throws -> [Tensor] {
    switch call.value("also") {
    case .none: []
    case .list(let list): list.elements.compactMap(\.tensor)
    case .boolean, .number, .string, .range, .record, .function, .builtin, .object: [try call.tensor("also")]
    }
  }
}
