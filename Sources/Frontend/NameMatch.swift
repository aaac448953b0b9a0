import Base

/// Which candidates fit what was typed.
enum NameMatch {
  /// Those that begin with it; behind them those that do so in other cases; where there are neither, those that hold its letters in their
  /// order, the first letter first, the tightest and then the shortest first. Each once.
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
    return loose.sorted {
      ($0.spread, $0.candidate.text.count, $0.place) < ($1.spread, $1.candidate.text.count, $1.place)
    }.map(\.candidate)
  }

  /// The fewest letters of a name that lie between those that were typed, counted from the first one; nil where they do not lie in it in their
  /// order. What lies before a letter that begins a word of the name counts nothing: that is where one looks for it.
  private static func spread(_ typed: String, in name: String) -> Int? {
    let name = Array(name)
    guard let first = typed.first, name.first == first else { return nil }
    // For each place at which the letter in hand can stand.
    var fewest: [Int?] = [0] + Array(repeating: nil, count: name.count - 1)
    for letter in typed.dropFirst() {
      var next: [Int?] = Array(repeating: nil, count: name.count)
      // Over the places before: the fewest, and the fewest less the place.
      var (least, lowest): (Int?, Int?) = (nil, nil)
      for place in name.indices.dropFirst() {
        if let before = fewest[place - 1] {
          least = min(least ?? before, before)
          lowest = min(lowest ?? .max, before - (place - 1))
        }
        if name[place] == letter { next[place] = name[place - 1] == "_" ? least : lowest.map { $0 + place - 1 } }
      }
      fewest = next
    }
    return fewest.compactMap(\.self).min()
  }
}
