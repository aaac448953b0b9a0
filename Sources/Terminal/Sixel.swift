import Formats
import Graphics

/// Pictures as sixels: each character is six pixels of one color, one below the other (DEC, "VT330/VT340 Programmer Reference Manual",
/// volume 2, chapter 14).
enum Sixel {
  /// The code of a picture of 1 or 3 channels, in at most so many colors.
  static func code(_ picture: Raster, colors count: Int) -> String {
    let palette = Palette(of: [picture], count: count)
    let numbers = palette.numbers(of: picture)
    // Square pixels; those that no color is given stay as they are, but all have one.
    var code = Array("\u{1B}P0;1;0q\"1;1;\(picture.width);\(picture.height)".utf8)
    var isUsed = [Bool](repeating: false, count: 256)
    for number in numbers { isUsed[Int(number)] = true }
    for (number, color) in palette.colors.enumerated() where isUsed[number] {
      code += "#\(number);2;\(percent(color.red));\(percent(color.green));\(percent(color.blue))".utf8
    }
    for top in stride(from: 0, to: picture.height, by: 6) {
      if top > 0 { code.append(UInt8(ascii: "-")) }
      band(numbers, picture.width, top..<min(top + 6, picture.height), into: &code)
    }
    code += "\u{1B}\\".utf8
    return String(decoding: code, as: UTF8.self)
  }

  private static func percent(_ value: UInt8) -> Int { (Int(value) * 100 + 127) / 255 }

  /// Six rows: the pixels of each of their colors, from the left, each time anew.
  private static func band(_ numbers: [UInt8], _ width: Int, _ rows: Range<Int>, into code: inout [UInt8]) {
    var masks = [[UInt8]?](repeating: nil, count: 256)
    var order: [Int] = []
    for (bit, row) in rows.enumerated() {
      for x in 0..<width {
        let number = Int(numbers[row * width + x])
        if masks[number] == nil {
          masks[number] = [UInt8](repeating: 0, count: width)
          order.append(number)
        }
        masks[number]?[x] |= 1 << UInt8(bit)
      }
    }
    for (place, number) in order.enumerated() {
      guard let mask = masks[number] else { continue }
      if place > 0 { code.append(UInt8(ascii: "$")) }
      code += "#\(number)".utf8
      var start = 0
      while start < width {
        var end = start + 1
        while end < width, mask[end] == mask[start] { end += 1 }
        // Empty ones at the end need not be said.
        if end == width, mask[start] == 0 { break }
        let character = 63 + mask[start]
        if end - start > 3 {
          code += "!\(end - start)".utf8
          code.append(character)
        } else {
          code += [UInt8](repeating: character, count: end - start)
        }
        start = end
      }
    }
  }
}
