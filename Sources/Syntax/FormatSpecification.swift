/// What stands behind the colon of `{expression:>8.3}`: `[<|>|^][+][0][width][.decimals][e|%]`.
public struct FormatSpecification: Hashable, Sendable {
  public enum Alignment: Sendable { case left, right, center }
  public enum Style: Sendable { case fixed, exponent, percent }

  public var alignment: Alignment?
  public var showsPlus = false
  public var padsWithZeros = false
  public var width: Int?
  /// Digits after the decimal point.
  public var decimals: Int?
  public var style: Style = .fixed

  public init() {}
}
