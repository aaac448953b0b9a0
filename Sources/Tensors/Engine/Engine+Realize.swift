extension Engine {
  /// Computes `outputs` in one plan and sets the storage of each; the nodes between keep none. The outputs are unrealized and
  /// distinct; realized nodes below them are leaves.
  /// - Parameter replacing: Leaves that outputs may be written over. Those that were have no storage afterwards.
  /// - Throws: `TensorError` where memory does not suffice or weights are needed that have been replaced, `Interrupted` where
  ///   `shouldStop` said so. No node has changed then.
  func realize(_ outputs: [Node], replacing: [Replacement] = []) throws {
    try realize(outputs, Graph.order(of: outputs, stopAtRealized: true), replacing: replacing)
  }

  /// - Parameter order: Of the last walk: all that `outputs` are made of, with realized nodes as leaves.
  func realize(_ outputs: [Node], _ order: Graph.Order, replacing: [Replacement]) throws {
    let observer = observer
    let start = observer == nil ? 0 : Executor.now()
    guard !order.containsAny(.isReplaced) else { throw TensorError.replacedWeights }
    let replacements = replacing.filter { order.contains($0.old) && order.contains($0.new) }
      .map { (old: $0.old.slot, new: $0.new.slot) }
    let structure = PlanKey.Structure(order: order, outputs: outputs, replacements: replacements, options: options)
    let trace = observer.flatMap { $0.tracesPlans ? PlanTrace() : nil }
    var isNew = false
    let plan = try plan(for: structure) {
      isNew = true
      return try Plan(
        Planner.plan(order.nodes, outputs: outputs, replacements: replacements, options: options, trace: trace))
    }
    if isNew, let trace { observer?.planWasMade(trace) }
    observer?.planWillRun(
      plan, constants: plan.constantPlaces.map { order[$0].value }, isNew: isNew, planningSeconds: Executor.now() - start)
    try ThreadPool.shared.withWorkers(threadCount) { try Executor.run(plan, order, for: self, on: $0) }
  }
}
