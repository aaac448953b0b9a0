/// A plan after each of its passes: for those who want to see what each has done. Since a plan is a value, keeping one is a copy.
public final class PlanTrace {
  enum Pass: CaseIterable {
    case merging, fusing, lowering, packing, chains, rows, order, arena
  }

  private(set) var drafts: [(pass: Pass, draft: PlanDraft)] = []
  /// The numbers of the fills in the graph that the plan was made for.
  var constants: [Double] = []

  func record(_ pass: Pass, _ draft: PlanDraft) { drafts.append((pass, draft)) }

  /// The plan after a pass; nil if that was not run.
  subscript(pass: Pass) -> PlanDraft? { drafts.first { $0.pass == pass }?.draft }
}
