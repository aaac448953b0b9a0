import Interpreter
import Library

/// The numbers of a run's history as curves: each at the step at which it was set, and at no other.
extension Game {
  /// Takes down which numbers of the history have been set since the run was looked at last, and the row of the history, if the step has one.
  func noteSettings(of run: Record) {
    guard let names = run.namesSet else { return }
    run.namesSet = []
    // Where the program has set the run back itself.
    curves.cut(from: Double(step) + 1)
    guard case .record(let history)? = run["history"] else { return }
    for name in history.names where name != "step" && names.contains(name) {
      settings[name] = step
      // What costs nothing to read is taken at once: it may be set again before the next look.
      if case .number(let number)? = run[name] { curves.add([name: Game.shown(number, as: name)], at: Double(step)) }
    }
    guard case .list(let steps)? = history["step"], case .number(Double(step))? = steps.elements.last else { return }
    var numbers: [String: Double] = [:]
    for name in history.names where isOf(step, name, run) {
      // The program may have set it after the row was made.
      if case .number? = run[name], names.contains(name) { continue }
      if case .list(let list)? = history[name], case .number(let number)? = list.elements.last {
        numbers[name] = Game.shown(number, as: name)
      }
    }
    if !numbers.isEmpty { curves.add(numbers, at: Double(step)) }
  }

  /// Takes the numbers of the run as it is, each at its step.
  func gatherCurves(of run: Record, in session: Session) {
    guard rehearsal == nil, step > 0, case .record(let now)? = try? call("_curves_now", [.record(run)], in: session) else {
      return
    }
    var numbers: [String: Double] = [:]
    for (name, value) in now.fields {
      guard case .number(let number) = value else { continue }
      if isOf(step, name, run) {
        numbers[name] = number
      } else if let earlier = settings[name], earlier > 0, earlier < step {
        curves.add([name: number], at: Double(earlier))
      }
    }
    // A step at which nothing was set is one that was looked at all the same.
    curves.add(numbers, at: Double(step))
  }

  /// Whether what the run has under a name belongs to this step: a measurement that was made at it, or an option, which holds until it is
  /// set to something else.
  private func isOf(_ step: Int, _ name: String, _ run: Record) -> Bool { settings[name] == step || run.option(name) != nil }

  /// What was before the game.
  func gatherHistory(of run: Record) {
    guard case .record(let history)? = run["history"], case .list(let steps)? = history["step"] else { return }
    let columns = history.names.filter { $0 != "step" }.compactMap { name -> (String, [Value])? in
      guard case .list(let list)? = history[name] else { return nil }
      return (name, list.elements)
    }
    for (row, value) in steps.elements.enumerated() {
      guard case .number(let step) = value, step <= Double(self.step) else { continue }
      var numbers: [String: Double] = [:]
      for (name, values) in columns {
        // A curve that was added later holds the last rows.
        let place = row - (steps.elements.count - values.count)
        guard values.indices.contains(place), case .number(let number) = values[place] else { continue }
        numbers[name] = Game.shown(number, as: name)
        settings[name] = Int(exactly: step)
      }
      curves.add(numbers, at: step)
    }
  }

  /// As `_curves_now` has it: of the mean squared slope the root.
  private static func shown(_ number: Double, as name: String) -> Double {
    name == "gradient_norm" ? number.squareRoot() : number
  }
}
