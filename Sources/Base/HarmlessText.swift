/// Texts that may come from anywhere (a file's name, a label in it), as a terminal shall show them. A terminal obeys control characters: they move
/// its cursor, rename its window, hide what was printed before; and marks of the direction of writing put letters in another order than
/// they are read in. So each of them is shown as a sign: ␛ for escape, � for those that have none.

extension Unicode.Scalar {
  /// The sign for a character that steers, else the character itself.
  public var harmless: Unicode.Scalar {
    switch value {
    case 0x00..<0x20: Unicode.Scalar(0x2400 + value) ?? "�"
    case 0x7F: "␡"
    case 0x80..<0xA0, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF: "�"
    default: self
    }
  }
}

extension Character {
  /// A sign for what steers, else the character itself; marks within a picture or a letter of several parts stay.
  public var harmless: Character {
    guard let first = unicodeScalars.first, first.harmless != first else { return self }
    return self == "\r\n" ? "␊" : Character(first.harmless)
  }
}

extension String {
  /// On one line, with a sign for each character that steers a terminal.
  public var harmless: String { signed(keepsLines: false) }

  /// The same, but for line breaks and tabs, which stay.
  public var harmlessLines: String { signed(keepsLines: true) }

  private func signed(keepsLines: Bool) -> String {
    // Most texts have nothing of the kind: the bytes tell it sooner than the characters do.
    let isSuspect = utf8.contains { byte in
      byte < 0x20 && !(keepsLines && (byte == 0x0A || byte == 0x09)) || byte == 0x7F || byte == 0xC2 || byte == 0xD8
        || byte == 0xE2 || byte == 0xEF
    }
    guard isSuspect else { return self }
    var text = ""
    for character in self {
      switch character {
      case "\n" where keepsLines, "\t" where keepsLines: text.append(character)
      case "\r\n" where keepsLines: text.append("\n")
      default: text.append(character.harmless)
      }
    }
    return text
  }
}
