/// A parameter of a builtin.
public struct Parameter {
  public enum Passing: Sendable {
    case single
    /// Takes all further positional arguments, as a list.
    case variadic
    /// A bare name is passed as a string: `help conv`.
    case quoted
    /// A function without parameters, usually written `{ … }` after the call.
    case block
    /// A block whose statement values are gathered, with a vocabulary's names in scope (nil: none).
    case collecting(vocabulary: String?)
  }

  public let name: String
  public let kind: Kind
  public let help: String
  /// Nil: the argument must be given.
  public let defaultValue: Value?
  public let passing: Passing

  /// A parameter that must be given.
  public init(_ name: String, _ kind: Kind, passing: Passing = .single, _ help: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = nil
    self.passing = passing
    self.help = help
  }

  /// `Parameter("rate", .number, default: .number(0.001), "the length of a step")`.
  public init(_ name: String, _ kind: Kind, default defaultValue: Value, passing: Passing = .single, _ help: String) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.passing = passing
    self.help = help
  }
}

/// What a parameter accepts. The library adds its own: `extension Kind { static let tensor = Kind.object(TensorValue.self, "a tensor") }`.
public struct Kind: Sendable {
  /// With its article, as errors show it: "a number", "a tensor or a list".
  public let description: String
  public let accepts: @Sendable (Value) -> Bool
  /// An object that stands for one number is turned into it.
  let takesScalars: Bool

  public init(_ description: String, takesScalars: Bool = false, accepts: @escaping @Sendable (Value) -> Bool) {
    self.description = description
    self.takesScalars = takesScalars
    self.accepts = accepts
  }

  public static func object<T>(_ type: T.Type, _ description: String) -> Kind {
    Kind(description) { if case .object(let object) = $0 { object is T } else { false } }
  }

  /// Either of two kinds.
  public static func either(_ first: Kind, _ second: Kind) -> Kind {
    // "a tensor, a net or a list": the "or" stands before the last one only.
    let joint = second.description.contains(" or ") ? ", " : " or "
    let name = first.description.replacingLast(" or ", with: ", ") + joint + second.description
    return Kind(name, takesScalars: first.takesScalars || second.takesScalars) {
      first.accepts($0) || second.accepts($0)
    }
  }

  /// The kind, or none.
  public static func optional(_ kind: Kind) -> Kind {
    Kind(kind.description, takesScalars: kind.takesScalars) { if case .none = $0 { true } else { kind.accepts($0) } }
  }

  public static let any = Kind("a value") { _ in true }
  public static let number = Kind("a number", takesScalars: true) { if case .number = $0 { true } else { false } }
  /// A number without a fraction, of at most 53 bits.
  public static let integer = Kind("a whole number", takesScalars: true) {
    if case .number(let number) = $0 { Int(exactly: number) != nil && abs(number) <= 9_007_199_254_740_992 } else { false }
  }
  public static let string = Kind("a string") { if case .string = $0 { true } else { false } }
  public static let boolean = Kind("true or false") { if case .boolean = $0 { true } else { false } }
  public static let list = Kind("a list") { if case .list = $0 { true } else { false } }
  public static let range = Kind("a range") { if case .range = $0 { true } else { false } }
  public static let record = Kind("a record") { if case .record = $0 { true } else { false } }
  /// Anything that can be called.
  public static let function = Kind("a function") {
    switch $0 {
    case .function, .builtin: true
    case .object(let object): object.isCallable
    case .none, .boolean, .number, .string, .list, .range, .record: false
    }
  }
  /// A list or a range.
  public static let sequence = Kind("a list or a range") {
    switch $0 {
    case .list, .range: true
    case .none, .boolean, .number, .string, .record, .function, .builtin, .object: false
    }
  }
  /// Anything that `for` runs over.
  public static let iterable = Kind("something to run over (a list, a range, a string, a record)") {
    switch $0 {
    case .list, .range, .string, .record: true
    case .object(let object): object.count != nil
    case .none, .boolean, .number, .function, .builtin: false
    }
  }
}

extension String {
  /// With the last occurrence of a part replaced.
  fileprivate func replacingLast(_ part: String, with other: String) -> String {
    guard let place = ranges(of: part).last else { return self }
    return String(self[..<place.lowerBound]) + other + String(self[place.upperBound...])
  }
}
