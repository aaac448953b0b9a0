import Syntax

/// Statements one after the other; the value is that of the last.
final class SequenceCode: Code {
  /// All but the last.
  let statements: CodeList
  let last: Code

  init(_ statements: [Code], _ place: Place) {
    self.statements = CodeList(Array(statements.dropLast()))
    self.last = statements.last ?? ConstantCode(.none, place)
    super.init(place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    var place = 0
    while place < statements.count {
      let flow = try statements.execute(place, frame)
      if flow != .next { return flow }
      place += 1
    }
    return try last.execute(frame)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    var place = 0
    while place < statements.count {
      let flow = try statements.execute(place, frame)
      if flow != .next { throw Transfer(flow: flow) }
      place += 1
    }
    return try last.evaluate(frame)
  }

  override func result(_ frame: Frame) throws -> Value {
    var place = 0
    while place < statements.count {
      let flow = try statements.execute(place, frame)
      switch flow {
      case .next: place += 1
      case .leaveFunction: return frame.machine.takeReturned()
      case .leaveLoop, .nextRound: throw Transfer(flow: flow)
      }
    }
    return try last.result(frame)
  }
}

extension UnsafeMutablePointer where Pointee == Machine {
  @inline(__always)
  func takeReturned() -> Value {
    let value = pointee.returned
    pointee.returned = .none
    return value
  }
}

/// `if c { … } else { … }`; a chain of `else if` is nested in `otherwise`.
final class ConditionalCode: Code {
  let condition: Code
  let body: Code
  let otherwise: Code?

  init(_ condition: Code, _ body: Code, otherwise: Code?, _ place: Place) {
    self.condition = condition
    self.body = body
    self.otherwise = otherwise
    super.init(place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    if try condition.test(frame) { return try body.execute(frame) }
    return try otherwise?.execute(frame) ?? .next
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    if try condition.test(frame) { return try body.evaluate(frame) }
    return try otherwise?.evaluate(frame) ?? .none
  }

  override func result(_ frame: Frame) throws -> Value {
    if try condition.test(frame) { return try body.result(frame) }
    return try otherwise?.result(frame) ?? .none
  }
}

/// `break` and `continue`.
final class LeaveCode: Code {
  let flow: Flow

  init(_ flow: Flow, _ place: Place) {
    self.flow = flow
    super.init(place)
  }

  override func execute(_ frame: Frame) throws -> Flow { flow }
  override func evaluate(_ frame: Frame) throws -> Value { throw Transfer(flow: flow) }
}

final class ReturnCode: Code {
  let value: Code?

  init(_ value: Code?, _ place: Place) {
    self.value = value
    super.init(place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    frame.machine.pointee.returned = try value?.evaluate(frame) ?? .none
    return .leaveFunction
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    _ = try execute(frame)
    throw Transfer(flow: .leaveFunction)
  }

  override func result(_ frame: Frame) throws -> Value { try value?.evaluate(frame) ?? .none }
}

/// `try { … } catch e { … }`.
final class AttemptCode: Code {
  let body: Code
  let variable: Assignable?
  let handler: Code

  init(_ body: Code, variable: Assignable?, handler: Code, _ place: Place) {
    self.body = body
    self.variable = variable
    self.handler = handler
    super.init(place)
  }

  /// Puts the error into the variable; throws on what may not be caught.
  private func take(_ error: any Error, _ frame: Frame) throws {
    if error is Transfer || error is Interrupted || error is Exit { throw error }
    let raised = Raised.raised(from: error, at: place, in: frame.machine.pointee.session)
    if variable != nil { frame.machine.pointee.session.deeds?.seeLine() }
    try variable?.assign(.record(raised.record), frame)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    do {
      return try body.execute(frame)
    } catch {
      try take(error, frame)
    }
    return try handler.execute(frame)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    do {
      return try body.evaluate(frame)
    } catch {
      try take(error, frame)
    }
    return try handler.evaluate(frame)
  }

  override func result(_ frame: Frame) throws -> Value {
    do {
      return try body.result(frame)
    } catch {
      try take(error, frame)
    }
    return try handler.result(frame)
  }
}

/// Runs a module and brings its names into view.
final class UseCode: Code {
  let module: Module
  /// The one name under which the module's are brought; nil: each by itself.
  let alias: String?
  let globals: Globals

  init(_ module: Module, as alias: String?, globals: Globals, _ place: Place) {
    self.module = module
    self.alias = alias
    self.globals = globals
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    try frame.machine.pointee.session.use(module, as: alias, into: globals, at: place)
    return .none
  }
}
