/// A search through earlier entries as one types (Ctrl-R, Ctrl-S): for those that hold a text, in any case of letters where the text has small
/// letters alone.
struct HistorySearch {
  private(set) var query = ""
  /// Which entry was found; nil before anything was.
  private(set) var place: Int?
  private(set) var isBackward: Bool
  /// Whether nothing more is found.
  private(set) var hasFailed = false
  /// The entry as it was before.
  let original: EditedText
  private let entries: [String]

  init(_ entries: [String], from original: EditedText, backward: Bool) {
    self.entries = entries
    self.original = original
    isBackward = backward
  }

  /// The entry that was found, with the cursor where the text begins in it.
  var found: EditedText {
    guard let place, entries.indices.contains(place) else { return original }
    return EditedText(entries[place], cursor: range(in: entries[place])?.lowerBound)
  }

  /// The characters of the found entry that match.
  var match: Range<Int>? {
    guard let place, entries.indices.contains(place) else { return nil }
    return range(in: entries[place])
  }

  mutating func type(_ text: String) {
    query += text
    find(from: place ?? (isBackward ? entries.count - 1 : 0))
  }

  mutating func deleteLast() {
    guard !query.isEmpty else { return }
    query.removeLast()
    place = nil
    hasFailed = false
    if !query.isEmpty { find(from: isBackward ? entries.count - 1 : 0) }
  }

  /// The next one; with an empty text the last one searched for, `previous`.
  mutating func next(backward: Bool, previous: String) {
    isBackward = backward
    if query.isEmpty { return type(previous) }
    guard let place else { return find(from: backward ? entries.count - 1 : 0) }
    find(from: place + (backward ? -1 : 1))
  }

  private mutating func find(from start: Int) {
    guard !query.isEmpty else { return }
    let shown = place.map { entries[$0] }
    let places =
      isBackward ? Array(stride(from: start, through: 0, by: -1)) : Array(stride(from: start, to: entries.count, by: 1))
    let next = places.first {
      entries.indices.contains($0) && range(in: entries[$0]) != nil && ($0 == start || entries[$0] != shown)
    }
    hasFailed = next == nil
    if let next { place = next }
  }

  private func range(in entry: String) -> Range<Int>? {
    let ignoresCase = query == query.lowercased()
    let (whole, part) = (Array(ignoresCase ? entry.lowercased() : entry), Array(query))
    guard !part.isEmpty, whole.count >= part.count else { return nil }
    for start in 0...(whole.count - part.count) where whole[start] == part[0] {
      if whole[start..<start + part.count].elementsEqual(part) { return start..<start + part.count }
    }
    return nil
  }

  /// The line below the entry.
  var status: String {
    (isBackward ? "search back: " : "search on: ") + query + (hasFailed ? "  (not found)" : "")
  }
}
