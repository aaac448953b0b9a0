/// What stands behind the colon of `{expression:>8.3}`: `[<|>|^][+][0][width][.decimals][e|%]`.
public struct FormatSpecification: Hashable, Sendable {
  /// Where a text stands that is shorter than `width`.
  public enum Alignment: Sendable { case left, right, center }
  /// How a number is written: `3.14`, `3.14e0` or `314%`.
  public enum Style: Sendable { case fixed, exponent, percent }

  /// `<`, `>` or `^`; nil leaves numbers on the right and texts on the left.
  public var alignment: Alignment?
  /// Whether a number above 0 has a `+` before it.
  public var showsPlus = false
  /// Whether a number is filled up to `width` with zeros behind its sign.
  public var padsWithZeros = false
  /// The least number of columns; a longer text is not cut.
  public var width: Int?
  /// Digits after the decimal point.
  public var decimals: Int?
  /// How a number is written.
  public var style: Style = .fixed

  /// No format: what `{expression}` without a colon means.
  public init() {}
}
