import Syntax

/// A call: what all of its forms share, and how the errors of the callee get their places.
class CallCode: Code {
  let callee: Code
  let argumentList: CodeList
  var arguments: [Code] { argumentList.codes }
  /// Parallel to `arguments`; empty where none is named.
  let names: [Name?]
  /// The record whose fields are named arguments besides.
  let spread: Code?
  let block: Code?

  init(
    _ callee: Code, _ arguments: [Code], names: [Name?] = [], spread: Code? = nil, block: Code? = nil, _ place: Place
  ) {
    self.callee = callee
    argumentList = CodeList(arguments)
    self.names = names
    self.spread = spread
    self.block = block
    super.init(place)
  }

  /// The error of a call of `value`, with its places.
  @inline(never)
  final func located(_ error: any Error, calling value: Value, _ frame: Frame) -> any Error {
    let session = frame.machine.pointee.session
    session.remarks.pending = []
    if let raised = error as? Raised {
      raised.addCall(place.label(Self.title(of: value)))
      return raised
    }
    return Raised.from(error, at: place, in: session) { operand in
      self.locate(operand, of: value, session)
    }
  }

  /// The value of a builtin's call, after which its remarks are told.
  @inline(__always)
  final func told(_ result: Value, _ builtin: Builtin, _ session: Session) -> Value {
    if !session.remarks.pending.isEmpty {
      session.tellRemarks(at: place) { self.locate($0, of: .builtin(builtin), session) }
    }
    return result
  }

  private static func title(of value: Value) -> String {
    switch value {
    case .function(let function): function.template.title
    case .builtin(let builtin): builtin.name
    case .none, .boolean, .number, .string, .list, .range, .record, .object: value.typeNameWithArticle
    }
  }

  private func locate(_ operand: Operand, of value: Value, _ session: Session) -> Place {
    switch operand {
    case .callee: return callee.place
    case .whole, .left, .right: return place
    case .position(let index):
      if arguments.indices.contains(index) { return arguments[index].place }
      return spread?.place ?? (index == arguments.count ? block?.place : nil) ?? place
    case .argument(let name): return place(ofArgument: name, of: value) ?? spread?.place ?? place
    case .item(let name, let index):
      let places = session.lastCollection?.places ?? []
      if places.indices.contains(index) { return places[index] }
      return place(ofArgument: name, of: value) ?? place
    }
  }

  private func place(ofArgument name: String, of value: Value) -> Place? {
    if let named = names.firstIndex(where: { $0?.text == name }), let written = names[named] {
      // An unknown name is marked itself, a known one at its value.
      let isKnown = parameterNames(of: value).contains(name)
      return isKnown ? arguments[named].place : Place(source: place.source, span: written.span)
    }
    let positional = arguments.indices.filter { $0 >= names.count || names[$0] == nil }
    if case .function(let function) = value, let index = function.parameterNames.firstIndex(of: name) {
      if positional.indices.contains(index) { return arguments[positional[index]].place }
      return index == function.parameterNames.count - 1 ? block?.place : nil
    }
    guard case .builtin(let builtin) = value else { return nil }
    for form in builtin.forms {
      guard let index = form.parameters.firstIndex(where: { $0.name == name }) else { continue }
      switch form.parameters[index].passing {
      case .block, .collecting: if let block { return block.place }
      case .single, .variadic, .quoted: break
      }
      if positional.indices.contains(index) { return arguments[positional[index]].place }
      if let block, index == form.parameters.count - 1 { return block.place }
    }
    return nil
  }

  private func parameterNames(of value: Value) -> [String] {
    switch value {
    case .function(let function): function.parameterNames
    case .builtin(let builtin): builtin.forms.flatMap { $0.parameters.map(\.name) }
    case .none, .boolean, .number, .string, .list, .range, .record, .object: names.compactMap { $0?.text }
    }
  }

  /// The variable that the callee is, what it hides in words, and whether it is one of the program's own; nil where it hides nothing.
  private var hiddenByCallee: (name: String, hidden: String, isGlobal: Bool)? {
    let (name, scope): (String, Scope)
    switch callee {
    case let code as GlobalCode: (name, scope) = (code.name, code.scope)
    case let code as LocalCode: (name, scope) = (code.name, code.scope)
    case let code as CellCode: (name, scope) = (code.name, code.scope)
    default: return nil
    }
    return scope.hidden(by: name).map { (name, $0, callee is GlobalCode) }
  }

  /// The error of calling what cannot be called.
  @inline(never)
  final func notCallable(_ value: Value, _ session: Session) -> Raised {
    var advice: [String] = []
    if let field = callee as? FieldCode {
      advice = [
        arguments.isEmpty && block == nil
          ? "`\(field.name.text)` is a plain field: write it without parentheses."
          : "The field `\(field.name.text)` holds \(value.typeNameWithArticle)."
      ]
    } else if let (name, hidden, isGlobal) = hiddenByCallee {
      advice = [
        "`\(name)` is a variable here, which holds \(value.typeNameWithArticle) and hides \(hidden). Give the variable another name"
          + (isGlobal && session.canReset ? "; `reset \(name)` takes it away." : ".")
      ]
    } else if case .number = value, let first = arguments.first?.place, first.text.hasPrefix("-") {
      advice = ["A sign with a blank on each side subtracts: `\(callee.place.text) - \(first.text.dropFirst())`."]
    } else if case .list = value {
      advice = ["An index stands in brackets right after the name: `xs[0]`."]
    }
    return Raised("\(value.typeNameWithArticle) cannot be called", callee.place.label(value.briefly), advice: advice)
  }

  /// Calls with arguments that were evaluated before, by whatever way the callee asks for.
  final func call(_ value: Value, _ written: WrittenArguments, _ frame: Frame) throws -> Value {
    let machine = frame.machine
    do {
      switch value {
      case .function(let function):
        let bound = try Binding.bind(written, to: function)
        return try machine.run(function, try machine.push(bound), isComplete: false)
      case .builtin(let builtin):
        let (form, bound) = try Binding.bind(written, to: builtin)
        return told(try machine.run(form, bound), builtin, machine.pointee.session)
      case .object(let object) where object.isCallable:
        return try object.call(
          written.callArguments, session: machine.pointee.session)
      case .none, .boolean, .number, .string, .list, .range, .record, .object:
        throw notCallable(value, machine.pointee.session)
      }
    } catch {
      throw located(error, calling: value, frame)
    }
  }

  override func execute(_ frame: Frame) throws -> Flow {
    if case .object(let object) = try evaluate(frame) { try finish(object, frame) }
    return .next
  }

  private func finish(_ object: any Object, _ frame: Frame) throws {
    do {
      try frame.machine.pointee.session.finishStatement(.object(object))
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session)
    }
  }
}

extension WrittenArguments {
  var callArguments: CallArguments {
    var arguments = CallArguments()
    for (place, value) in values.enumerated() {
      if let name = name(place) { arguments.named.append((name: name, value: value)) } else { arguments.positional.append(value) }
    }
    if let block { arguments.positional.append(block) }
    return arguments
  }
}

/// A call with positional arguments alone: they are evaluated right into the slots of the callee's parameters.
final class PositionalCallCode: CallCode {
  override func evaluate(_ frame: Frame) throws -> Value {
    let machine = frame.machine
    let callee = try callee.evaluate(frame)
    let base = machine.pointee.top
    let count = argumentList.count
    guard base + count < machine.pointee.end else { throw located(type(of: machine).tooDeep, calling: callee, frame) }
    var place = 0
    do {
      while place < count {
        let value = try argumentList.evaluate(place, frame)
        (base + place).initialize(to: value)
        place += 1
        machine.pointee.top = base + place
      }
    } catch {
      machine.clear(base, base + place)
      throw error
    }
    if case .function(let function) = callee {
      if count == function.template.plainCount {
        do {
          return try machine.run(function, base, isComplete: true)
        } catch {
          throw located(error, calling: callee, frame)
        }
      }
    }
    return try general(callee, base, frame)
  }

  @inline(never)
  private func general(_ callee: Value, _ base: UnsafeMutablePointer<Value?>, _ frame: Frame) throws -> Value {
    let machine = frame.machine
    if case .builtin(let builtin) = callee, builtin.takesPlain(arguments.count) {
      defer { machine.clear(base, base + builtin.parameters.count) }
      for place in arguments.count..<builtin.parameters.count { (base + place).initialize(to: nil) }
      machine.pointee.top = base + builtin.parameters.count
      do {
        for place in builtin.parameters.indices where base[place] != nil || builtin.parameters[place].defaultValue == nil {
          base[place] = try Binding.checked(base[place], builtin, place)
        }
        try noteAllocation(frame)
        let session = machine.pointee.session
        return told(try builtin.body(Invocation(builtin: builtin, session: session, arguments: base)), builtin, session)
      } catch {
        throw located(error, calling: callee, frame)
      }
    }
    let values = (0..<arguments.count).map { base[$0] ?? .none }
    machine.clear(base, base + arguments.count)
    return try call(callee, WrittenArguments(values: values, names: [], block: nil), frame)
  }
}

/// A call with named arguments, a record that is spread, or a block.
final class GeneralCallCode: CallCode {
  override func evaluate(_ frame: Frame) throws -> Value {
    let callee = try callee.evaluate(frame)
    var written = WrittenArguments(values: [], names: names, block: nil)
    written.values.reserveCapacity(arguments.count)
    for argument in arguments { written.values.append(try argument.evaluate(frame)) }
    if let spread { try add(spread.evaluate(frame), to: &written) }
    written.block = try block?.evaluate(frame)
    return try call(callee, written, frame)
  }

  /// The fields of a record as named arguments behind those that are written.
  private func add(_ value: Value, to written: inout WrittenArguments) throws {
    let here = spread?.place ?? place
    guard case .record(let record) = value else {
      throw Raised(
        "only a record is spread into arguments", here.label(value.briefly),
        advice: ["Its fields are named arguments: `f(x, ...{rate: 0.1})` is `f(x, rate: 0.1)`."])
    }
    guard record.count > 0 else { return }
    if written.names.isEmpty { written.names = [Name?](repeating: nil, count: written.values.count) }
    for (name, value) in record.fields {
      written.values.append(value)
      written.names.append(Name(name, span: here.span))
    }
  }
}

/// A builtin's bare name as a statement: calls it, unless a variable of that name hides it.
final class CommandCode: Code {
  let variable: GlobalCode
  let call: CallCode

  init(_ variable: GlobalCode, call: CallCode, _ place: Place) {
    self.variable = variable
    self.call = call
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if let value = variable.cell.value { return value }
    return try call.evaluate(frame)
  }
}
