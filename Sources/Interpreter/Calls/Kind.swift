import Base

/// What a parameter or a guarded field takes. The library adds its own:
/// `extension Kind { static let tensor = Kind.object(TensorValue.self, "a tensor", word: "tensor") }`.
public struct Kind: Sendable {
  /// With its article, as errors show it: "a number", "a tensor or a list".
  public let description: String
  /// What stands for it after the colon of a parameter, `x: number`; nil for kinds that builtins alone ask for.
  public let word: String?
  /// Whether a value is of this kind, before an object that stands for one number is turned into it.
  public let accepts: @Sendable (Value) -> Bool
  /// An object that stands for one number is turned into it.
  let takesScalars: Bool
  /// What makes a value of this kind of one that is not; nil where nothing does.
  let hint: @Sendable (Value) -> String?

  /// A kind of values that satisfy `accepts`; `hint` says how to make one of a value that does not.
  public init(
    _ description: String, word: String? = nil, takesScalars: Bool = false,
    hint: @escaping @Sendable (Value) -> String? = { _ in nil },
    accepts: @escaping @Sendable (Value) -> Bool
  ) {
    self.description = description
    self.word = word
    self.takesScalars = takesScalars
    self.hint = hint
    self.accepts = accepts
  }

  /// The objects of a Swift type.
  public static func object<T>(
    _ type: T.Type, _ description: String, word: String? = nil, hint: @escaping @Sendable (Value) -> String? = { _ in nil }
  ) -> Kind {
    Kind(description, word: word, hint: hint) { if case .object(let object) = $0 { object is T } else { false } }
  }

  /// A number of which a condition holds.
  public static func number(_ description: String, word: String, where condition: @escaping @Sendable (Double) -> Bool) -> Kind {
    Kind(description, word: word, takesScalars: true) { if case .number(let number) = $0 { condition(number) } else { false } }
  }

  /// Either of two kinds.
  public static func either(_ first: Kind, _ second: Kind) -> Kind {
    // "a tensor, a net or a list": the "or" stands before the last one only.
    let joint = second.description.contains(" or ") ? ", " : " or "
    let name = first.description.replacingLast(" or ", with: ", ") + joint + second.description
    return Kind(name, takesScalars: first.takesScalars || second.takesScalars, hint: { first.hint($0) ?? second.hint($0) }) {
      first.accepts($0) || second.accepts($0)
    }
  }

  /// The kind, or none.
  public static func optional(_ kind: Kind) -> Kind {
    Kind(kind.description, takesScalars: kind.takesScalars, hint: kind.hint) {
      if case .none = $0 { true } else { kind.accepts($0) }
    }
  }

  // MARK: The check

  /// The value as this kind takes it, a number for an object that stands for one; nil where it does not fit.
  @inline(__always)
  func taken(_ value: Value) throws -> Value? { accepts(value) ? value : try converted(value) }

  @inline(never)
  private func converted(_ value: Value) throws -> Value? {
    guard takesScalars, case .object(let object) = value, let number = try object.scalar(), accepts(.number(number)) else {
      return nil
    }
    return .number(number)
  }

  /// What says that a value is not of this kind: "train wants a whole number from 1 up for `steps`".
  func refusal(_ value: Value, of title: String, for name: String, at operand: Operand, help: String = "") -> Failure {
    var advice = help.isEmpty ? [] : ["`\(name)` is \(help)."]
    if let hint = hint(value) { advice.insert(hint, at: 0) }
    if case .string(let text) = value, let number = NumberText.number(text), accepts(.number(number)) {
      advice.insert("number(\(ValuePrinter.quoted(text))) makes a number of it; what `arguments()` gives are strings.", at: 0)
    }
    return Failure("\(title) wants \(description) for `\(name)`", [(operand, value.briefly)], advice: advice)
  }
}

// MARK: Kinds of values

extension Kind {
  /// Any value, none included.
  public static let any = Kind("a value") { _ in true }
  /// `none` alone.
  public static let none = Kind("none", word: "none") { if case .none = $0 { true } else { false } }
  /// Any number, infinities and NaN included.
  public static let number = Kind.number("a number", word: "number") { _ in true }
  /// Any string.
  public static let string = Kind("a string", word: "string") { if case .string = $0 { true } else { false } }
  /// `true` and `false`.
  public static let boolean = Kind("true or false", word: "boolean") { if case .boolean = $0 { true } else { false } }
  /// Any list.
  public static let list = Kind("a list", word: "list") { if case .list = $0 { true } else { false } }
  /// Any range.
  public static let range = Kind("a range", word: "range") { if case .range = $0 { true } else { false } }
  /// Any record.
  public static let record = Kind("a record", word: "record") { if case .record = $0 { true } else { false } }
  /// Anything that can be called.
  public static let function = Kind("a function", word: "function", hint: namedFunction) {
    switch $0 {
    case .function, .builtin: true
    case .object(let object): object.isCallable
    case .none, .boolean, .number, .string, .list, .range, .record: false
    }
  }
  /// For who writes `objective: "hinge"`.
  private static let namedFunction: @Sendable (Value) -> String? = { value in
    guard case .string(let text) = value, ValuePrinter.isName(text) else { return nil }
    return "A function's name stands without quotation marks: `\(text)`."
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

// MARK: Numbers with a condition

extension Kind {
  /// Whole numbers from here on are not all there.
  private static let exact = 9_007_199_254_740_992.0

  /// A number without a fraction, of at most 53 bits.
  public static let integer = Kind.number("a whole number", word: "whole") { $0.rounded() == $0 && abs($0) <= exact }
  /// A whole number from 1 up to 2⁵³.
  public static let count = Kind.number("a whole number from 1 up", word: "count") {
    $0.rounded() == $0 && $0 >= 1 && $0 <= exact
  }
  /// A finite number from 0 up.
  public static let amount = Kind.number("a finite number from 0 up", word: "amount") { $0 >= 0 && $0 < .infinity }
  /// A finite number above 0.
  public static let positive = Kind.number("a finite number above 0", word: "positive") { $0 > 0 && $0 < .infinity }
  /// A number from 0 to 1, both included.
  public static let share = Kind.number("a number from 0 to 1", word: "share") { $0 >= 0 && $0 <= 1 }
  /// Any number but infinities and NaN.
  public static let finite = Kind.number("a finite number", word: "finite") { $0.isFinite }
}

extension String {
  /// With the last occurrence of a part replaced.
  fileprivate func replacingLast(_ part: String, with other: String) -> String {
    guard let place = ranges(of: part).last else { return self }
    return String(self[..<place.lowerBound]) + other + String(self[place.upperBound...])
  }
}
