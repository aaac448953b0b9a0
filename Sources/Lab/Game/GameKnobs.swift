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
  /// What was chosen by its name, where the run keeps it in another form.
  private(set) var chosen: [String: String] = [:]

  mutating func note(_ what: String, _ name: String?) { chosen[what] = name }

  // MARK: Knobs

  /// The knob as pages have it; `line` is what sets it in the program.
  func json(_ knob: RunKnobs.Knob, of run: String, help: String) -> JSON {
    .object([
      "name": .string(knob.name), "label": .string(knob.label), "help": .string(help), "value": .number(knob.value),
      "least": .number(knob.least), "most": .number(knob.most), "scale": .string(knob.isLogarithmic ? "log" : "linear"),
      "whole": .boolean(knob.isWhole), "line": .string(GameKnobs.line(knob, of: run)),
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
      let value = run[what].flatMap(GameKnobs.name) ?? chosen[what]
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
    let value = variable ?? found ?? chosen["data"]
    var options = sets + own.filter { !sets.contains($0) }
    // Those that it was made with can be had back.
    if let name = given?.name, variable == nil, !options.contains(name) { options.append(name) }
    if let value, !options.contains(value) { options.append(value) }
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
    if case .object(let one) = self, case .object(let two) = other { one === two } else { false }
  }
}
