import Syntax

extension Value {
  /// `self <operator> right`, as in a program. Throws a `Failure` that marks `.left` and `.right`.
  public func applying(_ operation: BinaryOperator, _ right: Value) throws -> Value {
    if case .number(let first) = self, case .number(let second) = right, operation == .add { return .number(first + second) }
    return try Operators.apply(operation, self, right)
  }

  /// Deep equality, as `==` of a program sees it.
  ///
  /// - Throws: what an object throws that has to be worked out first.
  public func isEqual(to other: Value) throws -> Bool { try Equality.areEqual(self, other) }

  /// The value as a condition; nil where it is none.
  ///
  /// - Throws: what an object throws that has to be worked out first.
  public func truth() throws -> Bool? {
    switch self {
    case .boolean(let boolean): boolean
    case .object(let object): try object.scalar().map { $0 != 0 }
    case .none, .number, .string, .list, .range, .record, .function, .builtin: nil
    }
  }
}

extension Record {
  /// What raising this record throws: the error it was caught from, or a new one of its `message` and `advice`; with a further sentence of
  /// advice, if there is one.
  public func error(advising sentence: String?) -> any Error {
    if let origin { return origin.again(advising: sentence) }
    var advice: [String] = []
    if case .some(.string(let text)) = self["advice"], !text.isEmpty { advice = [text] }
    if let sentence { advice.append(sentence) }
    let message = self["message"].flatMap { try? $0.printed() }
    return Failure(message ?? "an error without a message", advice: advice)
  }
}
