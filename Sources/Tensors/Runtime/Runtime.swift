/// Where graphs become numbers.
public enum Runtime {
  // One thread builds and realises graphs (see `Tensor`): it alone touches these.
  private nonisolated(unsafe) static var pool: ThreadPool?
  private nonisolated(unsafe) static var cache = PlanCache()
  /// How graphs are planned: for tests.
  nonisolated(unsafe) static var options = Planner.Options()

  /// Threads that kernels run on; by default as many as there are processors for this process. Results do not depend on it.
  public static var threadCount: Int {
    get { pool?.threadCount ?? wantedThreadCount ?? ThreadPool.processorCount }
    set {
      wantedThreadCount = newValue
      if let pool, pool.threadCount != newValue {
        pool.close()
        self.pool = nil
      }
    }
  }
  private nonisolated(unsafe) static var wantedThreadCount: Int?

  /// Computes `outputs` in one plan and sets the storage of each; the nodes between keep none. The outputs are unrealised and
  /// distinct; realised nodes below them are leaves.
  /// - Parameter replacing: Leaves that outputs may be written over. Those that were have no storage afterwards.
  /// - Throws: `TensorError` where memory does not suffice or weights are needed that have been replaced, `Interrupted` where
  ///   `Executor.shouldStop` said so. No node has changed then.
  static func realize(_ outputs: [Node], replacing: [Replacement] = []) throws {
    try realize(outputs, Graph.order(of: outputs, stopAtRealised: true), replacing: replacing)
  }

  /// - Parameter order: Of the last walk: all that `outputs` are made of, with realised nodes as leaves.
  static func realize(_ outputs: [Node], _ order: Graph.Order, replacing: [Replacement]) throws {
    let observer = Executor.observer
    let start = observer == nil ? 0 : Executor.now()
    guard !order.containsAny(.isReplaced) else { throw TensorError.replacedWeights }
    let replacements = replacing.filter { order.contains($0.old) && order.contains($0.new) }
      .map { (old: $0.old.slot, new: $0.new.slot) }
    let structure = PlanKey.Structure(order: order, outputs: outputs, replacements: replacements, options: options)
    let trace = observer.flatMap { $0.tracesPlans ? PlanTrace() : nil }
    var isNew = false
    let plan = try cache.plan(for: structure) {
      isNew = true
      return try Plan(
        Planner.plan(order.nodes, outputs: outputs, replacements: replacements, options: options, trace: trace))
    }
    if isNew, let trace { observer?.planWasMade(trace) }
    observer?.planWillRun(
      plan, constants: plan.constantPlaces.map { order[$0].value }, isNew: isNew, planningSeconds: Executor.now() - start)
    let pool = pool ?? ThreadPool(threadCount: threadCount)
    self.pool = pool
    try Executor.run(plan, order, on: pool)
  }
}
