import Syntax

/// The arguments of a call before they are bound to parameters. Marks of failures: `.position(i)` is the argument written at that
/// place, the block being the last of them.
struct WrittenArguments {
  var values: [Value]
  /// Parallel to `values`; empty where none is named.
  var names: [Name?]
  var block: Value?

  func name(_ place: Int) -> String? { place < names.count ? names[place]?.text : nil }

  var positional: [Value] {
    names.isEmpty ? values : values.indices.filter { name($0) == nil }.map { values[$0] }
  }
}

enum Binding {
  /// Binds to the parameters of a function of the language; nil for those that have a default.
  static func bind(_ written: WrittenArguments, to function: Function) throws -> [Value?] {
    let template = function.template
    template.makeReady()
    let names = function.parameterNames
    var bound = try bind(
      written, title: template.title, names: names, isVariadic: { _ in false }, positionalCount: template.parameterCount,
      blockPlace: names.count - 1)
    for place in bound.indices where bound[place] == nil {
      let isRequired =
        place < template.parameterCount
        ? template.defaults[place] == nil : function.options?.all[place - template.parameterCount].isRequired == true
      if isRequired {
        throw missing(names[place], of: template.title, names)
      }
    }
    if let options = function.options { try gather(&bound, from: template.parameterCount, options, template.title) }
    return bound
  }

  /// An argument that a function of the language cannot do without, `names` being all that it takes.
  static func missing(_ name: String, of title: String, _ names: [String]) -> Failure {
    Failure("\(title) wants a value for `\(name)`", [(.callee, "wants (\(names.joined(separator: ", ")))")])
  }

  /// Puts the options that were given, of which the first would be at `start`, into a record.
  private static func gather(_ bound: inout [Value?], from start: Int, _ options: FunctionOptions, _ title: String) throws {
    var given: [(String, Value)] = []
    for (option, value) in zip(options.all, bound[start...]) {
      guard var value else { continue }
      if let check = option.check, !check.accepts(value) {
        guard let taken = try check.kind.taken(value) else {
          throw check.kind.refusal(value, of: title, for: option.name, at: .argument(option.name))
        }
        value = taken
      }
      given.append((option.name, value))
    }
    bound.removeSubrange(start...)
    bound.append(.record(Record(given)))
  }

  /// Chooses the form of a builtin that fits the first argument, binds to its parameters, and checks their kinds.
  static func bind(_ written: WrittenArguments, to builtin: Builtin) throws -> (form: Builtin, parameters: [Value?]) {
    let form = try chooseForm(of: builtin, for: written)
    var bound = try bind(written, toForm: form)
    try check(&bound, form)
    return (form, bound)
  }

  /// Binds to the parameters of one form of a builtin; nil for those that nothing was written for.
  static func bind(_ written: WrittenArguments, toForm form: Builtin) throws -> [Value?] {
    try bind(
      written, title: form.name, names: form.parameterNames, isVariadic: { form.parameters[$0].isVariadic },
      positionalCount: form.parameters.count, blockPlace: form.blockPlace)
  }

  /// Checks kinds and completeness; objects that stand for a number become it where a number is wanted.
  static func check(_ bound: inout [Value?], _ form: Builtin) throws {
    for place in bound.indices {
      bound[place] = try checked(bound[place], form, place)
    }
  }

  @inline(__always)
  static func checked(_ value: Value?, _ form: Builtin, _ place: Int) throws -> Value? {
    let parameter = form.parameters[place]
    guard let value else {
      if parameter.defaultValue == nil, !parameter.isVariadic {
        throw Failure(
          "\(form.name) wants a value for `\(parameter.name)`", [(.callee, "wants \(form.signature)")],
          advice: parameter.help.isEmpty ? [] : ["`\(parameter.name)` is \(parameter.help)."])
      }
      return nil
    }
    if parameter.isVariadic || parameter.kind.accepts(value) { return value }
    return try coerced(value, form, parameter)
  }

  @inline(never)
  private static func coerced(_ value: Value, _ form: Builtin, _ parameter: Parameter) throws -> Value {
    if case .none = value, case .some(.none) = parameter.defaultValue { return value }
    if let taken = try parameter.kind.taken(value) { return taken }
    throw parameter.kind.refusal(
      value, of: form.name, for: parameter.name, at: .argument(parameter.name), help: parameter.help)
  }

  static func chooseForm(of builtin: Builtin, for written: WrittenArguments) throws -> Builtin {
    if builtin.alternatives.isEmpty { return builtin }
    let forms = builtin.forms
    func first(_ form: Builtin) -> Value? {
      guard let parameter = form.parameters.first else { return nil }
      if let place = written.names.firstIndex(where: { $0?.text == parameter.name }) { return written.values[place] }
      return written.positional.first ?? written.block
    }
    for form in forms {
      guard let value = first(form) else {
        if form.parameters.isEmpty, written.values.isEmpty, written.block == nil { return form }
        continue
      }
      if form.parameters[0].kind.accepts(value) { return form }
    }
    for form in forms {
      if case .some(.object(let object)) = first(form), form.parameters[0].kind.takesScalars, try object.scalar() != nil {
        return form
      }
    }
    guard let value = written.positional.first else { return builtin }
    var kinds: [String] = []
    for form in forms {
      if let kind = form.parameters.first?.kind.description, !kinds.contains(kind) { kinds.append(kind) }
    }
    throw Failure("\(builtin.name) wants \(kinds.joined(separator: ", or "))", [(.position(0), value.briefly)])
  }

  /// What is said of a name that a function does not have.
  private static func advice(onUnknown name: String, among names: [String]) -> String {
    if let foreign = ForeignArguments.advice(for: name, among: names) { return foreign }
    if let near = Suggestion.nearest(to: name, among: names) ?? onlyName(in: names, beginning: name) {
      return "Did you mean `\(near)`?"
    }
    return names.isEmpty ? "It takes no arguments." : "It takes: \(names.joined(separator: ", "))."
  }

  /// The one name of which another is the beginning.
  private static func onlyName(in names: [String], beginning: String) -> String? {
    let fitting = names.filter { $0.hasPrefix(beginning) }
    return fitting.count == 1 ? fitting[0] : nil
  }

  /// Binds to these names; nil for those that nothing was written for.
  static func bind(
    _ written: WrittenArguments, title: String, names: [String], isVariadic: (Int) -> Bool, positionalCount: Int,
    blockPlace: Int
  ) throws -> [Value?] {
    var bound = [Value?](repeating: nil, count: names.count)
    var writtenAt = [Int](repeating: -1, count: names.count)
    var rest: [Value] = []
    var next = 0
    func tooMany(_ place: Int) -> Failure {
      let some =
        positionalCount == 0 ? "no arguments" : positionalCount == 1 ? "one argument" : "at most \(positionalCount) arguments"
      return Failure(
        "\(title) takes \(some)\(names.count > positionalCount ? " without a name" : "")", [(.position(place), "one too many")],
        advice: names.isEmpty ? [] : ["It takes: \(names.joined(separator: ", "))."])
    }
    func twice(_ name: String, _ first: Int, _ second: Int) -> Failure {
      Failure("`\(name)` is given twice", [(.position(first), "here"), (.position(second), "and here")])
    }
    for place in written.values.indices {
      if let name = written.name(place) {
        guard let parameter = names.firstIndex(of: name) else {
          throw Failure(
            "\(title) has no argument `\(name)`", [(.argument(name), "")], advice: [advice(onUnknown: name, among: names)])
        }
        if bound[parameter] != nil { throw twice(name, writtenAt[parameter], place) }
        bound[parameter] = written.values[place]
        writtenAt[parameter] = place
        continue
      }
      guard next < positionalCount else { throw tooMany(place) }
      if isVariadic(next) {
        rest.append(written.values[place])
        if writtenAt[next] < 0 { writtenAt[next] = place }
        continue
      }
      if bound[next] != nil { throw twice(names[next], writtenAt[next], place) }
      bound[next] = written.values[place]
      writtenAt[next] = place
      next += 1
    }
    if !rest.isEmpty { bound[next] = .list(List(rest)) }
    if let block = written.block {
      guard blockPlace >= 0 else { throw tooMany(written.values.count) }
      if bound[blockPlace] != nil { throw twice(names[blockPlace], writtenAt[blockPlace], written.values.count) }
      bound[blockPlace] = block
    }
    return bound
  }
}

extension Parameter {
  var isVariadic: Bool { if case .variadic = passing { true } else { false } }

  var takesBlock: Bool {
    switch passing {
    case .block, .collecting: true
    case .single, .variadic, .quoted: false
    }
  }
}
