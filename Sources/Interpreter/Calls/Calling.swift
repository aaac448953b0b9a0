import Syntax

extension UnsafeMutablePointer where Pointee == Machine {
  /// Runs a function whose parameters lie in the slots from `base` on, nil where none was given; they are the last slots in use.
  /// Leaves the stack as it was below `base`.
  @inline(__always)
  func run(_ function: Function, _ base: UnsafeMutablePointer<Value?>, isComplete: Bool) throws -> Value {
    let template = function.template
    if template.slotCount == 0 { template.makeReady() }
    let slotCount = template.slotCount
    let end = base + slotCount
    if !isFree || end > pointee.end {
      do {
        try refuse(end)
      } catch {
        clear(base, base + template.argumentCount)
        throw error
      }
    }
    var slot = base + template.argumentCount
    while slot < end {
      slot.initialize(to: nil)
      slot += 1
    }
    pointee.top = end
    defer { clear(base, end) }
    if !template.isPlain || !isComplete { try prepare(function, base, isComplete: isComplete) }
    return try enter(template, Frame(locals: base, machine: self))
  }

  @inline(__always)
  private func enter(_ template: FunctionTemplate, _ frame: Frame) throws -> Value {
    do {
      return try template.result(frame)
    } catch let transfer as Transfer where transfer.flow == .leaveFunction {
      return takeReturned()
    }
  }

  @inline(never)
  private func refuse(_ end: UnsafeMutablePointer<Value?>) throws {
    try attend()
    if end > pointee.end { throw Self.tooDeep }
  }

  /// Checks the kinds of arguments, puts captured variables into cells, and evaluates the defaults of parameters that were not given.
  @inline(never)
  private func prepare(_ function: Function, _ base: UnsafeMutablePointer<Value?>, isComplete: Bool) throws {
    let template = function.template
    for check in template.checks {
      guard let value = base[check.place], !check.accepts(value) else { continue }
      base[check.place] = try taken(value, check, template)
    }
    if isComplete, template.hasNoCells { return }
    for (slot, cell) in zip(template.captureSlots, function.captured) { base[slot] = .object(cell) }
    var missing: [Int] = []
    for place in 0..<template.parameterCount where base[place] == nil { missing.append(place) }
    for slot in template.cells { base[slot] = .object(Cell(base[slot])) }
    for place in missing {
      guard let code = template.defaults[place] else {
        throw Failure("\(template.title) wants a value for `\(template.parameterNames[place])`")
      }
      var value = try code.evaluate(Frame(locals: base, machine: self))
      if let check = template.defaultChecks[place] { value = try checkedDefault(value, check, template, code) }
      if template.cells.contains(place) {
        base[place].cell.value = value
      } else {
        base[place] = value
      }
    }
  }

  @inline(never)
  private func taken(_ value: Value, _ check: ParameterCheck, _ template: FunctionTemplate) throws -> Value {
    if let taken = try check.kind.taken(value) { return taken }
    throw check.kind.refusal(value, of: template.title, for: check.name, at: .argument(check.name))
  }

  /// A default that is worked out at the call: what is wrong with it is wrong in the function, and marked there.
  private func checkedDefault(
    _ value: Value, _ check: ParameterCheck, _ template: FunctionTemplate, _ code: Code
  ) throws -> Value {
    do {
      return try taken(value, check, template)
    } catch {
      throw Raised.from(error, at: code.place, in: pointee.session)
    }
  }

  /// Destroys the slots from `base` up to `end`, and makes `base` the top.
  @inline(__always)
  func clear(_ base: UnsafeMutablePointer<Value?>, _ end: UnsafeMutablePointer<Value?>) {
    var slot = base
    while slot < end {
      _ = slot.move()
      slot += 1
    }
    pointee.top = base
  }

  /// Moves values to the top of the stack, to be the parameters of a call.
  func push(_ values: [Value?]) throws -> UnsafeMutablePointer<Value?> {
    let base = pointee.top
    guard base + values.count < pointee.end else { throw Self.tooDeep }
    for (place, value) in values.enumerated() { (base + place).initialize(to: value) }
    pointee.top = base + values.count
    return base
  }

  /// Runs a builtin whose bound parameters are these.
  func run(_ builtin: Builtin, _ parameters: [Value?]) throws -> Value {
    let base = try push(parameters)
    defer { clear(base, base + parameters.count) }
    return try builtin.body(Invocation(builtin: builtin, session: pointee.session, arguments: base))
  }
}
