import Glibc

@testable import Interpreter
@testable import Library
@testable import Syntax

extension FuzzTarget {
  /// One statement for each input. Files are written into the scratch folder, and `GAN_FUZZ_SHOW=1` shows each statement.
  static let calls = FuzzTarget(
    "calls", "calls builtins and the standard library, and uses operators, with nasty values", longest: 64, changesProcess: true
  ) {
    chdir(Scratch.folder)
    let shows = getenv("GAN_FUZZ_SHOW") != nil
    let watch = Watch(milliseconds: 200)
    let renderer = DiagnosticRenderer(width: 80)
    var session = try Calls.session()
    for value in NastyValues.all + NastyValues.ranges { try session.run(Source(name: value, text: value)) }
    let calls = Calls(session)
    var count = 0
    return { bytes in
      count += 1
      if count % 500 == 0, let next = try? Calls.session() {
        session = next
        Scratch.empty()
      }
      var choices = Choices(bytes)
      let text = calls.statement(&choices)
      if shows { Environment.say(text) }
      watch.limit(session.interrupter) {
        do {
          try session.run(Source(name: "fuzz.gan", text: text), echo: .each)
        } catch let error as Diagnostic {
          _ = renderer.render(error)
        } catch {
          precondition(Library.isInterruption(error) || error is Exit, "\(error)")
        }
      }
    }
  }
}

/// Makes statements.
private struct Calls {
  private struct Callee {
    var name: String
    var parameters: [String]
    var takesBlock = false
  }

  private let callees: [Callee]
  private let layers: [Callee]

  /// A session with every module of the standard library, and the values' prelude.
  static func session() throws -> Session {
    let session = Library.session(threads: 1)
    session.sink = Listener()
    session.seed(1)
    let uses = session.standardModuleNames.map { "use \($0)\n" }.joined()
    try session.run(Source(name: "prelude.gan", text: uses + NastyValues.prelude))
    return session
  }

  init(_ session: Session) {
    let builtins = session.catalog.all.flatMap(\.forms).map { form in
      Callee(
        name: form.name, parameters: form.parameters.map(\.name), takesBlock: form.parameters.contains { $0.takesBlock })
    }
    let functions = session.visibleNames.compactMap { name -> Callee? in
      guard case .function(let function)? = session[name] else { return nil }
      return Callee(name: name, parameters: function.parameterNames)
    }
    callees = builtins + functions
    layers = session.catalog.vocabularyNames.flatMap { session.catalog.all(vocabulary: $0) }.map { layer in
      Callee(name: layer.name, parameters: layer.parameters.map(\.name))
    }
  }

  func statement(_ choices: inout Choices) -> String {
    switch choices.below(20) {
    case 0..<11: return call(&choices)
    case 11: return "net input: \(value(&choices)) { \(layer(&choices)); \(layer(&choices)) }"
    case 12: return "(net { \(layer(&choices)); \(layer(&choices)) })(\(value(&choices)))"
    case 13, 14: return operation(&choices)
    case 15: return index(&choices)
    case 16: return field(&choices)
    case 17: return "v = \(value(&choices)); \"{v:\(format(&choices))} {[v]}\""
    case 18: return control(&choices)
    default: return "v = \(value(&choices)); v(\(arguments(for: nil, &choices)))"
    }
  }

  private func value(_ choices: inout Choices) -> String { choices.one(of: NastyValues.all) }

  private func call(_ choices: inout Choices) -> String {
    let callee = callees[choices.below(callees.count)]
    let text = "\(callee.name)(\(arguments(for: callee, &choices)))"
    guard callee.takesBlock, choices.below(2) == 0 else { return text }
    return text + " { \(value(&choices)) }"
  }

  private func arguments(for callee: Callee?, _ choices: inout Choices) -> String {
    let usual = callee?.parameters.count ?? 1
    // Mostly as many as are taken at most, or fewer.
    let count = choices.below(min(usual, 4) + 2)
    var parts: [String] = []
    for place in 0..<count {
      let text = value(&choices)
      guard let callee, place > 0 || choices.below(8) == 0, !callee.parameters.isEmpty, choices.below(2) == 0 else {
        parts.append("(\(text))")
        continue
      }
      parts.append("\(callee.parameters[choices.below(callee.parameters.count)]): \(text)")
    }
    return parts.joined(separator: ", ")
  }

  private func layer(_ choices: inout Choices) -> String {
    let layer = layers[choices.below(layers.count)]
    return "\(layer.name)(\(arguments(for: layer, &choices)))"
  }

  private func operation(_ choices: inout Choices) -> String {
    let operators = [
      "+", "-", "*", "/", "%", "^", "@", "==", "!=", "<", "<=", ">", ">=", "and", "or", "in", "|>", "..", "not in",
    ]
    let assignments = ["+=", "-=", "*=", "/=", "%=", "^=", "@="]
    switch choices.below(4) {
    case 0: return "v = \(value(&choices)); v \(choices.one(of: assignments)) (\(value(&choices))); v"
    case 1: return "\(choices.one(of: ["-", "not ", "+"]))(\(value(&choices)))"
    case 2: return "v = \(value(&choices)); v \(choices.one(of: operators)) v"
    default: return "(\(value(&choices))) \(choices.one(of: operators)) (\(value(&choices)))"
    }
  }

  private func index(_ choices: inout Choices) -> String {
    let count = 1 + choices.below(3)
    let places = (0..<count).map { _ in choices.below(4) == 0 ? choices.one(of: NastyValues.ranges) : "(\(value(&choices)))" }
    let text = "v = \(value(&choices)); v[\(places.joined(separator: ", "))]"
    return choices.below(3) == 0 ? text + " = \(value(&choices)); v" : text
  }

  private func field(_ choices: inout Choices) -> String {
    let names = [
      "a", "name", "shape", "step", "parameters", "layers", "rate", "size", "message", "x", "self", "labels", "training",
    ]
    let name = choices.one(of: names)
    switch choices.below(3) {
    case 0: return "v = \(value(&choices)); v.\(name)"
    case 1: return "v = \(value(&choices)); v.\(name) = \(value(&choices)); v"
    default: return "v = \(value(&choices)); v.\(name)(\(value(&choices)))"
    }
  }

  private func format(_ choices: inout Choices) -> String {
    choices.one(of: ["", "<", ">", "^", "+"]) + choices.one(of: ["", "0", "1", "08", "1000"])
      + choices.one(of: ["", ".0", ".3", ".100"]) + choices.one(of: ["", "e", "%"])
  }

  private func control(_ choices: inout Choices) -> String {
    switch choices.below(7) {
    case 0: return "for i in (\(value(&choices))) { v = i }; v"
    case 1: return "for i, j in (\(value(&choices))) { v = [i, j] }"
    case 2: return "if (\(value(&choices))) { 1 } else { 2 }"
    case 3: return "a, b = (\(value(&choices))); [a, b]"
    case 4: return "try { error (\(value(&choices))) } catch e { e }"
    case 5: return "v = [x -> \(value(&choices)), \(value(&choices))]; map(v[1], v[0])"
    default:
      return "fn f(x: \(choices.one(of: ["number", "tensor", "count", "list", "net", "share"]))) = x; f(\(value(&choices)))"
    }
  }
}
