/// Two changes of one text put together, as when two pages write in a cell at once: what either has written is in it, and what either has taken
/// away is not.
enum TextMerge {
  /// What one side has made of the base.
  private struct Change {
    /// Which letters of the base it took away.
    var isTaken: [Bool]
    /// What it wrote before each letter of the base, and at its end.
    var written: [Int: ArraySlice<Unicode.Scalar>] = [:]
  }

  /// Larger parts that differ are compared as wholes and not letter by letter: so many pairs of letters are looked at.
  private static let mostPairs = 1 << 20

  /// The base with the changes of both; where both have written, theirs stands first.
  static func merged(_ base: String, mine: String, theirs: String) -> String {
    if mine == base { return theirs }
    if theirs == base { return mine }
    let letters = Array(base.unicodeScalars)
    let (own, other) = (change(letters, Array(mine.unicodeScalars)), change(letters, Array(theirs.unicodeScalars)))
    var result = String.UnicodeScalarView()
    for place in 0...letters.count {
      for written in [other.written[place], own.written[place]] { if let written { result.append(contentsOf: written) } }
      if place < letters.count, !own.isTaken[place], !other.isTaken[place] { result.append(letters[place]) }
    }
    return String(result)
  }

  private static func change(_ base: [Unicode.Scalar], _ text: [Unicode.Scalar]) -> Change {
    var start = 0
    let shorter = min(base.count, text.count)
    while start < shorter, base[start] == text[start] { start += 1 }
    var end = 0
    while end < shorter - start, base[base.count - 1 - end] == text[text.count - 1 - end] { end += 1 }
    var change = Change(isTaken: Array(repeating: false, count: base.count))
    let (old, new) = (base[start..<base.count - end], text[start..<text.count - end])
    guard !old.isEmpty, !new.isEmpty, old.count <= mostPairs / new.count else {
      for place in old.indices { change.isTaken[place] = true }
      if !new.isEmpty { change.written[start] = new }
      return change
    }
    compare(old, new, &change)
    return change
  }

  /// By a longest common subsequence.
  private static func compare(_ old: ArraySlice<Unicode.Scalar>, _ new: ArraySlice<Unicode.Scalar>, _ change: inout Change) {
    let width = new.count + 1
    var common = [Int32](repeating: 0, count: (old.count + 1) * width)
    for row in stride(from: old.count - 1, through: 0, by: -1) {
      for column in stride(from: new.count - 1, through: 0, by: -1) {
        let place = row * width + column
        common[place] =
          old[old.startIndex + row] == new[new.startIndex + column]
          ? common[place + width + 1] + 1 : max(common[place + width], common[place + 1])
      }
    }
    var (row, column, begun) = (0, 0, 0)
    /// What was written up to here, before a letter of the base.
    func write() {
      if begun < column { change.written[old.startIndex + row] = new[new.startIndex + begun..<new.startIndex + column] }
    }
    while row < old.count {
      if column < new.count, old[old.startIndex + row] == new[new.startIndex + column] {
        write()
        (row, column) = (row + 1, column + 1)
        begun = column
      } else if column < new.count, common[row * width + column + 1] >= common[(row + 1) * width + column] {
        column += 1
      } else {
        write()
        begun = column
        change.isTaken[old.startIndex + row] = true
        row += 1
      }
    }
    column = new.count
    write()
  }
}
