/// Turns a graph into a plan: distinct values, groups that run as one kernel, steps in an order that keeps memory short.
enum Planner {
  struct Options: Hashable {
    /// Nodes that do the same become one value.
    var merges = true
    /// Element-wise chains and their reductions run as one kernel.
    var fuses = true
    /// Products that share a side run as one, or pack it once.
    var stacks = true
    /// Element-wise work is the epilogue of the matrix that it reads, block by block.
    var chains = true
    /// Work over the rows of a batch runs one kernel after another on each block of rows.
    var rows = true
    /// New numbers are written over those that they replace.
    var replaces = true
    /// When convolutions are done in the Winograd domain.
    var tiles = ConvolutionTiling.Use.whereLessWork
    /// Who multiplies matrices.
    var multiplication = Multiplication.Choice.whicheverIsFaster

    /// One step for each node: what plans are tested against.
    static let none = Options(
      merges: false, fuses: false, stacks: false, chains: false, rows: false, replaces: false, tiles: .never)
  }

  /// A plan as values, pass by pass.
  /// - Parameters:
  ///   - nodes: In the order of a walk, each node's `slot` its place there.
  ///   - replacements: Places of leaves, and of the outputs that may be written over them.
  ///   - trace: Keeps the plan as it is after each pass.
  /// - Throws: `TensorError` where work has more axes or operands than one kernel takes.
  static func plan(
    _ nodes: [Node], outputs: [Node], replacements: [(old: Int, new: Int)] = [], options: Options, trace: PlanTrace? = nil
  ) throws -> PlanDraft {
    var draft = PlanDraft(PlanGraph(nodes, outputs: outputs, merges: options.merges), outputs: outputs.map(\.slot))
    trace?.constants = draft.buffers.constantPlaces.map { nodes[$0].value }
    trace?.record(.merging, draft)
    draft.group(fuses: options.fuses)
    trace?.record(.fusing, draft)
    try draft.makeSteps(tiles: options.tiles)
    trace?.record(.lowering, draft)
    if options.stacks {
      draft.packAndStack()
      trace?.record(.packing, draft)
    }
    if options.chains {
      try draft.chain()
      trace?.record(.chains, draft)
    }
    if options.rows {
      try draft.joinRows()
      trace?.record(.rows, draft)
    }
    draft.order(replacements: replacements)
    trace?.record(.order, draft)
    draft.layOut()
    trace?.record(.arena, draft)
    return draft
  }
}
