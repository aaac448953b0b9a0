/// What a pasted text puts into an entry.
enum PastedText {
  /// The text with one kind of line break, without control characters, and without line breaks at its end.
  static func plain(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}": clean.append("\n")
      case "\t": clean.append("\t")
      default: if scalar.value >= 0x20, !(0x7F...0x9F).contains(scalar.value) { clean.append(scalar) }
      }
      previous = scalar
    }
    while clean.last == "\n" { clean.removeLast() }
    return String(clean)
  }

  /// The entries of a conversation that was copied with its prompts, of this program or of Python: the prompts are taken away, and so are the
  /// lines that the program printed. A text that does not begin with a prompt stays as it is. `goesOn` says whether an entry so far wants
  /// another line.
  static func withoutPrompts(
    _ text: String, prompt: String, continuations: [String], goesOn: (String) -> Bool
  ) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let own = Prompts(width: prompt.count, first: { removed(prompt, from: $0) }) { line in
      continuations.lazy.compactMap { removed($0, from: line) }.first
    }
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }),
      let prompts = [own, python, ipython].first(where: { $0.first(first) != nil })
    else { return text }
    var entries: [String] = []
    /// Whether the lines at hand belong to the last entry.
    var isOpen = false
    for line in lines {
      if let rest = prompts.first(line) {
        entries.append(String(rest))
        isOpen = true
      } else if isOpen, let rest = prompts.further(line) {
        entries[entries.count - 1] += "\n" + rest
      } else if isOpen, let last = entries.last, goesOn(last) {
        // Further lines of an entry stand below the prompt's own width.
        entries[entries.count - 1] += "\n" + line.dropFirst(min(prompts.width, line.prefix { $0 == " " }.count))
      } else {
        isOpen = false
      }
    }
    // Python ends a block with an empty line.
    return entries.map { $0.last == "\n" ? String($0.dropLast()) : $0 }.filter { !$0.allSatisfy(\.isWhitespace) }.joined(
      separator: "\n")
  }

  /// What stands before the first line of an entry, and before the others: each gives the line without it, nil where it is not there.
  private struct Prompts: Sendable {
    let width: Int
    let first: @Sendable (Substring) -> Substring?
    let further: @Sendable (Substring) -> Substring?
  }

  private static let python = Prompts(width: 4, first: { removed(">>> ", from: $0) }, further: { removed("... ", from: $0) })

  /// `In [12]: x = 3`, and `    ...: ` before further lines.
  private static let ipython = Prompts(
    width: 0,
    first: { line in
      guard line.hasPrefix("In ["), let end = line.firstIndex(of: "]"),
        line[..<end].dropFirst(4).allSatisfy({ $0.isASCII && $0.isNumber || $0 == " " })
      else { return nil }
      return removed(": ", from: line[line.index(after: end)...])
    },
    further: { line in
      let rest = line.drop { $0 == " " }
      return rest.startIndex > line.startIndex ? removed("...: ", from: rest) : nil
    })

  /// The line without the prompt that it begins with; the blank that ends a prompt may be missing where nothing follows.
  private static func removed(_ prompt: String, from line: Substring) -> Substring? {
    if line.hasPrefix(prompt) { return line.dropFirst(prompt.count) }
    let bare = prompt.hasSuffix(" ") ? String(prompt.dropLast()) : prompt
    return line == bare ? "" : nil
  }
}
