import Syntax

/// The calls of a program that is checked without being run, as the compiler meets them.
final class MetCalls {
  /// A call of a function by its name.
  struct MetCall {
    let name: String
    let call: Call
    let source: Source
    /// What the name certainly stands for, as the layers within the braces of a net; else nil.
    let builtin: Builtin?
  }

  private(set) var all: [MetCall] = []

  /// Notes a call whose callee has become `code`, unless a record's fields are among its arguments.
  func note(_ call: Call, _ code: Code, in source: Source) {
    guard case .name(let name) = call.callee.kind, !call.arguments.contains(where: \.isSpread) else { return }
    if let constant = code as? ConstantCode, case .builtin(let builtin) = constant.value {
      all.append(MetCall(name: name, call: call, source: source, builtin: builtin))
    } else if code is GlobalCode {
      all.append(MetCall(name: name, call: call, source: source, builtin: nil))
    }
  }
}

/// Finds calls that give a function what it does not take: arguments of names that it does not have, too many of them, or too few. Looked at
/// are calls of builtins, and of functions that are defined once, by the program or a module that it uses, and never set to anything else.
struct CallCheck {
  private let catalog: Catalog
  private var functions: [String: FunctionLiteral] = [:]
  /// Names that may stand for more than one thing.
  private var doubtful: Set<String> = []

  init(catalog: Catalog) { self.catalog = catalog }

  /// Notes what a program defines, or a module that brings its names into one.
  mutating func meet(_ program: Program) {
    var others = NameCollector()
    for statement in program.statements {
      guard case .definition(let name, let literal) = statement.kind else {
        others.visit([statement])
        continue
      }
      if functions.updateValue(literal, forKey: name.text) != nil { doubtful.insert(name.text) }
    }
    doubtful.formUnion(others.assigned)
  }

  /// What is wrong with a call; nil where that cannot be said for certain.
  func fault(of met: MetCalls.MetCall) -> Diagnostic? {
    let arguments = met.call.arguments
    let written = WrittenArguments(
      values: arguments.map { _ in Value.none }, names: arguments.map(\.name), block: met.call.block.map { _ in Value.none })
    do {
      if let builtin = met.builtin {
        try look(at: written, for: builtin)
      } else if !doubtful.contains(met.name) {
        if let function = functions[met.name] {
          try look(at: written, for: function, named: met.name)
        } else if case .builtin(let builtin)? = catalog.value(named: met.name) {
          try look(at: written, for: builtin)
        }
      }
      return nil
    } catch {
      return (error as? Failure).map { diagnostic($0, met) }
    }
  }

  /// Throws where no form of the builtin takes these.
  private func look(at written: WrittenArguments, for builtin: Builtin) throws {
    var first: (any Error)?
    let names = written.names.compactMap { $0?.text }
    let fitting = builtin.forms.filter { form in names.allSatisfy(form.parameterNames.contains) }
    for form in fitting.isEmpty ? builtin.forms : fitting {
      do {
        let bound = try Binding.bind(written, toForm: form)
        for place in bound.indices where bound[place] == nil { _ = try Binding.checked(nil, form, place) }
        return
      } catch { first = first ?? error }
    }
    if let first { throw first }
  }

  private func look(at written: WrittenArguments, for function: FunctionLiteral, named title: String) throws {
    guard let taken = taken(by: function) else { return }
    let names = taken.map(\.name)
    let bound = try Binding.bind(
      written, title: title, names: names, isVariadic: { _ in false }, positionalCount: function.parameters.count,
      blockPlace: names.count - 1)
    for (place, parameter) in taken.enumerated() where bound[place] == nil && parameter.isRequired {
      throw Binding.missing(parameter.name, of: title, names)
    }
  }

  /// All that a function takes: its parameters, and what it has from others by `...options: other`; nil where one of these is not known.
  private func taken(by function: FunctionLiteral, depth: Int = 0) -> [(name: String, isRequired: Bool)]? {
    let own = function.parameters.map { (name: $0.name.text, isRequired: $0.defaultValue == nil) }
    guard let options = function.options else { return own }
    let name = options.function.text
    guard depth < 10, !doubtful.contains(name), let other = functions[name], let found = taken(by: other, depth: depth + 1) else {
      return nil
    }
    return own + options.places(among: found.map(\.name)).map { found[$0] }
  }

  private func diagnostic(_ failure: Failure, _ met: MetCalls.MetCall) -> Diagnostic {
    let call = met.call
    func span(_ operand: Operand) -> Span {
      switch operand {
      case .position(let place) where place < call.arguments.count: return call.arguments[place].value.span
      case .position: return call.block?.span ?? call.callee.span
      case .argument(let name):
        let argument = call.arguments.first { $0.name?.text == name }
        return argument.map { ($0.name?.span ?? $0.value.span).union($0.value.span) } ?? call.callee.span
      case .item, .left, .right, .callee, .whole: return call.callee.span
      }
    }
    return Diagnostic(
      title: failure.title,
      labels: failure.marks.map { Diagnostic.Label(source: met.source, span: span($0.operand), text: $0.text) },
      advice: failure.advice)
  }
}
