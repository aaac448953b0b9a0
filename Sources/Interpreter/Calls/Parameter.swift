/// A parameter of a builtin.
public struct Parameter {
  /// How arguments reach the parameter.
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

  /// By which it is named in calls, errors and help.
  public let name: String
  /// What the parameter takes; a call with anything else is refused before the body runs.
  public let kind: Kind
  /// What the parameter means, as a noun without a full stop: "the length of a step".
  public let help: String
  /// Nil: the argument must be given.
  public let defaultValue: Value?
  /// How arguments reach it.
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
