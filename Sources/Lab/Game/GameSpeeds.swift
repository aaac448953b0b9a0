/// How fast a run is played, in places of a scale from 0, the slowest, to 4: one for slow motion, one for play.
struct GameSpeeds {
  static let range = 0...4
  /// How long a part of a step is shown in slow motion, in seconds: a sentence can be read aloud at the place in the middle.
  private static let parts: [Double] = [15, 8, 5, 2.5, 1]
  /// How many steps a second are made in play; nil for as many as can be made.
  private static let steps: [Double?] = [1, 4, 15, 60, nil]

  private var slow = 2
  private var play = GameSpeeds.range.upperBound

  /// How long a part is shown.
  var part: Double { GameSpeeds.parts[slow] }
  /// The least time from one step to the next.
  var pause: Double { GameSpeeds.steps[play].map { 1 / $0 } ?? 0 }

  subscript(isSlow isSlow: Bool) -> Int {
    get { isSlow ? slow : play }
    set {
      guard GameSpeeds.range.contains(newValue) else { return }
      if isSlow { slow = newValue } else { play = newValue }
    }
  }

  /// What the place means, for people.
  func words(isSlow: Bool) -> String {
    if isSlow { return part == 1 ? "1 second a part" : "\(GameSpeeds.short(part)) seconds a part" }
    guard let steps = GameSpeeds.steps[play] else { return "as fast as it can" }
    return steps == 1 ? "1 step a second" : "\(GameSpeeds.short(steps)) steps a second"
  }

  private static func short(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }
}
