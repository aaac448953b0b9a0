import Base

/// Text that a program has written for a terminal: colors, bold and faint become HTML; whatever else steers a terminal is left out.
enum TerminalText {
  /// How letters look (ECMA-48, 8.3.117; the bright colors are those of aixterm).
  private struct Look: Equatable {
    var isStrong = false
    var isFaint = false
    /// 0…7: black, red, green, yellow, blue, magenta, cyan, white; 8…15: the same, bright.
    var color: Int?

    /// The classes of a page that say the same.
    var classes: String {
      var names: [String] = isStrong ? ["strong"] : []
      if isFaint { names.append("comment") }
      if let color, let name = Self.names[color] { names.append(name) }
      return names.joined(separator: " ")
    }

    private static let names: [Int: String] = [
      1: "bad", 2: "string", 3: "warned", 4: "name", 5: "keyword", 6: "noted", 7: "comment", 8: "comment",
      9: "bad", 10: "string", 11: "warned", 12: "name", 13: "keyword", 14: "noted",
    ]

    mutating func take(_ codes: [Int]) {
      var place = 0
      while place < codes.count {
        switch codes[place] {
        case 0: self = Look()
        case 1: isStrong = true
        case 2: isFaint = true
        case 22: (isStrong, isFaint) = (false, false)
        case 30...37: color = codes[place] - 30
        case 90...97: color = codes[place] - 82
        case 39: color = nil
        case 38, 48:
          let isForeground = codes[place] == 38
          let kind = place + 1 < codes.count ? codes[place + 1] : 0
          if isForeground { color = kind == 5 && place + 2 < codes.count && codes[place + 2] < 16 ? codes[place + 2] : nil }
          place += kind == 5 ? 2 : kind == 2 ? 4 : 0
        default: break
        }
        place += 1
      }
    }
  }

  /// As HTML.
  static func html(_ text: String) -> String {
    guard text.utf8.contains(escape) else { return Markup.escaped(text) }
    return parts(text).map { look, text in
      let classes = look.classes
      return classes.isEmpty ? Markup.escaped(text) : "<span class=\"\(classes)\">\(Markup.escaped(text))</span>"
    }.joined()
  }

  /// The letters alone.
  static func plain(_ text: String) -> String {
    guard text.utf8.contains(escape) else { return text }
    return parts(text).map(\.text).joined()
  }

  private static let escape: UInt8 = 0x1B

  private static func parts(_ text: String) -> [(look: Look, text: String)] {
    let bytes = Array(text.utf8)
    var parts: [(look: Look, text: String)] = []
    var look = Look()
    var place = 0
    while place < bytes.count {
      let end = bytes[place...].firstIndex(of: escape) ?? bytes.count
      if end > place {
        let words = String(decoding: bytes[place..<end], as: UTF8.self)
        if parts.last?.look == look { parts[parts.count - 1].text += words } else { parts.append((look, words)) }
      }
      guard end < bytes.count else { break }
      place = behind(bytes, end + 1, &look)
    }
    return parts
  }

  /// The place behind a sequence, which begins behind its escape; it changes the look where it says so.
  private static func behind(_ bytes: [UInt8], _ start: Int, _ look: inout Look) -> Int {
    guard start < bytes.count else { return start }
    switch bytes[start] {
    case UInt8(ascii: "["):
      guard let end = bytes[(start + 1)...].firstIndex(where: { !(0x20...0x3F).contains($0) }) else { return bytes.count }
      if bytes[end] == UInt8(ascii: "m") {
        let codes = bytes[(start + 1)..<end].split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        look.take(codes.map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 })
      }
      return (0x40...0x7E).contains(bytes[end]) ? end + 1 : end
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      // A string, up to a bell or ESC \; one that does not end in its line is none.
      guard let end = bytes[start...].firstIndex(where: { $0 == 7 || $0 == escape || $0 == 0x0A }) else { return bytes.count }
      guard bytes[end] == escape else { return bytes[end] == 7 ? end + 1 : end }
      return end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "\\") ? end + 2 : end
    case 0x20...0x2F: return min(start + 2, bytes.count)
    case 0x30...0x7E: return start + 1
    default: return start
    }
  }
}
