import Syntax

/// A call of a builtin, its arguments bound to the parameters and checked against their kinds.
/// Valid only while the builtin's body runs.
public struct Invocation: ~Copyable {
  public let builtin: Builtin
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

  public func value(_ name: String) -> Value { self[place(of: name)] }

  /// Whether the argument was written in the call.
  public func isGiven(_ name: String) -> Bool {
    let place = place(of: name)
    return place >= 0 && arguments[place] != nil
  }

  public func number(_ name: String) throws -> Double {
    if case .number(let number) = value(name) { return number }
    throw wrong(name, wanted: "a number")
  }

  public func integer(_ name: String) throws -> Int {
    if case .number(let number) = value(name), let integer = Int(exactly: number) { return integer }
    throw wrong(name, wanted: "a whole number")
  }

  public func string(_ name: String) throws -> String {
    if case .string(let string) = value(name) { return string }
    throw wrong(name, wanted: "a string")
  }

  public func boolean(_ name: String) throws -> Bool {
    if case .boolean(let boolean) = value(name) { return boolean }
    throw wrong(name, wanted: "true or false")
  }

  public func list(_ name: String) throws -> List {
    if case .list(let list) = value(name) { return list }
    throw wrong(name, wanted: "a list")
  }

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
  public func values(_ name: String) throws -> [Value] {
    switch value(name) {
    case .list(let list): return list.elements
    case .range(let range):
      try refuseLong(range.count, name)
      return (0..<range.count).map { .number(range.number(at: $0)) }
    case .none: return []
    case .boolean, .number, .string, .record, .function, .builtin, .object: throw wrong(name, wanted: "a list")
    }
  }

  /// Runs over an argument's elements, as `for` does; refuses ranges too long for a list of their numbers.
  public func elements(_ name: String) throws -> Elements {
    if case .range(let range) = value(name) { try refuseLong(range.count, name) }
    return try value(name).elements()
  }

  private func refuseLong(_ count: Int, _ name: String) throws {
    guard count > List.lengthLimit else { return }
    throw Failure("the list would be too long", [(.argument(name), "\(count) numbers")])
  }

  /// Nil where the argument is none.
  public func optionalNumber(_ name: String) throws -> Double? {
    if case .none = value(name) { nil } else { try number(name) }
  }
  public func optionalInteger(_ name: String) throws -> Int? {
    if case .none = value(name) { nil } else { try integer(name) }
  }
  public func optionalString(_ name: String) throws -> String? {
    if case .none = value(name) { nil } else { try string(name) }
  }
  public func optionalBoolean(_ name: String) throws -> Bool? {
    if case .none = value(name) { nil } else { try boolean(name) }
  }
  public func optionalObject<T>(_ name: String, as type: T.Type = T.self) throws -> T? {
    if case .none = value(name) { nil } else { try object(name, as: type) }
  }

  /// Calls the function that was given for a parameter.
  @discardableResult
  public func callFunction(_ name: String, _ arguments: [Value] = []) throws -> Value {
    try session.call(value(name), arguments)
  }

  /// Runs a collecting block and gives the values it gathered; marks name them by `.item(name, place)`.
  public func collect(_ name: String) throws -> [Value] {
    guard case .object(let object) = try session.callKeeping(value(name)), let collection = object as? Collection else {
      throw wrong(name, wanted: "a block { … }")
    }
    session.lastCollection = collection
    return collection.values
  }

  /// The failure of an argument of the wrong kind.
  public func wrong(_ name: String, wanted: String) -> Failure {
    Failure("\(builtin.name) wants \(wanted) for `\(name)`", [(.argument(name), value(name).typeNameWithArticle)])
  }
}
