import Base

/// The floats in [low, high), and the map of a draw u in [0, 1) to them.
///
/// u (high − low) + low, rounded to a Float, may be high itself: 1000 + u has 2¹⁴ steps, and the largest u lies nearer to 1001 than to the
/// step before. Where that can happen, draws are held at the last float below high.
struct HalfOpenInterval {
  private let first: Float
  private let last: Float
  private let width: Double

  /// - Throws: `TensorError` where a bound is no finite float, low is above high, or no float lies between them.
  init(low: Double, high: Double) throws {
    func failure(_ title: String, _ advice: String) -> TensorError {
      TensorError(
        title: title, operands: [("low", NumberText.shortest(low)), ("high", NumberText.shortest(high))], advice: advice)
    }
    guard Float(low).isFinite, Float(high).isFinite else {
      throw failure(
        "a bound of random numbers is no finite number",
        "Bounds lie within ±3.4e38, what a tensor's numbers (float32) can be.")
    }
    guard low <= high else { throw failure("the lower bound is above the upper", "Exchange them: low comes first.") }
    let nearest = Float(low)
    first = low == high || Double(nearest) >= low ? nearest : nearest.nextUp
    width = low == high ? 0 : high - Double(first)
    let below = Float(high).nextDown
    // Of bounds so close that both are one float, that float may still lie in between.
    last = low == high || below >= first ? Swift.max(below, first) : Double(Float(high)) < high ? Float(high) : below
    guard last >= first else {
      throw failure(
        "no number of a tensor lies between the bounds",
        "Tensors hold float32, of about 7 digits. Take bounds farther apart, or draw around 0 and add.")
    }
  }

  /// What even draws in [0, 1) become.
  func scaled(_ draw: Node) -> Node {
    let shape = draw.shape
    let start = Node.fill(Double(first), shape)
    if width == 0 || first == last { return start }
    guard Float(width).isFinite else {
      // Wider than any float: halves, which are not, and twice of that.
      return held((draw * (width / 2) + Node.fill(Double(first) / 2, shape)) * 2)
    }
    let scaled = draw * width + start
    let (largest, factor) = (Float(1).nextDown, Float(width))
    let isWithin = largest * factor + first <= last && first.addingProduct(largest, factor) <= last
    return isWithin ? scaled : held(scaled)
  }

  private func held(_ x: Node) -> Node { Node.binary(.minimum, x, Node.fill(Double(last), x.shape)) }
}
