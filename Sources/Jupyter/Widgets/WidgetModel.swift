import Formats
import Glibc
import Library

/// The model of a widget as Jupyter's front ends have it, in the versions of ipywidgets 8 (jupyter-widgets, "Jupyter widgets models").
struct WidgetModel: Sendable {
  /// The target of the comms by which models are spoken of.
  static let target = "jupyter.widget"
  /// The target of comms by which a page asks for all models.
  static let controlTarget = "jupyter.widget.control"
  /// The version of the messages about models.
  static let protocolVersion = "2.1.0"

  /// The name of its comm.
  let id: String
  /// Its fields.
  var state: [String: JSON]
  /// The number that people set by it; nil where they set nothing.
  var knob: RunKnobs.Knob?

  private init(_ name: String, view: String? = nil, base: Bool = false, _ fields: [String: JSON]) {
    let view = view ?? name
    let module = base ? "@jupyter-widgets/base" : "@jupyter-widgets/controls"
    let viewModule = base || name.hasSuffix("Style") ? "@jupyter-widgets/base" : module
    let common: [String: JSON] = [
      "_model_module": .string(module), "_model_module_version": .string("2.0.0"), "_model_name": .string(name + "Model"),
      "_view_module": .string(viewModule), "_view_module_version": .string("2.0.0"), "_view_name": .string(view + "View"),
      "_view_count": .null,
    ]
    id = MessageWriter.newName()
    state = common.merging(fields) { $1 }
  }

  /// What stands for it in the state of another model.
  var reference: JSON { Self.reference(id) }
  static func reference(_ id: String) -> JSON { .string("IPY_MODEL_" + id) }

  // MARK: Kinds

  /// How an element is laid out.
  static func layout(width: String?) -> WidgetModel {
    WidgetModel("Layout", base: true, ["width": width.map(JSON.string) ?? .null])
  }

  /// How a description stands beside a slider, or else beside a field.
  static func style(ofSlider isSlider: Bool) -> WidgetModel {
    WidgetModel(isSlider ? "SliderStyle" : "DescriptionStyle", view: "Style", ["description_width": .string("9em")])
  }

  /// A line of HTML.
  static func html(layout: WidgetModel, style: WidgetModel) -> WidgetModel {
    element(
      "HTML", layout, ["value": .string(""), "placeholder": .string(""), "description": .string(""), "style": style.reference])
  }

  /// Elements below each other.
  static func box(layout: WidgetModel) -> WidgetModel {
    element("VBox", layout, ["children": .array([]), "box_style": .string("")])
  }

  private static func element(_ name: String, view: String? = nil, _ layout: WidgetModel, _ fields: [String: JSON]) -> WidgetModel
  {
    let common: [String: JSON] = [
      "_dom_classes": .array([]), "layout": layout.reference, "tabbable": .null, "tooltip": .null,
    ]
    return WidgetModel(name, view: view, common.merging(fields) { $1 })
  }

  // MARK: Knobs

  /// What a number is moved by.
  enum Control: Equatable {
    case slider, logarithmicSlider, field, wholeField

    var hasSlider: Bool {
      switch self {
      case .slider, .logarithmicSlider: true
      case .field, .wholeField: false
      }
    }
  }

  static func control(of knob: RunKnobs.Knob) -> Control {
    if knob.isWhole { return .wholeField }
    // A scale of powers has no place for 0.
    return knob.isLogarithmic ? (knob.least > 0 ? .logarithmicSlider : .field) : .slider
  }

  /// What a number is moved by.
  static func control(_ knob: RunKnobs.Knob, help: String, layout: WidgetModel, style: WidgetModel) -> WidgetModel {
    var fields: [String: JSON] = [
      "description": .string(knob.label), "description_allow_html": .boolean(false), "disabled": .boolean(false),
      "style": style.reference, "tooltip": help.isEmpty ? .null : .string(help), "step": .number(step(of: knob)),
    ]
    let control = control(of: knob)
    fields["continuous_update"] = .boolean(control.hasSlider)
    if control.hasSlider {
      let slider: [String: JSON] = [
        "behavior": .string("drag-tap"), "orientation": .string("horizontal"), "readout": .boolean(true),
        "readout_format": .string(control == .slider ? ".4~g" : ".3~g"),
      ]
      fields.merge(slider) { $1 }
    }
    var model: WidgetModel
    switch control {
    case .slider: model = element("FloatSlider", layout, fields)
    case .logarithmicSlider: model = element("FloatLogSlider", layout, fields.merging(["base": .number(10)]) { $1 })
    case .field: model = element("BoundedFloatText", view: "FloatText", layout, fields)
    case .wholeField: model = element("BoundedIntText", view: "IntText", layout, fields)
    }
    model.knob = knob
    model.state.merge(values(of: knob)) { $1 }
    return model
  }

  /// The fields of a control that change: where it stands, and its range.
  static func values(of knob: RunKnobs.Knob) -> [String: JSON] {
    let isPower = control(of: knob) == .logarithmicSlider
    return [
      "value": .number(knob.value), "min": .number(isPower ? log10(knob.least) : knob.least),
      "max": .number(isPower ? log10(knob.most) : knob.most),
    ]
  }

  /// Between two places of a slider: a power of ten, a thousandth of its range or less.
  private static func step(of knob: RunKnobs.Knob) -> Double {
    if knob.isWhole { return 1 }
    if knob.isLogarithmic { return knob.least > 0 ? 0.02 : knob.most / 1000 }
    let range = knob.most - knob.least
    return range > 0 && range.isFinite ? pow(10, log10(range / 1000).rounded(.down)) : 0.1
  }

  // MARK: What people set

  /// The number that a value from a front end sets; nil where it is none, or lies outside of the range.
  func taken(_ value: JSON) -> Double? {
    guard let knob, case .number(let number) = value, number.isFinite, !knob.isWhole || number == number.rounded() else {
      return nil
    }
    // The ends of a scale of powers do not come back to the bit.
    let slack = 1e-9
    if number < knob.least { return knob.least - number <= slack * abs(knob.least) ? knob.least : nil }
    if number > knob.most { return number - knob.most <= slack * abs(knob.most) ? knob.most : nil }
    return number
  }
}
