/// Words set into lines of a width.
public enum Lines {
  /// Words with a separator between those of a line, as many on each as fit `width` columns; a longer word has a line of its own. No
  /// words make no line.
  public static func filled(_ words: some Sequence<some StringProtocol>, separator: String = " ", width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used: Int?
    let gap = separator.displayWidth
    for word in words {
      let wide = word.displayWidth
      if let before = used, before + gap + wide <= width {
        line += separator + word
        used = before + gap + wide
      } else {
        if used != nil { lines.append(line) }
        (line, used) = (String(word), wide)
      }
    }
    return used == nil ? lines : lines + [line]
  }
}
