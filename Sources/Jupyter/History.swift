import Formats

/// What has been run in this kernel, for clients that ask for it.
struct History: Sendable {
  /// One entry.
  struct Entry: Sendable {
    /// Its execution count.
    let line: Int
    let text: String
    /// The text of its value; nil where it has none, or has not ended.
    var result: String?
  }

  /// The first is the oldest.
  private(set) var entries: [Entry] = []
  /// Older ones are forgotten.
  static let most = 10_000

  mutating func append(_ text: String, line: Int) {
    entries.append(Entry(line: line, text: text))
    if entries.count > 2 * Self.most { entries.removeFirst(entries.count - Self.most) }
  }

  mutating func setResult(_ text: String, line: Int) {
    guard let place = entries.lastIndex(where: { $0.line == line }) else { return }
    entries[place].result = text
  }

  /// What a `history_request` asks for: "tail", "range" or "search".
  func answer(to request: Request) -> [String: JSON] {
    let withResults = request.flag("output", default: false)
    let found: [Entry]
    switch request.text("hist_access_type") ?? "tail" {
    case "range": found = range(request)
    case "search": found = search(request)
    default: found = Array(entries.suffix(max(0, request.whole("n") ?? Self.most)))
    }
    return ["status": .string("ok"), "history": .array(found.map { json($0, withResult: withResults) })]
  }

  private func json(_ entry: Entry, withResult: Bool) -> JSON {
    let text: JSON = .string(entry.text)
    let result: JSON = entry.result.map { .string($0) } ?? .null
    return .array([.number(1), .number(Double(entry.line)), withResult ? .array([text, result]) : text])
  }

  /// Of this session, which is number 1, or 0 counted from now; others are not kept. `stop` is the first line that is left out.
  private func range(_ request: Request) -> [Entry] {
    guard [0, 1].contains(request.whole("session") ?? 0) else { return [] }
    let (start, stop) = (request.whole("start") ?? 1, request.whole("stop") ?? .max)
    return entries.filter { $0.line >= start && $0.line < stop }
  }

  /// Those that a pattern with `*` and `?` fits as a whole, the last `n` of them.
  private func search(_ request: Request) -> [Entry] {
    let pattern = Array(request.text("pattern") ?? "*")
    var found = entries.filter { Pattern.fits(pattern, Array($0.text)) }
    if request.flag("unique", default: false) {
      var seen: Set<String> = []
      found = found.reversed().filter { seen.insert($0.text).inserted }.reversed()
    }
    return request.whole("n").map { Array(found.suffix(max(0, $0))) } ?? found
  }
}

/// Patterns in which `*` stands for any characters and `?` for one.
enum Pattern {
  static func fits(_ pattern: [Character], _ text: [Character]) -> Bool {
    var (place, next) = (0, 0)
    // Where the last star stood, and how much it stands for.
    var star: (pattern: Int, text: Int)?
    while place < text.count {
      if next < pattern.count, pattern[next] == "*" {
        star = (next, place)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[place] {
        place += 1
        next += 1
      } else if let known = star {
        star = (known.pattern, known.text + 1)
        (place, next) = (known.text + 1, known.pattern + 1)
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }
}
