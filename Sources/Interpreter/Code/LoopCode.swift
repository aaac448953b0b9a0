import Syntax

/// What loops share: a round of the body, with the check for interrupts.
class LoopCode: Code {
  let body: Code

  init(body: Code, _ place: Place) {
    self.body = body
    super.init(place)
  }

  /// Runs the body once.
  @inline(__always)
  final func round(_ frame: Frame) throws -> Flow {
    if !frame.machine.isFree { try attend(frame) }
    do {
      return try body.execute(frame)
    } catch let transfer as Transfer {
      return transfer.flow
    }
  }

  @inline(never)
  private final func attend(_ frame: Frame) throws {
    do {
      try frame.machine.attend()
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session)
    }
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let flow = try execute(frame)
    if flow != .next { throw Transfer(flow: flow) }
    return .none
  }

  override func result(_ frame: Frame) throws -> Value {
    try execute(frame) == .leaveFunction ? frame.machine.takeReturned() : .none
  }
}

/// The body of a `for` whose variables are used by functions or blocks in it.
final class RoundCode: Code {
  let body: Code
  let variables: [Assignable]

  init(_ body: Code, variables: [Assignable], _ place: Place) {
    self.body = body
    self.variables = variables
    super.init(place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    let flow: Flow
    do {
      flow = try body.execute(frame)
    } catch {
      for variable in variables { try variable.endRound(frame) }
      throw error
    }
    for variable in variables { try variable.endRound(frame) }
    return flow
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let flow = try execute(frame)
    if flow != .next { throw Transfer(flow: flow) }
    return .none
  }
}

final class WhileCode: LoopCode {
  let condition: Code

  init(_ condition: Code, body: Code, _ place: Place) {
    self.condition = condition
    super.init(body: body, place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    while try condition.test(frame) {
      switch try round(frame) {
      case .next, .nextRound: continue
      case .leaveLoop: return .next
      case .leaveFunction: return .leaveFunction
      }
    }
    return .next
  }
}

/// `for i in a..b`, without making the range.
final class CountingLoopCode: LoopCode {
  let lower: Code
  let upper: Code
  let variable: Assignable
  let range: RangeCode

  init(lower: Code, upper: Code, range: RangeCode, variable: Assignable, body: Code, _ place: Place) {
    self.lower = lower
    self.upper = upper
    self.variable = variable
    self.range = range
    super.init(body: body, place)
  }

  override func execute(_ frame: Frame) throws -> Flow {
    let first = try lower.evaluate(frame)
    let last = try upper.evaluate(frame)
    guard case .number(var number) = first, case .number(let end) = last, number.isFinite, end.isFinite else {
      _ = try range.make(first, last, frame)
      return .next
    }
    let slot = variable.slot
    while number < end {
      if let slot {
        frame.locals[slot] = .number(number)
      } else {
        try variable.assign(.number(number), frame)
      }
      switch try round(frame) {
      case .next, .nextRound: break
      case .leaveLoop: return .next
      case .leaveFunction: return .leaveFunction
      }
      let next = number + 1
      // Beyond 2^53 adding one changes nothing: the loop would never end.
      if next == number { _ = try range.make(first, last, frame) }
      number = next
    }
    return .next
  }
}

final class ForCode: LoopCode {
  let sequence: Code
  let variables: [Assignable]

  init(_ sequence: Code, variables: [Assignable], body: Code, _ place: Place) {
    self.sequence = sequence
    self.variables = variables
    super.init(body: body, place)
  }

  private func bind(_ value: Value, _ frame: Frame) throws {
    if variables.count == 1 {
      try variables[0].assign(value, frame)
    } else {
      let session = frame.machine.pointee.session
      let parts = try Unpacking.parts(of: value, count: variables.count, place: sequence.place, in: session)
      for (variable, part) in zip(variables, parts) { try variable.assign(part, frame) }
    }
  }

  override func execute(_ frame: Frame) throws -> Flow {
    let value = try sequence.evaluate(frame)
    // A record with two variables gives name and value without making a pair.
    if case .record(let record) = value, variables.count == 2 {
      for (name, value) in record.fields {
        try variables[0].assign(.string(name), frame)
        try variables[1].assign(value, frame)
        switch try round(frame) {
        case .next, .nextRound: continue
        case .leaveLoop: return .next
        case .leaveFunction: return .leaveFunction
        }
      }
      return .next
    }
    let steps = try atSequence(frame) { try Elements(value) }
    while let element = try atSequence(frame, { try steps.next() }) {
      try bind(element, frame)
      switch try round(frame) {
      case .next, .nextRound: continue
      case .leaveLoop: return .next
      case .leaveFunction: return .leaveFunction
      }
    }
    return .next
  }

  /// What goes wrong with what is run over is marked there.
  @inline(__always)
  private func atSequence<Result>(_ frame: Frame, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw Raised.from(error, at: sequence.place, in: frame.machine.pointee.session) { _ in self.sequence.place }
    }
  }
}
