/// Stretches of time as text.
public enum DurationText {
  /// `12.4 ms`: three digits, in the unit that suits.
  public static func measured(_ seconds: Double) -> String {
    let (factor, unit) = seconds < 1e-3 ? (1e6, "µs") : seconds < 1 ? (1e3, "ms") : (1, "s")
    return "\(NumberText.significant(seconds * factor, digits: 3)) \(unit)"
  }

  /// As a clock shows it: `0:07`, `12:30`, `3:04:05`, `2 days`.
  public static func clock(_ seconds: Double) -> String {
    guard let whole = Int(exactly: min(max(seconds, 0), 1e9).rounded()) else { return "?" }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole >= 172_800 { return "\(whole / 86_400) days" }
    if whole >= 3600 { return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))" }
    return "\(whole / 60):\(two(whole % 60))"
  }
}
