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

  /// The entries of a conversation that was copied with its prompts: the prompts are taken away, and so are the lines that the program
  /// printed. A text that does not begin with a prompt stays as it is. `goesOn` says whether an entry so far wants another line.
  static func withoutPrompts(
    _ text: String, prompt: String, continuations: [String], goesOn: (String) -> Bool
  ) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first(where: { !$0.allSatisfy(\.isWhitespace) }), isPrompted(first, by: prompt) else { return text }
    var entries: [String] = []
    /// Whether the lines at hand belong to the last entry.
    var isOpen = false
    for line in lines {
      if let rest = removed(prompt, from: line) {
        entries.append(String(rest))
        isOpen = true
      } else if isOpen, let rest = continuations.lazy.compactMap({ removed($0, from: line) }).first {
        entries[entries.count - 1] += "\n" + rest
      } else if isOpen, let last = entries.last, goesOn(last) {
        // Further lines of an entry stand below the prompt's own width.
        entries[entries.count - 1] += "\n" + line.dropFirst(min(prompt.count, line.prefix { $0 == " " }.count))
      } else {
        isOpen = false
      }
    }
    return entries.filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
  }

  private static func isPrompted(_ line: Substring, by prompt: String) -> Bool { removed(prompt, from: line) != nil }

  /// The line without the prompt that it begins with; the blank that ends a prompt may be missing where nothing follows.
  private static func removed(_ prompt: String, from line: Substring) -> Substring? {
    if line.hasPrefix(prompt) { return line.dropFirst(prompt.count) }
    let bare = prompt.hasSuffix(" ") ? String(prompt.dropLast()) : prompt
    return line == bare ? "" : nil
  }
}
