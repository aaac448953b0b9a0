import Graphics

/// The letters of our typeface that a page uses, numbered in the order of their first use, as a font of PDF.
struct PDFFont {
  let isBold: Bool
  private var numbers: [Character: Int] = [:]
  private var characters: [Character] = []

  init(isBold: Bool) { self.isBold = isBold }

  var isEmpty: Bool { characters.isEmpty }

  /// A subset's name begins with six letters of its own.
  var name: String { isBold ? "GANBLD+GanSans-Bold" : "GANREG+GanSans" }

  /// The numbers of a text's glyphs; 0 is the box that stands for none.
  mutating func codes(of text: String) -> [Int] {
    text.map { character in
      if let number = numbers[character] { return number }
      guard characters.count < 60_000 else { return 0 }
      characters.append(character)
      numbers[character] = characters.count
      return characters.count
    }
  }

  private var letters: [Letter] { [Letter("\u{FFFD}", bold: isBold)] + characters.map { Letter($0, bold: isBold) } }

  /// In thousandths of the size.
  var widths: [Int] { letters.map { Int(($0.advance * 100).rounded()) } }

  /// A TrueType font with these glyphs.
  var program: [UInt8] { TrueType.font(letters.map(TrueType.Glyph.init)) }

  /// Which characters the glyphs stand for (ISO 32000-1, 9.10.3).
  var unicodeMap: String {
    var map = """
      /CIDInit /ProcSet findresource begin
      12 dict begin
      begincmap
      /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
      /CMapName /Adobe-Identity-UCS def
      /CMapType 2 def
      1 begincodespacerange
      <0000> <FFFF>
      endcodespacerange

      """
    // A block holds at most a hundred lines.
    for start in stride(from: 0, to: characters.count, by: 100) {
      let block = characters[start..<min(start + 100, characters.count)]
      map += "\(block.count) beginbfchar\n"
      for (offset, character) in block.enumerated() {
        map += "<\(PDF.hexadecimal(start + offset + 1))> \(PDF.utf16(String(character), marked: false))\n"
      }
      map += "endbfchar\n"
    }
    return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
  }
}
