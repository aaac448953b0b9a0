import Formats
import Interpreter
import Library

/// What the penalty of a run aims at, and which of its numbers do nothing as the run is.
struct GameAim {
  /// What it was found for.
  private struct Question: Equatable {
    let penalty: ObjectIdentifier?
    let weight: Double
    let k: Double
  }

  private var question: Question?
  /// Holds the penalty, so that no other one can be taken for it.
  private var penalty: Value?
  /// The slope that is wanted of D; nil where none is, or none is known.
  private(set) var slope: Double?
  /// Whether that is the most that is allowed.
  private(set) var isBound = false
  /// Why numbers of the run do nothing, by their names.
  private(set) var idle: [String: String] = [:]

  /// Finds it for the run as it is. A penalty is tried only where it is one of the library's: another one may remember that it was called.
  mutating func update(for run: Record, game: Game, in session: Session) {
    guard let penalty = run["penalty"], case .number(let weight)? = run["lambda"], case .number(let k)? = run["k"] else {
      self = GameAim()
      return
    }
    let function: Function? = if case .function(let function) = penalty { function } else { nil }
    let question = Question(penalty: function.map { ObjectIdentifier($0) }, weight: weight, k: k)
    guard question != self.question else { return }
    self = GameAim()
    (self.question, self.penalty) = (question, penalty)
    guard let function else {
      idle = ["lambda": "the run has no penalty", "k": "the run has no penalty"]
      return
    }
    guard weight > 0 else {
      idle = ["k": "with λ = 0 there is no penalty"]
      return
    }
    guard function.source.isLibrary, case .record(let aim)? = try? game.call("_aim", [.record(run)], in: session) else { return }
    if case .number(let slope)? = aim["slope"] { self.slope = slope }
    if case .boolean(true)? = aim["bound"] { isBound = true }
    if case .boolean(false)? = aim["k"] {
      let name = function.name.map { "the penalty \($0)" } ?? "this penalty"
      idle = ["k": slope == 0 ? "\(name) wants the slope 0, whatever k" : "\(name) does not look at k"]
    }
  }

  /// As pages have it: null where there is nothing to aim at.
  var json: JSON {
    guard let slope else { return .null }
    return .object(["slope": .number(slope), "bound": .boolean(isBound)])
  }
}
