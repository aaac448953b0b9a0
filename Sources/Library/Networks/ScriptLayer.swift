import Base
import Interpreter
import Networks
import Tensors

/// A function of a script as a layer. The nets, layers and parameters that it comes to (see `Reach`) are its own: they are looked for each
/// time they are asked for, since a variable may be given its net later.
final class ScriptLayer: Layer, Container {
  let kind: String
  private let function: Function
  private weak var session: Session?
  /// What variables hold while it runs, where it is a copy.
  private var variables: [(variable: Variable, value: Value)] = []
  var suspicion: Suspicion?

  init(_ function: Function, in session: Session) {
    kind = function.name ?? "function"
    self.function = function
    self.session = session
  }

  deinit { suspicion?.end() }

  var findsSublayers: Bool { true }
  var sublayers: [(name: String, layer: any Layer)] { Variable.holding(variables) { Reach(of: function).found } }
  var parameters: [Networks.Parameter] { foundParameters }
  var statistics: [Networks.Parameter] { foundStatistics }

  /// "function { f.0: dense 8; g: parameter [1] }"; the layers within may come to this one again, and are told once.
  var structure: String {
    let inside = placedLayers.map { "\($0.place): \($0.layer.description)" }
    return inside.isEmpty ? kind : "\(kind) { \(inside.joined(separator: "; ")) }"
  }

  func callAsFunction(_ x: Tensor, in context: Context) throws -> Tensor {
    guard let session else {
      throw Failure("the function `\(kind)` is of a session that is over", advice: "Build the net in this one.")
    }
    return try Variable.holding(variables) {
      let own = session.networkContext
      let before = (own.isTraining, own.isTrial, own.madeInside)
      (own.isTraining, own.isTrial, own.madeInside) = (context.isTraining, context.isTrial, [])
      defer { (own.isTraining, own.isTrial, own.madeInside) = before }
      let result = try session.call(.function(function), [.tensor(x)])
      try check(own.madeInside ?? [])
      return try ScriptLayer.tensor(result, of: kind)
    }
  }

  /// What a function that is a layer has given, as a tensor.
  static func tensor(_ result: Value, of name: String) throws -> Tensor {
    guard let tensor = result.tensor else {
      throw Failure(
        "a layer must give a tensor", [(.whole, "`\(name)` gave \(result.typeNameWithArticle)")],
        advice: "Its value is fed to the next layer.")
    }
    return tensor
  }

  /// Refuses what a call has made and left nowhere: the next call would make it anew, with other numbers, and no update reaches it.
  private func check(_ made: [any Layer]) throws {
    guard !made.isEmpty, let lost = made.first(where: { !reaches($0) }) else { return }
    throw Failure(
      "a net or parameter that a layer makes at each call cannot be trained",
      [(.whole, "`\(kind)` makes a \(lost.kind) each time it is called")],
      advice: "Make it once, outside of the function: `f = net { dense 3 }; x -> x + f(x)`.")
  }

  var holder: (any Holder)? { self }

  func tellHeld(to search: inout CycleSearch) {
    search.tell(function)
    search.tell(variables) { held, search in
      search.tell(held.variable.holder)
      if let holder = held.value.holder { search.tell(holder) }
    }
  }

  /// What it comes to may come back to it.
  func letGo() { variables = [] }

  func copied(by copying: LayerCopying) throws -> any Layer {
    guard let session else { return self }
    let copy = ScriptLayer(function, in: session)
    // Not now: what it comes to may be, or hold, the net that is being copied.
    copying.afterwards { [self] in
      copy.variables = try Variable.holding(variables) { try ClosureCopying(function, variables, copying, in: session).variables }
      session.suspect(copy)
    }
    return copy
  }
}
