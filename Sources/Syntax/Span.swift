/// A stretch of a source text, in UTF-8 offsets: from `lower` up to, not including, `upper`.
public struct Span: Hashable, Sendable {
  /// The offset of the first byte.
  public var lower: Int32
  /// The offset behind the last byte.
  public var upper: Int32

  /// A span between two offsets; those beyond `Int32` are cut off to it.
  public init(_ lower: Int, _ upper: Int) {
    self.lower = Int32(clamping: lower)
    self.upper = Int32(clamping: upper)
  }

  /// The least span that holds both.
  public func union(_ other: Span) -> Span {
    Span(Int(min(lower, other.lower)), Int(max(upper, other.upper)))
  }
}
