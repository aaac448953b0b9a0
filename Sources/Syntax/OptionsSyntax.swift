/// `...options: gan`: takes whatever else the function `gan` takes by name, as a record `options` of what was given.
public struct OptionsSyntax: Sendable {
  /// The variable that holds them.
  public let name: Name
  /// The function whose parameters they are.
  public let function: Name
  /// Names that are no options: the parameters beside them, and what calls of the function with `...options` give themselves.
  private let taken: Set<String>
  /// How many of the function's parameters those calls give by their place.
  private let positionalCount: Int

  /// - Parameter parameters: Those before them.
  /// - Parameter calls: The calls in the function's body that spread a variable.
  init(name: Name, function: Name, after parameters: [ParameterSyntax], calls: [SpreadCall]) {
    self.name = name
    self.function = function
    let calls = calls.filter { $0.variable == name.text && $0.callee == function.text }
    taken = calls.reduce(into: Set(parameters.map(\.name.text))) { $0.formUnion($1.names) }
    positionalCount = calls.map(\.positionalCount).max() ?? 0
  }

  /// The places of those of `names`, all that the function takes in its order, that are options.
  public func places(among names: [String]) -> [Int] {
    names.indices.filter { $0 >= positionalCount && !taken.contains(names[$0]) }
  }
}

/// A call that spreads a variable: `gan(G, D, objective: hinge, ...options)`.
struct SpreadCall {
  let variable: String
  let callee: String
  /// How many arguments without a name it gives.
  let positionalCount: Int
  let names: Set<String>

  /// Nil for all other calls.
  init?(_ call: Call) {
    guard let last = call.arguments.last, last.isSpread, case .name(let variable) = last.value.kind,
      case .name(let callee) = call.callee.kind
    else { return nil }
    let others = call.arguments.dropLast()
    self.variable = variable
    self.callee = callee
    positionalCount = others.count { $0.name == nil }
    names = Set(others.compactMap { $0.name?.text })
  }
}
