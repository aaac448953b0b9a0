extension PlanTrace {
  /// The plan after each pass, as text: values after merging, groups after fusing, steps after lowering and what each later pass made of
  /// them, their order, and the memory.
  public var text: String {
    var lines: [String] = []
    var steps: [PlannedStep]?
    for (pass, draft) in drafts {
      let notation = PlanNotation(draft, constants: constants)
      switch pass {
      case .merging: lines += ValueText(draft, notation).lines
      case .fusing: lines += Self.groups(draft, notation)
      case .lowering:
        lines.append("steps: \(draft.steps.count)")
        lines += Self.list(draft.steps, notation)
      case .packing: lines += Self.changes("packing and stacking", from: steps ?? [], to: draft.steps, notation)
      case .chains: lines += Self.changes("chains", from: steps ?? [], to: draft.steps, notation)
      case .rows: lines += Self.changes("rows", from: steps ?? [], to: draft.steps, notation)
      case .order: lines += Self.order(draft, notation)
      case .arena: lines += ArenaText(draft, notation).lines
      }
      steps = draft.steps
    }
    return lines.joined(separator: "\n")
  }

  private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
  }

  // MARK: Groups

  private static func groups(_ draft: PlanDraft, _ notation: PlanNotation) -> [String] {
    let count = draft.groups.reduce(0) { $0 + $1.count }
    let work = Self.counted(count, "element-wise value or reduction", "element-wise values and reductions")
    var lines = ["groups: \(work) in \(Self.counted(draft.groups.count, "kernel"))"]
    for (number, members) in draft.groups.enumerated() {
      let kept = members.filter { draft.kept.contains($0) || draft.lowering.kinds[$0] == .reduction }
      lines.append(
        "  \(number + 1)  \(names(members, notation))"
          + (kept.count < members.count ? "; kept: \(names(kept, notation))" : ""))
    }
    return lines
  }

  private static func names(_ values: [Int], _ notation: PlanNotation) -> String {
    notation.operands(values.map(PlanBuffers.buffer(of:)))
  }

  // MARK: Steps

  private static func list(_ steps: [PlannedStep], _ notation: PlanNotation) -> [String] {
    steps.enumerated().flatMap { number, step in
      ["  \(number + 1)  \(step.work.name)"] + step.formulas(notation).map { "       " + $0 }
    }
  }

  /// What a pass made of the steps: those that are gone, and those that are new.
  private static func changes(
    _ name: String, from old: [PlannedStep], to new: [PlannedStep], _ notation: PlanNotation
  ) -> [String] {
    func key(_ step: PlannedStep) -> String { "\(step.work.name) \(step.reads) \(step.writes)" }
    func without(_ steps: [PlannedStep], _ others: [PlannedStep]) -> [PlannedStep] {
      var counts: [String: Int] = [:]
      for step in others { counts[key(step), default: 0] += 1 }
      return steps.filter { step in
        guard let count = counts[key(step)], count > 0 else { return true }
        counts[key(step)] = count - 1
        return false
      }
    }
    let (gone, come) = (without(old, new), without(new, old))
    if gone.isEmpty, come.isEmpty { return ["\(name): nothing to do"] }
    return ["\(name): \(Self.counted(old.count, "step")) become \(new.count)"] + gone.map { "  - \($0.work.name)" }
      + come.flatMap { step in ["  + \(step.work.name)"] + step.formulas(notation).map { "       " + $0 } }
  }

  private static func order(_ draft: PlanDraft, _ notation: PlanNotation) -> [String] {
    let over = draft.leafOf.count
    return [
      "order: \(Self.counted(draft.steps.count, "step"))"
        + (over > 0
          ? "; \(over) \(over == 1 ? "value is" : "values are") written over what they replace, from step \(draft.firstReplacing + 1) on"
          : "")
    ] + list(draft.steps, notation)
  }
}

/// The distinct values of a plan, each as one operation.
private struct ValueText {
  private let graph: PlanGraph
  private let draft: PlanDraft
  private let notation: PlanNotation

  init(_ draft: PlanDraft, _ notation: PlanNotation) {
    (self.draft, graph, self.notation) = (draft, draft.graph, notation)
  }

  var lines: [String] {
    let (nodes, values) = (graph.valueOfNode.count, graph.values.count)
    let absorbed = graph.values.count { $0.isAbsorbed }
    var facts = ["values: \(nodes) \(nodes == 1 ? "node" : "nodes"), \(values) \(values == 1 ? "value" : "values") after merging"]
    if absorbed > 0 { facts.append("\(absorbed) of them absorbed into sums of products") }
    return [facts.joined(separator: ", ")]
      + graph.values.indices.filter { !graph.values[$0].isAbsorbed && draft.lowering.kinds[$0] != .fill }.map { line($0) }
  }

  private func line(_ index: Int) -> String {
    let value = graph.values[index]
    let head = "  \(name(index)) \(value.shape)"
    if value.isLeaf { return head }
    let note =
      if let alias = draft.lowering.aliases[index] { "  (\(name(alias)) itself)" } else if draft.lowering.needsCopy(index) {
        "  (copied)"
      } else if draft.lowering.kinds[index] == .view { "  (view)" } else { "" }
    let terms = value.terms.isEmpty ? [value] : value.terms.map { graph.values[$0] }
    return "\(head) = \(terms.map(formula).joined(separator: " + "))\(note)"
  }

  private func name(_ value: Int) -> String { notation.operand(PlanBuffers.buffer(of: value)) }

  private func formula(_ value: PlanGraph.Value) -> String {
    let names = value.inputs.map(name)
    func call(_ name: String, _ details: String...) -> String { "\(name)(\((names + details).joined(separator: ", ")))" }
    switch value.operation {
    case .data, .precise: return "data"
    case .fill: return "fill"
    case .random(let distribution): return FusedFormulas.text(.random(distribution, key: 0), [])
    case .unary(let function, let parameter): return FusedFormulas.text(.unary(function, parameter: parameter), names)
    case .binary(let function): return FusedFormulas.text(.binary(function), names)
    case .select: return FusedFormulas.text(.select, names)
    case .reduce(let reduction, let axes): return call(FusedKernel.name(of: reduction), "axes: \(axes)")
    case .reshape: return call("reshape")
    case .transpose(let permutation): return call("transpose", "\(permutation)")
    case .broadcast: return call("broadcast")
    case .slice(let starts, let steps): return call("slice", "from: \(starts)", "by: \(steps)")
    case .pad(let before, let after, let interior):
      return call("pad", "before: \(before)", "after: \(after)", "between: \(interior)")
    case .concat(let axis): return call("concat", "axis: \(axis)")
    case .gather: return call("gather")
    case .scatterAdd: return call("scatter")
    case .matmul(let transposeLeft, let transposeRight):
      return "\(names[0])\(transposeLeft ? "ᵀ" : "") @ \(names[1])\(transposeRight ? "ᵀ" : "")"
    case .convolution(let geometry): return call("conv", Self.text(geometry))
    case .convolutionByInput(let geometry): return call("deconv", Self.text(geometry))
    case .convolutionByFilter(let geometry): return call("weight gradient", Self.text(geometry))
    }
  }

  private static func text(_ geometry: ConvolutionGeometry) -> String {
    let (height, width) = (geometry.height, geometry.width)
    return "\(height.kernel)×\(width.kernel), stride \(height.stride)×\(width.stride)"
  }
}

/// The memory of a plan: what lives where, and from which step to which.
private struct ArenaText {
  let lines: [String]

  init(_ draft: PlanDraft, _ notation: PlanNotation) {
    var lives: [Int: ClosedRange<Int>] = [:]
    for (number, step) in draft.steps.enumerated() {
      for buffer in step.reads + step.writes { lives[buffer] = (lives[buffer]?.lowerBound ?? number)...number }
    }
    let bytes = MemoryLayout<Float>.stride
    var placed: [(offset: Int, text: String)] = []
    for (buffer, location) in draft.locations.enumerated() {
      guard case .arena(let offset) = location, let life = lives[buffer] else { continue }
      placed.append(
        (
          offset,
          "  \(offset * bytes): \(notation.operand(buffer)), \(draft.buffers.counts[buffer] * bytes) bytes, "
            + "steps \(life.lowerBound + 1) to \(life.upperBound + 1)"
        ))
    }
    let (taken, apart) = (draft.arenaCount * bytes, draft.countWithoutReuse * bytes)
    lines =
      ["arena: \(taken) bytes for \(placed.count) buffers, \(apart - taken) bytes saved of \(apart)"]
      + placed.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(\.element.text)
  }
}
