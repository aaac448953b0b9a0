/// How random numbers are drawn from a counter: Philox4x32-10 (Salmon et al. 2011), key = (low, high word of `seed`).
///
/// With w₀…w₃ the four words of a block and u(w) = (w >> 8) · 2⁻²⁴:
/// - `uniform` and `normal`: element i lies in the block with counter (low, high word of i / 4; low, high word of `stream`),
///   at lane i % 4. Uniform is u(w_lane), in [0, 1). Normal is Box–Muller on the pairs (w₀, w₁) and (w₂, w₃): with
///   r = √(−2 ln(u(a) + 2⁻²⁴)) and θ = 2π u(b), the even lane is r cos θ, the odd lane r sin θ.
/// - `truncatedNormal`: element i has blocks of its own, t = 0, 1, …, 255, with counter (low word of i; t + 256 · (high word of
///   i); low, high word of `stream`). It is the first of the normals of block 0, then of block 1, … with |z| ≤ 2 (0 if there
///   were none, which has a probability below 10⁻¹⁰⁰⁰).
///
/// Scale and shift are element-wise nodes of their own, and so are not part of the structure.
public enum Distribution: Hashable, Sendable {
  case uniform
  case normal
  case truncatedNormal
}

/// The key of one random node: the user's seed, and the number of the draw.
public struct RandomKey: Hashable, Sendable {
  /// The seed of the sequence that the draw belongs to: the Philox key.
  public let seed: UInt64
  /// The number of the draw in its sequence: the high half of the Philox counter.
  public let stream: UInt64

  /// The key of draw number `stream` of the sequence from `seed`.
  public init(seed: UInt64, stream: UInt64) {
    (self.seed, self.stream) = (seed, stream)
  }
}
