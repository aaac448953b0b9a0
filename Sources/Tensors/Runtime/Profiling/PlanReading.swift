/// A plan as a person reads it: what its steps compute, and the memory it takes.
public struct PlanReading {
  /// One step of the plan.
  public struct Step {
    /// Its kind and shape: "product 64×1024×6272".
    public let name: String
    /// What it computes, a line for each result.
    public let formulas: [String]
  }

  /// Names and shapes of what was there before: `x1 [64, 28, 28, 1]`.
  public let inputs: [String]
  /// In the order in which they run.
  public let steps: [Step]
  /// The multiplications and additions of one run.
  public let flops: Double
  /// Bytes of what was there before, of what is kept, and how many of these take the place of what they replace.
  public let inputBytes: Double, resultBytes: Double, replacedBytes: Double
  /// Bytes of what lives between the steps, and of scratch for each thread.
  public let arenaBytes: Double, scratchBytes: Double

  /// - Parameter constants: The numbers of the plan's fills in the run that is read.
  init(_ plan: Plan, constants: [Double]) {
    let notation = PlanNotation(plan, constants: constants)
    inputs = notation.inputs.map(notation.result)
    steps = plan.steps.map { Step(name: $0.name, formulas: $0.planned.formulas(notation)) }
    flops = plan.steps.reduce(0) { $0 + $1.flops }
    let size = Double(MemoryLayout<Float>.stride)
    inputBytes = notation.inputs.reduce(0) { $0 + size * Double(notation.shape(of: $1).count) }
    var (new, replaced) = (0.0, 0.0)
    for (buffer, location) in plan.locations.enumerated() {
      switch location {
      case .output(let count): new += size * Double(count)
      case .replaced: replaced += size * Double(notation.shape(of: buffer).count)
      case .leaf, .arena, .none: break
      }
    }
    (resultBytes, replacedBytes) = (new + replaced, replaced)
    arenaBytes = size * Double(plan.arenaCount)
    scratchBytes = size * Double(plan.scratchCount)
  }
}
