import Base
import Interpreter
import Library

/// The panels of a session's runs. It watches the trainings: what people set is in a run before its next step, and what the run is they see a few
/// times a second. It only looks, unless something is set. Its members are used on the session's thread.
final class KnobBoard: RunAttendant, @unchecked Sendable {
  /// More panels are not kept; the oldest goes.
  static let mostPanels = 16

  private let widgets: Widgets
  private var panels: [KnobPanel] = []
  private weak var session: Session?
  /// Whether what people set is being set: what is called for it may be a program, which may train in turn.
  private var isTurning = false
  /// The header of the request that is under way; empty for none.
  var parent: [UInt8] = []

  init(_ widgets: Widgets) { self.widgets = widgets }

  func connect(_ session: Session) { self.session = session }

  /// Shows the numbers of a run; gives the name of the model that does, nil where the run is gone.
  func open(_ form: KnobsForm) -> String? {
    guard let session, let run = form.run else { return nil }
    if let place = panels.firstIndex(where: { $0.run === run }) {
      if panels[place].isWhole {
        if !isTurning { panels[place].show(in: session, parent: parent) }
        return panels[place].id
      }
      panels.remove(at: place).close(parent: parent)
    }
    if panels.count >= Self.mostPanels { panels.removeFirst().close(parent: parent) }
    let panel = KnobPanel(form, widgets, in: session, parent: parent)
    panels.append(panel)
    session.attendant = self
    return panel.id
  }

  /// Between two steps of a training.
  func attend(_ run: Value, in session: Session) throws {
    guard case .record(let record) = run else { return }
    let now = SteadyClock.seconds
    let due = panels.filter { $0.run === record && $0.isDue(now: now) }
    if !due.isEmpty { turn(due, in: session) }
  }

  /// What people set is not given up half done; a training looks itself whether it is to stop.
  private func turn(_ chosen: [KnobPanel], in session: Session) {
    guard !isTurning else { return }
    isTurning = true
    defer { isTurning = false }
    _ = session.withoutInterrupts {
      for var panel in chosen {
        panel.turn(in: session, parent: parent)
        // Where it is now: what was called may have shown others.
        if let place = panels.firstIndex(where: { $0.id == panel.id }) { panels[place] = panel }
      }
      return .none
    }
  }

  /// Where no program runs, or one has ended: sets what people have set, shows how all runs are, and takes away the panels of those that are gone.
  func catchUp(in session: Session) {
    guard !panels.isEmpty else { return }
    widgets.answerCall()
    try? session.inside { turn(panels, in: session) }
    for panel in panels where panel.run == nil || !panel.isWhole { panel.close(parent: parent) }
    panels.removeAll { $0.run == nil || !$0.isWhole }
    _ = widgets.takeMoved(of: [])
    if panels.isEmpty { session.attendant = nil }
  }
}
