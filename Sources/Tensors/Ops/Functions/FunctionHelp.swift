/// What a person is told of an element-wise function that is a builtin of the language. (Help, completion, the reference and the builtin
/// itself are made of it by `Library`.)
public struct FunctionHelp: Sendable {
  /// Where it stands in the reference.
  public enum Subject: Sendable {
    case numbers, activations
  }

  /// One line.
  public let summary: String
  /// A line of code, and what it prints.
  public let example: (code: String, result: String)
  /// What else there is to know; may be empty.
  public let details: String
  /// Where it stands in the reference.
  public let subject: Subject
  /// Whether it also takes a number, because the language's own arithmetic has no function of the name.
  public let takesNumbers: Bool

  init(
    _ summary: String, example: (code: String, result: String), details: String = "", subject: Subject = .numbers,
    takesNumbers: Bool = false
  ) {
    (self.summary, self.example, self.details) = (summary, example, details)
    (self.subject, self.takesNumbers) = (subject, takesNumbers)
  }

  static let steps = "It is piecewise constant: its derivative is 0 everywhere."
}

/// The second argument of a function such as `leaky_relu`: one number for a whole tensor.
public struct FunctionParameter: Sendable {
  /// By which the argument may be given.
  public let name: String
  /// The value where none is given.
  public let initial: Double
  /// What it means.
  public let summary: String
}

/// Where and how closely tests hold a function of one number against its definition in double precision.
struct FunctionSamples: Sendable {
  /// Where the function is defined: random arguments are mapped into it.
  enum Domain: Sendable {
    case all, positive
  }

  let domain: Domain
  /// Intervals in which the function has derivatives of every order, at least one for each of its branches: derivatives are held against
  /// differences there. The kinks and jumps lie between them.
  let smooth: [ClosedRange<Double>]
  /// How far a kernel's result may be from the exact one, in units of its last place, and by how much where that is more.
  let units: Double
  let absolute: Double

  init(_ smooth: ClosedRange<Double>..., domain: Domain = .all, units: Double = 3, absolute: Double = 0) {
    (self.smooth, self.domain, self.units, self.absolute) = (smooth, domain, units, absolute)
  }
}
