import Formats
import Frontend
import Interpreter
import Library

/// The knobs of the run that is played, and what may be chosen for it.
struct GameKnobs {
  /// What may be chosen.
  struct Choice {
    let what: String
    let value: String?
    let options: [String]
  }

  /// The run's numbers.
  var numbers = RunKnobs()
  /// The points that were drawn by hand last, as the program makes data of them.
  var drawn: String?
  /// The data that the run had at first, and what the program calls them; nil where that is not known.
  var given: (name: String?, data: Value)?
  /// What data of such points are called.
  static let drawnName = "drawn"
  /// What data are called that the program has under no name.
  static let nameless = "other data of the run"
  /// What was chosen by its name, and what the run keeps of it.
  private var chosen: [(what: String, name: String, value: Value)] = []

  /// What the run has now was chosen by this name.
  mutating func note(_ what: String, _ name: String, _ value: Value) {
    chosen.removeAll { $0.what == what && $0.name == name }
    chosen.append((what, name, value))
  }

  /// The name by which the very value was chosen; nil where it was not.
  private func chosenName(_ what: String, of value: Value) -> String? {
    chosen.last { $0.what == what && $0.value.isSameObject(as: value) }?.name
  }

  /// Whether the run's data are points that were drawn by hand.
  func isDrawn(_ run: Record) -> Bool {
    run["data"].flatMap { chosenName("data", of: $0) } == Self.drawnName
  }

  /// What makes data of points in a program, in lines that one can read.
  static func text(of points: [[Double]]) -> String {
    var lines = [""]
    for point in points {
      let pair = "[\(Value.number(point[0]).plainText), \(Value.number(point[1]).plainText)], "
      if lines[lines.count - 1].count + pair.count > 90 { lines.append("") }
      lines[lines.count - 1] += pair
    }
    if lines.count == 1 { return "data_set(tensor([\(lines[0].dropLast(2))]))" }
    let indented = lines.map { "  \($0.dropLast())" }.joined(separator: "\n")
    return "data_set(tensor([\n\(indented)\n]))"
  }

  /// The ends of both axes of the field that pages draw in.
  static let drawingField = [-1.5, 1.5]

  // MARK: Knobs

  /// The knob as pages have it; `line` is what sets it in the program, `idle` why it does nothing as the run is.
  func json(_ knob: RunKnobs.Knob, of run: String, help: String, idle: String?) -> JSON {
    .object([
      "name": .string(knob.name), "label": .string(knob.label), "help": .string(help), "value": .number(knob.value),
      "least": .number(knob.least), "most": .number(knob.most), "scale": .string(knob.isLogarithmic ? "log" : "linear"),
      "whole": .boolean(knob.isWhole), "idle": idle.map(JSON.string) ?? .null, "line": .string(GameKnobs.line(knob, of: run)),
    ])
  }

  /// "run.lambda = 10"
  static func line(_ knob: RunKnobs.Knob, of run: String) -> String {
    "\(run).\(knob.name) = \(Value.number(knob.value).plainText)"
  }

  // MARK: Choices

  /// What may be chosen for the run: of objectives and penalties those that the help of `gan` tells of; of data the sets of points, where
  /// the run is made for points of a plane, and the data sets in the program's variables that are made of samples of the same shape.
  func choices(of run: Record, in session: Session) throws -> [Choice] {
    var choices: [Choice] = []
    for what in ["objective", "penalty"] where run[what] != nil && run.option(what) != nil {
      var options = try GameKnobs.words(for: what, in: session)
      if what == "penalty" { options.insert("none", at: 0) }
      let value = run[what].flatMap { GameKnobs.name(of: $0) ?? chosenName(what, of: $0) }
      if let value, !options.contains(value) { options.append(value) }
      choices.append(Choice(what: what, value: value, options: options))
    }
    guard let data = run["data"], data.typeName == "data set" else { return choices }
    let shape = try Self.sampleShape(data, in: session)
    // Where the networks are made for the data's classes, other data do not fit.
    let classes = run["classes"]?.plainText
    let own = try session.variableNames.filter { name in
      guard let value = session[name], value.typeName == "data set" else { return false }
      guard try Self.sampleShape(value, in: session) == shape else { return false }
      guard let classes, case .object(let set) = value else { return true }
      return try set.field("classes")?.plainText == classes
    }
    let sets = classes == nil ? try Self.madeSets(of: shape, in: session) : []
    let variable = own.first { session[$0]?.isSameObject(as: data) == true }
    let found = given?.data.isSameObject(as: data) == true ? given?.name : nil
    let value = variable ?? found ?? chosenName("data", of: data) ?? Self.nameless
    var options = sets + own.filter { !sets.contains($0) }
    // Those that it was made with can be had back.
    let isNamed = given.map { given in own.contains { session[$0]?.isSameObject(as: given.data) == true } } ?? true
    if let given, !isNamed { options.append(given.name ?? Self.nameless) }
    if !options.contains(value) { options.append(value) }
    choices.append(Choice(what: "data", value: value, options: options))
    return choices
  }

  func json(_ choice: Choice) -> JSON {
    .object([
      "what": .string(choice.what), "value": choice.value.map(JSON.string) ?? .null,
      "options": .array(choice.options.map(JSON.string)),
    ])
  }

  /// The names of functions that the help of `gan` tells of at one of its options.
  static func words(for option: String, in session: Session) throws -> [String] {
    guard case .function(let function)? = try session.standard("gan", of: "adversarial"),
      let item = Documentation(function.documentation ?? "").text(of: option)
    else { return [] }
    // Those that make a penalty or an objective of something are none themselves.
    return try OptionWords.marked(in: item).filter { word in
      guard word != "penalty_of", word != "none", case .function? = try session.standard(word, of: "adversarial") else {
        return false
      }
      return true
    }
  }

  /// The names of the data sets that the library makes, of samples of this shape; by default all.
  static func madeSets(of shape: [Double]? = nil, in session: Session) throws -> [String] {
    guard case .record(let sets)? = try session.standard("_data_sets", of: "playing") else { return [] }
    return sets.fields.compactMap { name, value in
      guard case .list(let sizes) = value else { return nil }
      return shape == nil || shape == numbers(sizes) ? name : nil
    }
  }

  private static func name(of value: Value) -> String? {
    switch value {
    case .none: "none"
    case .function(let function): function.name
    case .builtin(let builtin): builtin.name
    case .boolean, .number, .string, .list, .range, .record, .object: nil
    }
  }

  /// Whether the run has the data that it was made with.
  func hasGivenData(_ run: Record) -> Bool {
    guard let given, let data = run["data"] else { return false }
    return given.data.isSameObject(as: data)
  }

  private static func sampleShape(_ data: Value, in session: Session) throws -> [Double] {
    guard case .list(let sizes) = try session.callStandard("_sample_shape", of: "playing", [data]) else { return [] }
    return numbers(sizes)
  }

  private static func numbers(_ list: List) -> [Double] {
    list.elements.map { if case .number(let number) = $0 { number } else { 0 } }
  }
}

extension Value {
  fileprivate func isSameObject(as other: Value) -> Bool {
    switch (self, other) {
    case (.object(let one), .object(let two)): one === two
    case (.record(let one), .record(let two)): one === two
    case (.function(let one), .function(let two)): one === two
    default: false
    }
  }
}
