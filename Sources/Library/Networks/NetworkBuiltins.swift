import Interpreter
import Networks
import Tensors

/// Nets: made of layers, looked at, and put into training.
enum NetworkBuiltins {
  private static let subject = "Nets"

  static func register(in catalog: Catalog) {
    catalog.add(.network)
    registerNet(in: catalog)
    registerModes(in: catalog)
    registerAssign(in: catalog)
    ParameterBuiltins.register(in: catalog)
    catalog.add(
      Builtin(
        "summary", "A row for each layer of a net: its output's shape and its number of parameters.", subject: subject,
        parameters: [
          Parameter("net", .network, "the net"),
          Parameter(
            "input", .optional(.sequence), default: .none,
            "the shape of one sample; not needed when the net has been called or made with `net input: […]`"),
        ],
        examples: [
          Example(
            "D = net input: [3] { dense 2; relu }\nsummary D",
            """
            layer    output  parameters
            dense 2  [2]              8
            relu     [2]              0
            total                     8
            """)
        ],
        details: """
          A function that is a layer stands with the names of the nets, layers and parameters that it uses: `function (f, g)`. What layers \
          share is counted in the first of them.
          """
      ) { call in
        let value: NetworkValue = try call.object("net")
        guard let sample = call.isGiven("input") ? try call.shape("input") : value.sampleShape else {
          throw Failure(
            "the shape of the net's input is not known yet", [(.argument("net"), "never called")],
            advice: "Call the net once, or write summary(net, input: [28, 28, 1]).")
        }
        if value.sampleShape == nil { try value.build(sample: sample, in: call.session.networkContext) }
        let rows = try value.network.summaryRows(sample: sample, in: call.session.networkContext)
        var table = Table(columns: ["layer", "output", "parameters"], rightAligned: [2])
        for row in rows {
          let shared = row.shared.map { ", \(Table.grouped($0.count)) shared with layer \($0.layer)" } ?? ""
          table.add([row.layer + shared, Shape.text(row.output), Table.grouped(row.parameters)])
        }
        table.add(["total", "", Table.grouped(value.network.parameterCount)])
        call.session.emit(.text(table.text))
        return .none
      })
  }

  private static func registerAssign(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "assign", "Gives the parameters of a net, or one parameter, new numbers.", subject: subject,
        parameters: [
          Parameter(
            "net", .either(.network, .learned), "the net; it must have been called or made with `net input: […]`; or a parameter"),
          Parameter(
            "values", .either(.list, .numeric),
            "a tensor for each of `net.parameters`, of the same shape; for a parameter the one tensor"),
        ],
        examples: [
          Example(
            "D = net input: [2] { dense 1 }\nassign D, map(D.parameters, p -> 0 * p + 1)\nprint D(ones([1, 2]))",
            "[[3]]"),
          Example("g = parameter(zeros([1]))\nassign g, ones([1])\nnumber(g)", "1"),
        ],
        details: "All are worked out before the first is set. Optimizers keep what they remember."
      ) { call in
        if case .object(let object) = call.value("net"), let learned = (object as? TensorValue)?.learned {
          try learned.assign(try call.tensor("values"), .argument("values"))
          return .none
        }
        let network: NetworkValue = try call.object("net")
        let parameters = network.network.parameters
        let values = try call.values("values")
        guard values.count == parameters.count else {
          throw Failure(
            "each parameter needs one value",
            [(.argument("values"), "\(values.count) values for \(parameters.count) parameters")],
            advice: parameters.isEmpty
              ? "A net makes its parameters at its first call." : "Give as many tensors as `net.parameters` has.")
        }
        let tensors = try values.enumerated().map { place, value in
          guard let tensor = value.tensor else {
            throw Failure(
              "parameters are tensors", [(.argument("values"), "\(value.typeNameWithArticle) at place \(place)")],
              advice: "Give tensors, such as map(net.parameters, p -> 0.5 * p).")
          }
          guard tensor.shape == parameters[place].shape else {
            throw Failure(
              "a parameter keeps its shape",
              [(.argument("values"), "\(tensor.shape) at place \(place), where the parameter is \(parameters[place].shape)")],
              advice: "Give tensors of the shapes of `net.parameters`, in their order.")
          }
          return tensor
        }
        try Tensor.realize(tensors)
        for (parameter, tensor) in zip(parameters, tensors) { try parameter.assign(tensor) }
        return .none
      })
  }

  private static func registerNet(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "net", "A net of the layers in its braces, each fed by the one before.", subject: subject,
        parameters: [
          Parameter(
            "input", .optional(.sequence), default: .none,
            "the shape of one sample, such as [28, 28, 1]; without it shapes are worked out at the first call"),
          Parameter(
            "layers", .function, passing: .collecting(vocabulary: LayerBuiltins.vocabulary), "the layers, one a statement"),
        ],
        examples: [
          Example("D = net { dense 3; relu }\nD(zeros([5, 4])).shape", "[5, 3]"),
          Example("D = net { for n in [8, 4] { dense n; relu } }\nlen(D)", "4"),
        ],
        details: """
          Inside the braces the words for layers are in scope: `help conv`, `help dense`, … A net, or any function from a tensor to a \
          tensor, is a layer too. `D(x)` applies the net to a batch; `training { … }` turns on batch statistics and dropout.

          A function may use other nets, layers, and tensors made by `parameter`, as in `f = net { dense 8 }; D = net { dense 8; x -> x + f(x) }`. \
          Those that its text names, also in lists, records and functions that it names, are part of the net: they are trained, saved, kept, \
          copied and counted with it, each once. They are made outside of the function, once: see docs/layers.md.
          """
      ) { call in
        let layers = try call.collect("layers").enumerated().map { place, value in
          try layer(value, place, in: call.session)
        }
        guard !layers.isEmpty else {
          throw Failure(
            "a net has at least one layer", [(.argument("layers"), "nothing in the braces")], advice: "Write net { dense 1 }.")
        }
        let value = NetworkValue(Network(layers))
        call.session.networkContext.madeInside?.append(value.network)
        if call.isGiven("input") { try value.build(sample: call.shape("input"), in: call.session.networkContext) }
        return .object(value)
      })
  }

  /// The layer that a value in a net's braces is.
  private static func layer(_ value: Value, _ place: Int, in session: Session) throws -> any Layer {
    switch value {
    case .object(let object):
      if let layer = object as? LayerValue { return layer.layer }
      if let network = object as? NetworkValue { return network.network }
    case .builtin(let builtin):
      // The bare name of a layer word: the layer with its defaults.
      if session.catalog.builtin(named: builtin.name, vocabulary: LayerBuiltins.vocabulary) === builtin {
        if case .object(let object) = try session.call(value, []), let layer = object as? LayerValue { return layer.layer }
      }
      return functionLayer(builtin.name, value, in: session)
    case .function(let function): return ScriptLayer(function, in: session)
    case .none, .boolean, .number, .string, .list, .range, .record: break
    }
    throw Failure(
      "this is no layer", [(.item("layers", place), value.typeNameWithArticle)],
      advice: "A net is made of layers, nets, and functions from a tensor to a tensor.")
  }

  /// A builtin: it comes to nothing but what it is given.
  private static func functionLayer(_ name: String, _ builtin: Value, in session: Session) -> any Layer {
    FunctionLayer(name) { [unowned session] x, _ in
      try ScriptLayer.tensor(session.call(builtin, [.tensor(x)]), of: name)
    }
  }

  private static func registerModes(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "trial", "Runs a block as a trial of nets: it leaves no parameters and draws nothing from the main sequence of chance.",
        subject: subject,
        parameters: [Parameter("block", .function, passing: .block, "what to try; its value is given")],
        examples: [
          Example("D = net { dense 3 }\nprint (trial { D(zeros([2, 5])).shape }), D.parameter_count", "[2, 3] 0")
        ],
        details: """
          Nets that have not been called yet work with numbers that they do not keep. Nothing is computed but what the block looks at, \
          so that the shapes of a pass cost next to nothing.
          """
      ) { call in
        let session = call.session
        let block = call.value("block")
        let context = session.networkContext
        let before = context.isTrial
        context.isTrial = true
        defer { context.isTrial = before }
        // From a seed of its own, so that it does not count among the asides of its place either.
        return try session.chance.source.aside {
          session.seed(1)
          return try session.call(block, [])
        }
      })
    for (name, summary, isTraining) in [
      ("training", "Runs a block in which nets use the statistics of the batch, and dropout drops.", true),
      (
        "inference", "Runs a block in which nets use their running statistics and nothing is dropped, also inside `training`.",
        false
      ),
    ] {
      catalog.add(
        Builtin(
          name, summary, subject: subject,
          parameters: [Parameter("block", .function, passing: .block, "what to run; its value is given")],
          examples: [Example("\(name) { 1 + 1 }", "2")],
          details: "Running statistics are moved by the passes that an `update` learns from; looking at a value moves nothing."
        ) { call in
          let session = call.session
          let block = call.value("block")
          let context = session.networkContext
          let before = context.isTraining
          context.isTraining = isTraining
          defer { context.isTraining = before }
          return try session.call(block, [])
        })
    }
  }
}

extension NetworkValue {
  func saveWeights(to path: String) throws { try Checkpoint.save(network, to: path) }
  func loadWeights(from path: String) throws { try Checkpoint.load(network, from: path) }
}
