import Syntax

/// `owner.name`
final class FieldCode: Code {
  let owner: Code
  let name: Name

  init(_ owner: Code, _ name: Name, _ place: Place) {
    self.owner = owner
    self.name = name
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try owner.evaluate(frame)
    if case .record(let record) = value, let field = record[name.text] { return field }
    return try general(value, frame)
  }

  @inline(never)
  private func general(_ value: Value, _ frame: Frame) throws -> Value {
    let session = frame.machine.pointee.session
    do {
      return try Fields.get(name.text, of: value, catalog: session.catalog)
    } catch {
      throw Raised.from(error, at: place, in: session) { operand in
        switch operand {
        case .left, .callee: self.owner.place
        case .right, .whole, .argument, .position, .item: Place(source: self.place.source, span: self.name.span)
        }
      }
    }
  }
}

/// `owner.name = value`; with `operation`, `owner.name += value`.
final class AssignFieldCode: Code {
  let owner: Code
  let name: Name
  let operation: BinaryOperator?
  let value: Code
  /// The guard that was found last to take any value here, by its serial number; 0 for none.
  private var freeGuard = 0

  init(_ owner: Code, _ name: Name, operation: BinaryOperator?, value: Code, _ place: Place) {
    self.owner = owner
    self.name = name
    self.operation = operation
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let target = try owner.evaluate(frame)
    let session = frame.machine.pointee.session
    if let operation {
      var before: Value
      do {
        before = try Fields.get(name.text, of: target, catalog: session.catalog)
      } catch {
        throw Raised.from(error, at: place, in: session) { _ in Place(source: self.place.source, span: self.name.span) }
      }
      let right = try value.evaluate(frame)
      if operation == .add, Growth.fits(before, right), case .record(let record) = target, takesAnything(record) {
        return try extend(&before, by: right, in: record, frame)
      }
      let after = try applied(operation, before, right, frame)
      try set(after, of: target, session)
    } else {
      try set(try value.evaluate(frame), of: target, session)
    }
    return .none
  }

  private func applied(_ operation: BinaryOperator, _ left: Value, _ right: Value, _ frame: Frame) throws -> Value {
    let target = Place(source: place.source, span: owner.place.span.union(name.span))
    return try BinaryCode(operation, left: target, right: value.place, place)
      .applyGeneral(left, right, frame)
  }

  /// `owner.name += value`, where the value is made longer where it is.
  private func extend(_ value: inout Value, by end: Value, in record: Record, _ frame: Frame) throws -> Value {
    let session = frame.machine.pointee.session
    var isDone = false
    do {
      isDone = try Growth.extend(&value, by: end, in: session) { record[name.text] = Value.none }
    } catch {
      record[name.text] = value
      throw Raised.from(error, at: place, in: session)
    }
    if !isDone {
      record[name.text] = value
      value = try applied(.add, value, end, frame)
    }
    try set(value, of: .record(record), session)
    return .none
  }

  /// Whether a record's guard has nothing to say of the field, as far as is known.
  private func takesAnything(_ record: Record) -> Bool {
    let serial = record.guardian?.serial ?? 0
    if serial == 0 || serial == freeGuard { return true }
    if record.guardian?.takesAnything(name.text) == true { freeGuard = serial }
    return false
  }

  func set(_ value: Value, of target: Value, _ session: Session) throws {
    if case .record(let record) = target, takesAnything(record) {
      session.suspects.note(value, in: record)
      record[name.text] = value
      return
    }
    do {
      try Fields.set(name.text, of: target, to: value, in: session)
    } catch let raised as Raised {
      // In a function that a guard calls.
      raised.addCall(place.label(name.text))
      throw raised
    } catch {
      throw Raised.from(error, at: place, in: session) { operand in
        switch operand {
        case .left, .callee: self.owner.place
        case .argument, .position, .right: self.value.place
        case .whole, .item: Place(source: self.place.source, span: self.name.span)
        }
      }
    }
  }
}

/// What stands between brackets at one place.
enum IndexCode {
  case value(Code)
  case slice(lower: Code?, upper: Code?, Place)

  var place: Place {
    switch self {
    case .value(let code): code.place
    case .slice(_, _, let place): place
    }
  }

  func evaluate(_ frame: Frame) throws -> Index {
    switch self {
    case .value(let code):
      let value = try code.evaluate(frame)
      if case .range(let range) = value, range.step == 1,
        let lower = Int(exactly: range.lower), let upper = Int(exactly: range.upper)
      {
        return .slice(lower: lower, upper: upper)
      }
      return .value(value)
    case .slice(let lower, let upper, _):
      return .slice(lower: try bound(lower, frame), upper: try bound(upper, frame))
    }
  }

  private func bound(_ code: Code?, _ frame: Frame) throws -> Int? {
    guard let code else { return nil }
    let value = try code.evaluate(frame)
    do {
      return try Indexing.wholeNumber(value)
    } catch {
      throw Raised.from(error, at: code.place, in: frame.machine.pointee.session)
    }
  }
}

/// `owner[i]`, `owner[a..b, c]`
final class ElementCode: Code {
  let owner: Code
  let indices: [IndexCode]
  let only: Code?

  init(_ owner: Code, _ indices: [IndexCode], _ place: Place) {
    self.owner = owner
    self.indices = indices
    if indices.count == 1, case .value(let code) = indices[0] { only = code } else { only = nil }
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let value = try owner.evaluate(frame)
    if let only, case .list(let list) = value {
      let index = try only.evaluate(frame)
      if case .number(let number) = index, let place = Int(exactly: number), place >= 0, place < list.elements.count {
        return list.elements[place]
      }
      return try general(value, [try IndexCode.value(ConstantCode(index, only.place)).evaluate(frame)], frame)
    }
    return try general(value, try indices.map { try $0.evaluate(frame) }, frame)
  }

  @inline(never)
  private func general(_ value: Value, _ places: [Index], _ frame: Frame) throws -> Value {
    do {
      return try Indexing.get(places, of: value)
    } catch {
      throw Raised.from(error, at: place, in: frame.machine.pointee.session) { self.place(of: $0) }
    }
  }

  func place(of operand: Operand) -> Place {
    switch operand {
    case .left, .callee: owner.place
    case .position(let index): indices.indices.contains(index) ? indices[index].place : place
    case .right, .whole, .argument, .item: place
    }
  }
}

/// `owner[i] = value`; with `operation`, `owner[i] += value`.
final class AssignElementCode: Code {
  let element: ElementCode
  let operation: BinaryOperator?
  let value: Code

  init(_ element: ElementCode, operation: BinaryOperator?, value: Code, _ place: Place) {
    self.element = element
    self.operation = operation
    self.value = value
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    let owner = try element.owner.evaluate(frame)
    let places = try element.indices.map { try $0.evaluate(frame) }
    if let operation {
      let before: Value
      do {
        before = try Indexing.get(places, of: owner)
      } catch {
        throw Raised.from(error, at: place, in: frame.machine.pointee.session) { self.element.place(of: $0) }
      }
      let right = try value.evaluate(frame)
      let after = try BinaryCode(operation, left: element.place, right: value.place, place)
        .applyGeneral(before, right, frame)
      try set(after, owner, places, frame)
    } else {
      try set(try value.evaluate(frame), owner, places, frame)
    }
    return .none
  }

  func set(_ value: Value, _ owner: Value, _ places: [Index], _ frame: Frame) throws {
    let session = frame.machine.pointee.session
    do {
      try Indexing.set(places, of: owner, to: value, in: session)
    } catch let raised as Raised {
      raised.addCall(place.label("a field"))
      throw raised
    } catch {
      throw Raised.from(error, at: place, in: session) { operand in
        switch operand {
        case .argument, .right: self.value.place
        case .left, .callee, .position, .whole, .item: self.element.place(of: operand)
        }
      }
    }
  }
}
