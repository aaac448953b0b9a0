import Formats
import Interpreter
import Networks
import Tensors

/// Puts a checkpoint into a run: first all of it is checked against the run's own nets, optimizers, batches and functions, then
/// everything is set, or nothing.
///
/// What can be made of the file alone (numbers, texts, lists, records, tensors) takes the place of what is there. Nets, optimizers,
/// batches and data must be the same in the run; their numbers change in place. Functions are the run's own.
final class RunFitting {
  private let file: RunFile
  /// Fills nets, and `parameters` with them.
  private var firstSteps: [() throws -> Void] = []
  private var steps: [() throws -> Void] = []
  /// What has an `id` in the file, as it is in the run.
  private var shared: [Int: Value] = [:]
  private var layers: [String: any Layer] = [:]
  private var places: [ObjectIdentifier: String] = [:]
  private var shapes: [String: [Int]] = [:]
  private var parameters: [String: Networks.Parameter] = [:]

  /// Checks that the file fits the run; nothing changes.
  convenience init(_ file: RunFile, to run: Record) throws { try self.init(file, file.run, to: .record(run), at: "") }

  /// Checks that a value of the file fits one of the run, which stands there under `path`.
  init(_ file: RunFile, _ node: JSON, to target: Value, at path: String) throws {
    self.file = file
    // Optimizers are checked against the nets, which may come after them.
    var pending: [() throws -> Void] = []
    _ = try fit(node, to: target, at: path, optimizers: &pending)
    for check in pending { try check() }
  }

  /// Sets everything.
  func commit(in session: Session) throws {
    try commitNets()
    for step in steps { try step() }
    session.chance.source.restart(at: file.chance)
  }

  /// Sets the numbers of the nets alone.
  func commitNets() throws { for step in firstSteps { try step() } }

  private func misfit(_ text: String) -> Failure {
    Failure(
      "the checkpoint does not fit this run: \(text)", [(.argument("path"), file.path)],
      advice: [
        "Nothing has been changed.",
        "Build the run as it was built when it was kept: load(path).script is the script of then.",
      ])
  }

  // MARK: Values

  /// The value that stands in the run for one of the file.
  private func fit(
    _ node: JSON, to target: Value?, at path: String, optimizers: inout [() throws -> Void]
  ) throws -> Value {
    let part = try RunPart(node, in: file)
    switch part.kind {
    case .plain(let value):
      // Nothing may stand in the place of a net but a net.
      if let target, target.mustBeKept { throw misfit("\(path) was \(value.briefly), and is \(target.briefly) here") }
      return value
    case .ref(let id):
      guard let value = shared[id] else { throw RunFile.damaged(file.path) }
      if let target, target.mustBeKept, !target.isSame(as: value) {
        throw misfit("\(path) is there what also stands elsewhere in the run, and here something of its own")
      }
      return value
    case .list(let elements):
      let (list, old): (List, [Value]) = if case .list(let list)? = target { (list, list.elements) } else { (List(), []) }
      share(.list(list), part.id)
      let new = try elements.enumerated().map { place, element in
        try fit(element, to: place < old.count ? old[place] : nil, at: RunPart.path(path, "\(place)"), optimizers: &optimizers)
      }
      steps.append { list.elements = new }
      return .list(list)
    case .record(let fields):
      let record = if case .record(let record)? = target { record } else { Record() }
      share(.record(record), part.id)
      let new = try fields.map { name, field in
        (name, try fit(field, to: record[name], at: RunPart.path(path, name), optimizers: &optimizers))
      }
      steps.append { for (name, value) in new { record[name] = value } }
      return .record(record)
    case .function(let name): return try function(name, target, path)
    case .net(let input, let layers): return try net(input, layers, target, path)
    case .parameter(let layer): return try parameter(layer, target, path)
    case .optimizer(let facts):
      let optimizer = try kept(OptimizerValue.self, target, path, "an optimizer")
      share(.object(optimizer), part.id)
      optimizers.append { [self] in try fit(facts, to: optimizer.optimizer, at: path) }
      return .object(optimizer)
    case .batches(let facts):
      let stream = try kept(BatchStream.self, target, path, "a batch stream")
      share(.object(stream), part.id)
      try fit(facts, to: stream, at: path)
      return .object(stream)
    case .data(let facts):
      let data = try kept(DataSet.self, target, path, "a data set")
      try check(facts, data, path)
      return .object(data)
    case .other(let typeName):
      guard let target, target.typeName == typeName else {
        throw misfit("\(path) was \(typeName.withArticle), which is not kept, and is \(target?.briefly ?? "missing") here")
      }
      return target
    }
  }

  private func share(_ value: Value, _ id: Int?) {
    if let id { shared[id] = value }
  }

  private func kept<T>(_ type: T.Type, _ target: Value?, _ path: String, _ what: String) throws -> T {
    if case .object(let object)? = target, let kept = object as? T { return kept }
    throw misfit("\(path) was \(what), and is \(target?.briefly ?? "missing") here")
  }

  private func function(_ name: String?, _ target: Value?, _ path: String) throws -> Value {
    let was = name.map { "the function `\($0)`" } ?? "a function"
    let own: String?
    switch target {
    case .function(let function)?: own = function.name
    case .builtin(let builtin)?: own = builtin.name
    default: throw misfit("\(path) was \(was), and is \(target?.briefly ?? "missing") here")
    }
    guard let target, own == name else { throw misfit("\(path) was \(was), and is \(target?.briefly ?? "missing") here") }
    return target
  }

  // MARK: Nets

  private func net(_ input: [Int]?, _ kept: [RunPart.Layer], _ target: Value?, _ path: String) throws -> Value {
    guard let target, case .object(let object) = target, let own = RunEncoder.layers(of: object) else {
      throw misfit("\(path) was a net, and is \(target?.briefly ?? "missing") here")
    }
    for (number, (there, here)) in zip(kept, own).enumerated() where there.description != here.layer.structure {
      throw misfit("layer \(number) of \(path) was `\(there.description)`, and is `\(here.layer.structure)` here")
    }
    guard kept.count == own.count else {
      throw misfit("\(path) had \(kept.count) layers, and has \(own.count) here")
    }
    for (number, (there, here)) in zip(kept, own).enumerated() {
      try fit(there, to: here.layer, "layer \(number) of \(path), `\(there.description)`,")
    }
    if let network = object as? NetworkValue { firstSteps.append { network.restore(sample: input) } }
    return target
  }

  private func parameter(_ kept: RunPart.Layer, _ target: Value?, _ path: String) throws -> Value {
    guard let target, case .object(let object) = target, let learned = (object as? TensorValue)?.learned else {
      throw misfit("\(path) was a parameter, and is \(target?.briefly ?? "missing") here")
    }
    try fit(kept, to: learned, path)
    return target
  }

  private func fit(_ there: RunPart.Layer, to layer: any Layer, _ name: String) throws {
    let isKnown = layers[there.place] != nil
    if let known = layers[there.place], known !== layer {
      throw misfit("\(name) was shared with another net, and is not here")
    }
    if let place = places[ObjectIdentifier(layer)], place != there.place {
      throw misfit("\(name) was one of its own, and is shared with another net here")
    }
    (layers[there.place], places[ObjectIdentifier(layer)]) = (layer, there.place)
    if isKnown { return }
    guard let size = there.input else {
      guard layer.inputSize == nil else { throw misfit("\(name) was kept before its first call, and has been called here") }
      return
    }
    if let own = layer.inputSize, own != size { throw misfit("\(name) was made for inputs of \(size), and for \(own) here") }
    let parts = layer.parts(input: size)
    guard parts.count == there.tensors.count else {
      throw misfit("\(name) had \(there.tensors.count) tensors, and has \(parts.count) here")
    }
    for (tensor, part) in zip(there.tensors, parts) {
      guard let array = file.tensors[tensor] else { throw RunFile.damaged(file.path) }
      guard array.shape == part.shape else {
        throw misfit(
          "the \(part.name.isEmpty ? "numbers" : part.name) of \(name) were \(Shape.text(array.shape)), and are \(Shape.text(part.shape)) here"
        )
      }
      shapes[tensor] = part.shape
    }
    firstSteps.append { [self] in
      try layer.take(there.tensors.map { try file.tensor($0) }, input: size)
      for (tensor, parameter) in zip(there.tensors, layer.parameters + layer.statistics) { parameters[tensor] = parameter }
    }
  }

  // MARK: Optimizers and data

  private func fit(_ facts: RunPart.OptimizerFacts, to optimizer: any Optimizer, at path: String) throws {
    func named(_ kind: String, _ settings: [(String, Double)]) -> String {
      settings.isEmpty ? kind : "\(kind) with " + settings.map { "\($0) \($1.brief)" }.joined(separator: ", ")
    }
    let own = optimizer.settings.map { ($0.name, $0.value) }
    let kept = own.compactMap { name, _ in facts.settings[name].map { (name, $0) } }
    guard facts.kind == optimizer.kind, kept.map(\.1) == own.map(\.1) else {
      throw misfit("\(path) was \(named(facts.kind, kept)), and is \(named(optimizer.kind, own)) here")
    }
    for entry in facts.memory {
      guard let shape = shapes[entry.of], entry.tensors.count == optimizer.remembered,
        entry.tensors.allSatisfy({ file.tensors[$0]?.shape == shape })
      else { throw RunFile.damaged(file.path) }
    }
    steps.append { [self] in
      optimizer.rate = facts.rate
      let entries = Dictionary(facts.memory.map { ($0.of, $0) }) { first, _ in first }
      for (name, parameter) in parameters {
        let entry = try entries[name].map { entry in
          OptimizerMemory.Entry(tensors: try entry.tensors.map { try file.tensor($0) }, steps: entry.steps)
        }
        try optimizer.memory.restore(entry, of: parameter)
      }
    }
  }

  private func fit(_ facts: RunPart.BatchFacts, to stream: BatchStream, at path: String) throws {
    guard facts.firstSize == stream.firstSize else {
      throw misfit("\(path) were of \(facts.firstSize) samples, and are of \(stream.firstSize) here")
    }
    guard (1...BatchStream.largestBatch).contains(facts.size) else { throw RunFile.damaged(file.path) }
    try check(facts.data, stream.data, path)
    steps.append { stream.restore(position: facts.position, batchSize: facts.size, key: facts.key) }
  }

  private func check(_ facts: RunPart.DataFacts, _ data: DataSet, _ path: String) throws {
    let own = RunPart.DataFacts(data)
    guard facts != own else { return }
    let difference =
      (facts.size, facts.sample, facts.classes) == (own.size, own.sample, own.classes)
      ? "the same in size, but not in their numbers" : "\(own.text) here"
    throw misfit("the data of \(path) were \(facts.text), and are \(difference)")
  }
}

extension Value {
  /// Whether a run cannot do without this very value.
  fileprivate var mustBeKept: Bool {
    guard case .object(let object) = self else { return false }
    return Reach.layer(object) != nil || object is OptimizerValue || object is BatchStream || object is DataSet
  }

  fileprivate func isSame(as other: Value) -> Bool {
    if case .object(let one) = self, case .object(let two) = other { one === two } else { false }
  }
}
