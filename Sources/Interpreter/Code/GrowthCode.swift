import Base
import Syntax

/// Strings and lists that are made longer where they are: to copy them each time would make one of n pieces cost n².
enum Growth {
  /// What makes a variable longer by what is put behind it: `x = x + a`, `x = "{x}…"`; nil for a value of another kind.
  static func code(of target: Assignable, to value: Code, _ place: Place) -> Code? {
    if let text = value as? TextCode, text.pieces.count > 1, case .value(let first, nil) = text.pieces[0],
      target.isRead(by: first)
    {
      return GrowTextCode(text, of: first, to: target, place)
    }
    var sums: [PairCode] = []
    var rest = value
    while let sum = rest as? PairCode, sum.operation == .add {
      sums.append(sum)
      rest = sum.left
    }
    return !sums.isEmpty && target.isRead(by: rest) ? AddToNameCode(sums.reversed(), to: target, place) : nil
  }

  /// Whether `extend` may put a value behind another.
  @inline(__always)
  static func fits(_ first: Value, _ second: Value) -> Bool {
    switch (first, second) {
    case (.string(let text), .string(let end)): text.utf8.count + end.utf8.count <= Operators.lengthLimit
    case (.list(let list), .list(let end)):
      list !== end && list.elements.count + end.elements.count <= Operators.lengthLimit
    case (.none, _), (.boolean, _), (.number, _), (.string, _), (.list, _), (.range, _), (.record, _), (.function, _),
      (.builtin, _),
      (.object, _):
      false
    }
  }

  /// Puts a value that fits behind another, which it takes; where somebody else holds the list, it stays as it is, and the answer is false.
  ///
  /// - Parameter letGo: Lets the variable or field that holds the first value go of it.
  static func extend(_ first: inout Value, by second: Value, in session: Session, letGo: () throws -> Void) throws -> Bool {
    if case .string(var text) = first, case .string(let end) = second {
      first = .none
      try letGo()
      defer { first = .string(text) }
      try text.grow(by: end)
      return true
    }
    guard case .list(var list) = first, case .list(let end) = second else { return false }
    first = .none
    try letGo()
    defer { first = .list(list) }
    guard isKnownUniquelyReferenced(&list) else { return false }
    try list.elements.makeRoom(for: end.elements.count)
    try list.append(end.elements, in: session)
    return true
  }
}

/// `x += value`, and `x = x + a + b`.
final class AddToNameCode: Code {
  /// From the sum whose left side is the variable to the whole.
  private let sums: [PairCode]
  private let innermost: PairCode
  private let isSingle: Bool
  private let whole: PairCode
  private let target: Assignable
  /// Where a variable of the function itself lies; nil for any other. Loops add numbers to such ones.
  private let slot: Int?

  /// `sums` must not be empty.
  init(_ sums: [PairCode], to target: Assignable, _ place: Place) {
    self.sums = sums
    innermost = sums[0]
    isSingle = sums.count == 1
    whole = sums[sums.count - 1]
    self.target = target
    slot = target.slot
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    _ = try execute(frame)
    return .none
  }

  override func execute(_ frame: Frame) throws -> Flow {
    guard let slot else {
      try add(frame)
      return .next
    }
    switch frame.locals[slot] {
    case .string?, .list?: try add(frame)
    case nil, .none?, .boolean?, .number?, .range?, .record?, .function?, .builtin?, .object?:
      frame.locals[slot] = try whole.evaluate(frame)
    }
    return .next
  }

  /// Any variable and any values.
  @inline(never)
  private func add(_ frame: Frame) throws {
    let sum = innermost
    var first = try sum.left.evaluate(frame)
    let second = try sum.right.evaluate(frame)
    if isSingle, case .number = first { return try target.assign(try sum.apply(first, second, frame), frame) }
    if !isSingle { return try addAll(&first, second, frame) }
    guard Growth.fits(first, second) else { return try target.assign(try sum.apply(first, second, frame), frame) }
    try extend(&first, by: second, frame) { try sum.apply($0, second, frame) }
  }

  /// Several values. Texts are put together before they are put behind the first: what is wrong with one of them is told before anything
  /// has changed.
  private func addAll(_ first: inout Value, _ second: Value, _ frame: Frame) throws {
    guard case .string = first, case .string(var end) = second else {
      return try target.assign(try rest(of: sums[0].apply(first, second, frame), from: 1, frame), frame)
    }
    for (place, sum) in sums.enumerated().dropFirst() {
      let next = try sum.right.evaluate(frame)
      guard case .string(let text) = next, Growth.fits(first, .string(end)) else {
        let sofar = try sums[0].apply(first, .string(end), frame)
        return try target.assign(try rest(of: sum.apply(sofar, next, frame), from: place + 1, frame), frame)
      }
      end += text
    }
    let all = Value.string(end)
    guard Growth.fits(first, all) else { return try target.assign(try whole.apply(first, all, frame), frame) }
    try extend(&first, by: all, frame) { try whole.apply($0, all, frame) }
  }

  /// The sum of a value and what stands at the sums from one on.
  private func rest(of value: Value, from start: Int, _ frame: Frame) throws -> Value {
    var value = value
    for sum in sums[start...] { value = try sum.apply(value, try sum.right.evaluate(frame), frame) }
    return value
  }

  /// `value` has no other holder than the variable, or is not made longer where it is.
  private func extend(_ value: inout Value, by end: Value, _ frame: Frame, otherwise: (Value) throws -> Value) throws {
    let session = frame.machine.pointee.session
    var isDone = false
    do {
      isDone = try Growth.extend(&value, by: end, in: session) { try target.assign(.none, frame) }
    } catch {
      try target.assign(value, frame)
      throw Raised.from(error, at: place, in: session)
    }
    if !isDone {
      // What is wrong leaves the variable as it was.
      try target.assign(value, frame)
      value = try otherwise(value)
    }
    try target.assign(value, frame)
  }
}

/// `x = "{x}…"`.
final class GrowTextCode: Code {
  private let text: TextCode
  private let variable: Code
  private let target: Assignable

  /// `text` begins with the variable.
  init(_ text: TextCode, of variable: Code, to target: Assignable, _ place: Place) {
    self.text = text
    self.variable = variable
    self.target = target
    super.init(place)
  }

  override func evaluate(_ frame: Frame) throws -> Value {
    var first = try variable.evaluate(frame)
    guard case .string = first else {
      try target.assign(try text.evaluate(frame), frame)
      return .none
    }
    let end = Value.string(try text.text(from: 1, frame))
    let session = frame.machine.pointee.session
    do {
      _ = try Growth.extend(&first, by: end, in: session) { try target.assign(.none, frame) }
    } catch {
      try target.assign(first, frame)
      throw Raised.from(error, at: place, in: session)
    }
    try target.assign(first, frame)
    return .none
  }
}
