import Base
import Syntax

/// A call of a builtin, its arguments bound to the parameters and checked against their kinds.
/// Valid only while the builtin's body runs.
public struct Invocation: ~Copyable {
  /// The form that was called.
  public let builtin: Builtin
  /// The session that runs the call.
  public let session: Session
  let arguments: UnsafeMutablePointer<Value?>

  init(builtin: Builtin, session: Session, arguments: UnsafeMutablePointer<Value?>) {
    self.builtin = builtin
    self.session = session
    self.arguments = arguments
  }

  /// The argument at a parameter's place, its default where none was given.
  public subscript(place: Int) -> Value {
    guard place >= 0, place < builtin.parameters.count else { return .none }
    return arguments[place] ?? builtin.parameters[place].defaultValue ?? .none
  }

  private func place(of name: String) -> Int {
    builtin.parameters.firstIndex { $0.name == name } ?? -1
  }

  /// The argument bound to the parameter `name`, its default where none was given.
  public func value(_ name: String) -> Value { self[place(of: name)] }

  /// Whether the argument was written in the call.
  public func isGiven(_ name: String) -> Bool {
    let place = place(of: name)
    return place >= 0 && arguments[place] != nil
  }

  /// The argument as a number.
  ///
  /// - Throws: the `Failure` of `wrong` where it is none; a parameter whose kind takes numbers only cannot fail. So do all
  ///   that follow.
  public func number(_ name: String) throws -> Double {
    if case .number(let number) = value(name) { return number }
    throw wrong(name, wanted: "a number")
  }

  /// The argument as a whole number that `Int` holds.
  public func integer(_ name: String) throws -> Int {
    if case .number(let number) = value(name), let integer = Int(exactly: number) { return integer }
    throw wrong(name, wanted: "a whole number")
  }

  /// The argument as a string.
  public func string(_ name: String) throws -> String {
    if case .string(let string) = value(name) { return string }
    throw wrong(name, wanted: "a string")
  }

  /// The argument as true or false.
  public func boolean(_ name: String) throws -> Bool {
    if case .boolean(let boolean) = value(name) { return boolean }
    throw wrong(name, wanted: "true or false")
  }

  /// The argument as a list, shared with the program.
  public func list(_ name: String) throws -> List {
    if case .list(let list) = value(name) { return list }
    throw wrong(name, wanted: "a list")
  }

  /// The argument as a record, shared with the program.
  public func record(_ name: String) throws -> Record {
    if case .record(let record) = value(name) { return record }
    throw wrong(name, wanted: "a record")
  }

  /// The object, as the kind wanted.
  public func object<T>(_ name: String, as type: T.Type = T.self) throws -> T {
    if case .object(let object) = value(name), let wanted = object as? T { return wanted }
    throw wrong(name, wanted: builtin.parameters.first { $0.name == name }?.kind.description ?? "another kind")
  }

  /// The values of a variadic parameter, or the elements of a list or range.
  ///
  /// - Throws: a `Failure` for other values, and for a range longer than `List.lengthLimit`.
  public func values(_ name: String) throws -> [Value] {
    switch value(name) {
    case .list(let list):
      // Most callers make another of its length.
      try Memory.require(list.elements.count, of: Value.self)
      return list.elements
    case .range(let range):
      try refuseLong(range.count, name)
      try Memory.require(range.count, of: Value.self)
      return (0..<range.count).map { .number(range.number(at: $0)) }
    case .none: return []
    case .boolean, .number, .string, .record, .function, .builtin, .object: throw wrong(name, wanted: "a list")
    }
  }

  /// Runs over an argument's elements, as `for` does; refuses ranges too long for a list of their numbers.
  ///
  /// - Throws: a `Failure` where the argument has no elements, or is such a range.
  public func elements(_ name: String) throws -> Elements {
    if case .range(let range) = value(name) { try refuseLong(range.count, name) }
    return try value(name).elements()
  }

  private func refuseLong(_ count: Int, _ name: String) throws {
    guard count > List.lengthLimit else { return }
    throw Failure("the list would be too long", [(.argument(name), "\(count) numbers")])
  }

  /// The argument as a number; nil where it is none.
  public func optionalNumber(_ name: String) throws -> Double? {
    if case .none = value(name) { nil } else { try number(name) }
  }
  /// The argument as a whole number; nil where it is none.
  public func optionalInteger(_ name: String) throws -> Int? {
    if case .none = value(name) { nil } else { try integer(name) }
  }
  /// The argument as a string; nil where it is none.
  public func optionalString(_ name: String) throws -> String? {
    if case .none = value(name) { nil } else { try string(name) }
  }
  /// The argument as true or false; nil where it is none.
  public func optionalBoolean(_ name: String) throws -> Bool? {
    if case .none = value(name) { nil } else { try boolean(name) }
  }
  /// The argument as an object of a type; nil where it is none.
  public func optionalObject<T>(_ name: String, as type: T.Type = T.self) throws -> T? {
    if case .none = value(name) { nil } else { try object(name, as: type) }
  }

  /// Calls the function that was given for a parameter.
  ///
  /// - Throws: what the function throws.
  @discardableResult
  public func callFunction(_ name: String, _ arguments: [Value] = []) throws -> Value {
    try session.call(value(name), arguments)
  }

  /// Runs a collecting block and gives the values it gathered; marks name them by `.item(name, place)`.
  ///
  /// - Throws: what the block throws, and a `Failure` where the argument is no block.
  public func collect(_ name: String) throws -> [Value] {
    guard case .object(let object) = try session.callKeeping(value(name)), let collection = object as? Collection else {
      throw wrong(name, wanted: "a block { … }")
    }
    session.lastCollection = collection
    return collection.values
  }

  /// The failure of an argument of the wrong kind.
  public func wrong(_ name: String, wanted: String) -> Failure {
    Failure("\(builtin.name) wants \(wanted) for `\(name)`", [(.argument(name), value(name).briefly)])
  }
}
