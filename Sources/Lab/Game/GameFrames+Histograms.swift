import Formats
import Interpreter
import Library

/// Data of one coordinate: how often its values come among the real points and among the samples, and D's outputs over them.
extension GameFrames {
  private static let binCount = 60

  mutating func histograms(of run: Record, game: Game, in session: Session) throws -> GameMessage? {
    guard let still = try lasting(of: run, in: session, make: { try game.call("_line", [.record(run)], in: session) }),
      case .list(let list)? = still["x"], list.elements.count == 2, case .number(let low) = list.elements[0],
      case .number(let high) = list.elements[1], high > low,
      case .record(let frame) = try game.call("_line_frame", [.record(run), .record(still)], in: session),
      let samples = try frame["samples"]?.floats()?.numbers, let real = try still["real"]?.floats()?.numbers
    else { return nil }
    let field = try frame["field"]?.floats()?.numbers ?? []
    let finite = field.filter(\.isFinite)
    let (realBins, sampleBins) = (Histogram(of: real, from: low, to: high), Histogram(of: samples, from: low, to: high))
    let both = [realBins, sampleBins]
    let head: JSON = .object([
      "kind": .string("histograms"), "step": .number(Double(game.step)), "bins": .number(Double(GameFrames.binCount)),
      "x": GameFrames.ends(still["x"]), "points": .number(Double(field.count)), "least": .number(Double(finite.min() ?? 0)),
      "most": .number(Double(finite.max() ?? 0)), "real": .number(Double(real.count)), "samples": .number(Double(samples.count)),
      "below": .number(Double(sampleBins.below)), "above": .number(Double(sampleBins.above)),
      "means": .array(both.map { .number($0.mean) }), "spreads": .array(both.map { .number($0.spread) }),
    ])
    return .frame(head: head, payload: GameMessage.bytes(of: realBins.densities + sampleBins.densities + field))
  }

  /// How often numbers come, in bins of one width.
  private struct Histogram {
    /// The share of the numbers in each bin, by its width.
    var densities = [Float](repeating: 0, count: GameFrames.binCount)
    var below = 0
    var above = 0
    var mean = 0.0
    var spread = 0.0

    init(of numbers: [Float], from low: Double, to high: Double) {
      let finite = numbers.compactMap { $0.isFinite ? Double($0) : nil }
      let width = (high - low) / Double(GameFrames.binCount)
      let share = Float(1 / (Double(max(1, numbers.count)) * width))
      for number in finite {
        switch number {
        case ..<low: below += 1
        case low...high: densities[min(GameFrames.binCount - 1, Int((number - low) / width))] += share
        default: above += 1
        }
      }
      let count = Double(max(1, finite.count))
      mean = finite.reduce(0, +) / count
      let squares = finite.map { ($0 - mean) * ($0 - mean) }
      spread = (squares.reduce(0, +) / count).squareRoot()
    }
  }
}
