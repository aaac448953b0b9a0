import Base

/// Which candidates fit what was typed.
enum NameMatch {
  /// Those that begin with it; behind them those that do so in other cases; where there are neither, those that hold its letters in their
  /// order, the first letter first, the tightest first. Each once.
  static func fitting(_ typed: String, _ candidates: [Completion.Candidate]) -> [Completion.Candidate] {
    var seen: Set<String> = []
    let candidates = candidates.filter { seen.insert($0.text).inserted }
    let exact = candidates.filter { $0.text.hasPrefix(typed) }
    let small = typed.lowercased()
    let others = candidates.filter { !$0.text.hasPrefix(typed) && $0.text.lowercased().hasPrefix(small) }
    guard exact.isEmpty, others.isEmpty, typed.count > 1 else { return exact + others }
    let loose = candidates.enumerated().compactMap { place, candidate in
      spread(small, in: candidate.text.lowercased()).map { (spread: $0, place: place, candidate: candidate) }
    }
    return loose.sorted { ($0.spread, $0.place) < ($1.spread, $1.place) }.map(\.candidate)
  }

  /// How many letters of a name lie between those that were typed, counted from the first one; nil where they do not lie in it in their order.
  private static func spread(_ typed: String, in name: String) -> Int? {
    var rest = Array(name)[...]
    guard let first = typed.first, rest.first == first else { return nil }
    rest = rest.dropFirst()
    var skipped = 0
    for letter in typed.dropFirst() {
      guard let place = rest.firstIndex(of: letter) else { return nil }
      // A letter that begins a word of the name is where one looks for it.
      if place > rest.startIndex, rest[place - 1] != "_" { skipped += place - rest.startIndex }
      rest = rest[(place + 1)...]
    }
    return skipped
  }
}
