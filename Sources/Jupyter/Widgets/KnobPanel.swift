import Base
import Formats
import Frontend
import Interpreter
import Library
import Syntax

/// The widgets of one run: a line that says where it stands, and below it what each of its numbers is moved by. On the session's thread.
struct KnobPanel {
  /// It does not hold the run.
  private(set) weak var run: Record?
  private var numbers: RunKnobs
  private let widgets: Widgets
  private let layouts: Layouts
  private let line: String
  /// The name of the model that shows it all.
  let id: String
  /// What each number is moved by, from above.
  private var controls: [(name: String, control: WidgetModel.Control, id: String)] = []
  /// When the run is looked at next, in seconds.
  private var due = -Double.infinity
  /// Why what was set last is not in the run; empty where it is.
  private var note = ""

  /// What the elements of a panel share.
  private struct Layouts {
    let row = WidgetModel.layout(width: "30em")
    let whole = WidgetModel.layout(width: nil)
    let slider = WidgetModel.style(ofSlider: true)
    let field = WidgetModel.style(ofSlider: false)

    var models: [WidgetModel] { [row, whole, slider, field] }
  }

  private var ids: [String] { layouts.models.map(\.id) + [line, id] + controls.map(\.id) }
  /// Whether all of its models are there.
  var isWhole: Bool { widgets.contain(ids) }

  /// Opens the widgets of a run.
  init(_ form: KnobsForm, _ widgets: Widgets, in session: Session, parent: [UInt8]) {
    (run, numbers, self.widgets) = (form.run, form.numbers, widgets)
    layouts = Layouts()
    var line = WidgetModel.html(layout: layouts.whole, style: layouts.field)
    var box = WidgetModel.box(layout: layouts.whole)
    (self.line, id) = (line.id, box.id)
    guard let run else { return }
    let models = arrange(for: numbers.knobs(of: run), of: run)
    line.state["value"] = .string(text(of: run, in: session))
    box.state["children"] = children
    widgets.open(layouts.models + [line] + models + [box], parent: parent)
  }

  /// Takes it away.
  func close(parent: [UInt8]) { widgets.close(ids, parent: parent) }

  // MARK: What people set

  /// Whether people have set something, or shall see how the run is.
  func isDue(now: Double) -> Bool { now >= due || widgets.isMoved && widgets.areMoved(controls.lazy.map(\.id)) }

  /// Sets in the run what people have set, if they have, and shows how the run is. Between two steps, or where no program runs.
  mutating func turn(in session: Session, parent: [UInt8]) {
    if let run {
      for (id, value) in widgets.takeMoved(of: controls.map(\.id)) {
        guard let name = controls.first(where: { $0.id == id })?.name else { continue }
        do {
          try numbers.set(name, to: value, of: run, called: variable(of: run, in: session), in: session)
          note = ""
        } catch {
          note = Self.words(error)
        }
      }
    }
    show(in: session, parent: parent)
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as Diagnostic: ([error.title] + error.advice).joined(separator: "\n")
    case let error as Failure: ([error.title] + error.advice).joined(separator: "\n")
    default: "\(error)"
    }
  }

  // MARK: What the run is

  private func variable(of run: Record, in session: Session) -> String { session.variable(holding: .record(run)) ?? "run" }

  /// Shows how the run is, where that is news.
  mutating func show(in session: Session, parent: [UInt8]) {
    guard let run else { return }
    due = SteadyClock.seconds + Outbox.updatePace
    let knobs = numbers.knobs(of: run)
    rearrange(for: knobs, of: run, parent: parent)
    for (knob, control) in zip(knobs, controls) {
      widgets.show(control.id, WidgetModel.values(of: knob), parent: parent) { $0.knob = knob }
    }
    widgets.show(line, ["value": .string(text(of: run, in: session))], parent: parent)
  }

  /// "run: step 120, epoch 3", and what is to be said.
  private func text(of run: Record, in session: Session) -> String {
    let counters = RunKnobs.counters(of: run).map { "\($0.name) \(Value.number($0.value).plainText)" }.joined(separator: ", ")
    let said = "<b>\(Markup.escaped(variable(of: run, in: session)))</b>: \(Markup.escaped(counters))"
    guard !note.isEmpty else { return said }
    return said + "<br><i>\(Markup.escaped(note).split(separator: "\n").joined(separator: "<br>"))</i>"
  }

  /// Each number has what fits it: as a rule it has, since runs seldom get other numbers, or a rate of 0.
  private mutating func rearrange(for knobs: [RunKnobs.Knob], of run: Record, parent: [UInt8]) {
    let wanted = knobs.map { (name: $0.name, control: WidgetModel.control(of: $0)) }
    if wanted.elementsEqual(controls, by: { $0.name == $1.name && $0.control == $1.control }) { return }
    let old = controls
    widgets.open(arrange(for: knobs, of: run), parent: parent)
    widgets.show(id, ["children": children], parent: parent)
    widgets.close(old.map(\.id).filter { id in !controls.contains { $0.id == id } }, parent: parent)
  }

  /// Gives each number what fits it, where it has not; gives the models that are new.
  private mutating func arrange(for knobs: [RunKnobs.Knob], of run: Record) -> [WidgetModel] {
    let old = controls
    var new: [WidgetModel] = []
    controls = knobs.map { knob in
      let control = WidgetModel.control(of: knob)
      if let known = old.first(where: { $0.name == knob.name && $0.control == control }) { return known }
      let style = control.hasSlider ? layouts.slider : layouts.field
      let model = WidgetModel.control(knob, help: RunKnobs.help(of: knob.name, of: run), layout: layouts.row, style: style)
      new.append(model)
      return (knob.name, control, model.id)
    }
    return new
  }

  private var children: JSON { .array(([line] + controls.map(\.id)).map(WidgetModel.reference)) }
}
