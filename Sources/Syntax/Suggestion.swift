/// "Did you mean …?": the known name nearest to one that is unknown.
public enum Suggestion {
  /// The candidate with the fewest slips of the keyboard (a letter too many, missing, wrong, or two swapped; case counts
  /// a little), or nil where none is near enough for the length of `name`. Of equals the first in alphabetical order.
  public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let folded = fold(wanted)
    let limit = wanted.count <= 2 ? 1 : wanted.count <= 4 ? 2 : wanted.count <= 7 ? 4 : 6
    var best: (name: String, cost: Int)?
    // Nobody has written so many by hand; a script that catches such errors in a loop would wait for each.
    for candidate in candidates.prefix(mostCandidates) where candidate != name {
      let scalars = Array(candidate.unicodeScalars)
      guard !scalars.isEmpty, abs(scalars.count - wanted.count) * 2 <= limit else { continue }
      let other = fold(scalars)
      let cost = other == folded ? 1 : 2 * distance(folded, other)
      // A short name must keep at least one of its letters.
      guard cost <= limit, cost < 2 * max(wanted.count, scalars.count) else { continue }
      if let known = best, known.cost < cost || (known.cost == cost && known.name <= candidate) { continue }
      best = (candidate, cost)
    }
    return best?.name
  }

  private static let mostCandidates = 5000

  private static func fold(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var folded: [Unicode.Scalar] = []
    folded.reserveCapacity(scalars.count)
    for scalar in scalars where scalar != "_" {
      switch scalar {
      case "A"..."Z": folded.append(Unicode.Scalar(UInt8(scalar.value + 32)))
      case "\0"..."\u{7F}": folded.append(scalar)
      default: folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return folded.isEmpty ? scalars : folded
  }

  /// Optimal string alignment distance (Damerau-Levenshtein in which no part is edited twice).
  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        let substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        var least = min(previous[j] + 1, row[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { least = min(least, beforePrevious[j - 2] + 1) }
        row[j] = least
      }
      beforePrevious = previous
      previous = row
    }
    return previous[b.count]
  }
}
