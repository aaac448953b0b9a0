import Base
import Tensors

/// Moves parameters down the gradient of a loss.
public protocol Optimizer: AnyObject {
  /// The word a script makes it with: "adam", …
  var kind: String { get }
  /// The size of a step; may be changed at any time.
  var rate: Double { get set }
  /// What else was chosen when it was made, by name: "beta1", …
  var settings: [(name: String, value: Double)] { get }
  /// How many tensors, of the parameter's shape, it remembers of each parameter. They are zeros before the first step.
  var remembered: Int { get }
  /// What it remembers of each parameter.
  var memory: OptimizerMemory { get }

  /// The parameter after the step, and what to remember of it, as graph: nothing is computed here.
  /// - Parameter remembered: The tensors given back here the last time.
  /// - Parameter step: The number of this step for this parameter, from 1.
  func move(_ parameter: Tensor, _ gradient: Tensor, remembered: [Tensor], step: Int) throws -> (Tensor, [Tensor])
}

/// An optimizer's state: for each parameter the tensors it remembers, and how many steps it has made.
public final class OptimizerMemory {
  /// What is remembered of one parameter.
  public struct Entry {
    /// The moments, each of the parameter's shape, as the optimizer's `move` gave them.
    public var tensors: [Tensor]
    /// How many steps the parameter has made.
    public var steps: Int

    /// Moments after so many steps.
    public init(tensors: [Tensor], steps: Int) {
      self.tensors = tensors
      self.steps = steps
    }
  }

  private var entries: [ObjectIdentifier: (parameter: Parameter, entry: Entry)] = [:]

  /// A memory of no parameter.
  public init() {}

  /// What is remembered of a parameter; nil before its first step.
  public subscript(parameter: Parameter) -> Entry? {
    get { entries[ObjectIdentifier(parameter)]?.entry }
    set { entries[ObjectIdentifier(parameter)] = newValue.map { (parameter, $0) } }
  }

  /// All that is remembered, of each parameter.
  public var contents: [(parameter: Parameter, entry: Entry)] { Array(entries.values) }

  /// Forgets everything.
  public func forget() { entries = [:] }

  /// Remembers of `parameter` just this from now on, as if it had made those steps; nil: nothing.
  ///
  /// - Throws: a `TensorError` where the numbers cannot be computed.
  public func restore(_ entry: Entry?, of parameter: Parameter) throws {
    self[parameter] = try entry.map { entry in
      Entry(tensors: try entry.tensors.map { try $0.leaf(of: self) }, steps: entry.steps)
    }
  }

  /// The entry of `parameter`; before its first step one of so many zeros. These are numbers, not a constant, so that the first
  /// step has the plan of all, and its results the zeros' place.
  func entry(of parameter: Parameter, count: Int) throws -> Entry {
    if let entry = self[parameter], entry.tensors.count == count { return entry }
    let zeros = try (0..<count).map { _ in try Tensor.zeros(parameter.shape, of: self) }
    let entry = Entry(tensors: zeros, steps: 0)
    self[parameter] = entry
    return entry
  }

  /// What the tensors of `entry`, an update's of `parameter`, take the place of. Where nobody else holds those, it may write over
  /// their numbers.
  func addSuccessors(_ entry: Entry, of parameter: Parameter, to successors: inout [Tensor.Successor]) {
    guard let place = entries.index(forKey: ObjectIdentifier(parameter)) else { return }
    for (number, new) in zip(entries.values[place].entry.tensors.indices, entry.tensors) {
      let isAlone = isKnownUniquelyReferenced(&entries.values[place].entry.tensors[number])
      successors.append((entries.values[place].entry.tensors[number], new, isAlone))
    }
  }
}

extension Optimizer {
  /// One step for those of `parameters` that `loss`, a single number, depends on.
  ///
  /// The loss, the new parameters, what the optimizer remembers and the running statistics of the passes that the loss was
  /// computed by are one plan, computed once. If it fails, nothing has changed. New numbers take the place of old ones in memory,
  /// unless someone else holds those.
  /// - Parameter others: Tensors that are worked out in the same plan.
  /// - Throws: a `TensorError` where the loss depends on none of the parameters, is not a single number, or memory is
  ///   short; the error of an interruption.
  public func update(_ parameters: [Parameter], loss: Tensor, also others: [Tensor] = []) throws {
    guard !parameters.isEmpty else {
      throw TensorError(
        title: "there are no parameters to move", operands: [("loss", "\(loss.shape)")],
        advice: "A net makes its parameters at its first call; one of functions alone has none.")
    }
    let moved = try moves(parameters, loss)
    guard !moved.isEmpty else {
      throw TensorError(
        title: "the loss does not depend on these parameters", operands: [("loss", "\(loss.shape)")],
        advice: "Compute it from the net's present output.")
    }
    let statistics = try RunningStatistics(in: loss)
    var results = [loss] + others
    for move in moved { results.append(move.value) }
    for move in moved { results += move.entry.tensors }
    for (_, value) in statistics.values { results.append(value) }
    try Tensor.realize(results, replacing: successors(moved) + statistics.successors)

    for (parameter, value, entry) in moved {
      try parameter.assign(value)
      // Leaves: what is remembered must not hold the graph of the step.
      memory[parameter] = OptimizerMemory.Entry(
        tensors: try entry.tensors.map { try $0.leaf(of: memory) }, steps: entry.steps)
    }
    try statistics.commit()
  }

  /// What each new tensor of the moves takes the place of.
  private func successors(_ moved: [Move]) -> [Tensor.Successor] {
    var successors: [Tensor.Successor] = []
    for (parameter, value, entry) in moved {
      // Asked before the tensor is taken, which is holding it.
      let isAlone = parameter.isAlone
      successors.append((parameter.tensor, value, isAlone))
      memory.addSuccessors(entry, of: parameter, to: &successors)
    }
    return successors
  }

  private typealias Move = (parameter: Parameter, value: Tensor, entry: OptimizerMemory.Entry)

  /// The steps as graph. The derivatives' handles end here, so that their numbers need not be kept.
  private func moves(_ parameters: [Parameter], _ loss: Tensor) throws -> [Move] {
    let derivatives = try connectedGradients(of: loss, withRespectTo: parameters.map(\.tensor))
    return try zip(parameters, derivatives).compactMap { parameter, derivative in
      guard let derivative else { return nil }
      let before = try memory.entry(of: parameter, count: remembered)
      let (value, tensors) = try move(parameter.tensor, derivative, remembered: before.tensors, step: before.steps + 1)
      return (parameter, value, OptimizerMemory.Entry(tensors: tensors, steps: before.steps + 1))
    }
  }
}

/// The running statistics as they will be after an update: every pass in the loss's graph that no update has taken in yet moves
/// them, in the order of the passes.
struct RunningStatistics {
  private(set) var values: [(parameter: Parameter, value: Tensor)] = []
  private var taken: [BatchStatistics] = []

  init(in loss: Tensor) throws {
    for (content, variance, others) in try Tensor.notes(in: [loss]) {
      guard let found = content as? BatchStatistics, let mean = others.first, !found.isTaken else { continue }
      taken.append(found)
      try move(found.runningMean, towards: mean, found.decay)
      try move(found.runningVariance, towards: variance, found.decay)
    }
  }

  private mutating func move(_ running: Parameter, towards batch: Tensor, _ decay: Double) throws {
    let place = values.firstIndex { $0.parameter === running }
    let before = place.map { values[$0].value } ?? running.tensor
    let after = try before.runningMean(after: batch.reshaped(running.shape.dimensions), decay: decay)
    if let place { values[place].value = after } else { values.append((running, after)) }
  }

  /// What each value takes the place of.
  var successors: [Tensor.Successor] {
    values.map { parameter, value in
      let isAlone = parameter.isAlone
      return (parameter.tensor, value, isAlone)
    }
  }

  func commit() throws {
    for (parameter, value) in values { try parameter.assign(value) }
    for pass in taken { pass.isTaken = true }
  }
}

func checkRate(_ rate: Double) throws {
  guard rate.isFinite, rate >= 0 else {
    throw TensorError(title: "a learning rate is a number from 0 on", operands: [("rate", NumberText.shortest(rate))])
  }
}

func checkDecay(_ name: String, _ value: Double) throws {
  guard value >= 0, value < 1 else {
    throw TensorError(
      title: "\(name) lies between 0 and 1", operands: [(name, NumberText.shortest(value))], advice: "1 itself would never learn."
    )
  }
}
