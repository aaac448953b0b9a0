import Graphics

/// A picture as text: two pixels one above the other in each half block, in colors where the terminal has them; else in braille
/// dots, dithered; else in the shades of ASCII.
public struct PicturePrinter {
  /// Which characters are used.
  public enum Style: Sendable { case sextants, halfBlocks, braille, shades }

  /// By default what the screen's colors and characters allow.
  public var style: Style
  /// Where the lines will be shown: its colors and characters decide how.
  public var screen: Screen
  /// The most columns to take.
  public var width: Int
  /// The most rows of text to take.
  public var rows: Int

  /// By default as large as the screen allows, and at least 16 rows.
  public init(screen: Screen, width: Int? = nil, rows: Int? = nil) {
    self.screen = screen
    self.width = max(1, width ?? screen.width - 1)
    self.rows = max(1, rows ?? max(screen.height - 2, 16))
    style =
      screen.colorDepth > .none && (screen.isUnicode || screen.colorDepth > .named)
      ? .halfBlocks : screen.isUnicode ? .braille : .shades
  }

  /// Lines of text, without line breaks.
  ///
  /// - Throws: a `GraphicsError` where the picture cannot be resized.
  public func lines(_ picture: Raster) throws -> [String] {
    switch style {
    case .sextants: try sextants(picture)
    case .halfBlocks: try halfBlocks(picture)
    case .braille: try braille(picture)
    case .shades: try ascii(picture)
    }
  }

  /// The room that there is, in the pixels of the style.
  var room: PictureRoom {
    switch style {
    case .sextants: PictureRoom(width: width * 2, height: rows * 3)
    case .halfBlocks: PictureRoom(width: width, height: rows * 2)
    case .braille: PictureRoom(width: width * 2, height: rows * 4)
    case .shades: PictureRoom(width: width, height: rows * 2)
    }
  }

  /// A picture that is larger than the room is shrunk; a small one is enlarged by a whole factor as long as it stays small.
  private func fitted(_ picture: Raster, across: Int, down: Int, small: Int = 32, aspect: Double = 1) throws -> Raster {
    let wanted = (width: Double(picture.width), height: Double(picture.height) * aspect)
    let scale = min(Double(across) / wanted.width, Double(down) / wanted.height)
    if scale >= 1 {
      let factor = max(1, min(Int(scale), small / max(1, min(picture.width, picture.height))))
      if aspect == 1 { return factor == 1 ? picture : try picture.scaledUp(by: factor) }
    }
    let least = min(scale, 1)
    return try picture.resized(
      width: max(1, min(across, Int((wanted.width * least).rounded()))),
      height: max(1, min(down, Int((wanted.height * least).rounded()))))
  }

  private func halfBlocks(_ picture: Raster) throws -> [String] {
    let picture = try fitted(picture.color(), across: width, down: rows * 2)
    var lines: [String] = []
    for y in stride(from: 0, to: picture.height, by: 2) {
      var line = ""
      var (upperCode, lowerCode) = ("", "")
      for x in 0..<picture.width {
        let upper = picture.color(x, y).code(depth: screen.colorDepth)
        if upper != upperCode { line += upper }
        upperCode = upper
        if y + 1 < picture.height {
          let lower = picture.color(x, y + 1).code(ground: true, depth: screen.colorDepth)
          if lower != lowerCode { line += lower }
          lowerCode = lower
        }
        line += screen.isUnicode ? "▀" : " "
      }
      lines.append(line + "\u{1B}[0m")
    }
    return lines
  }

  /// Two columns and three rows of pixels in each character, in two colors: those of the brighter and of the darker ones of them.
  private func sextants(_ picture: Raster) throws -> [String] {
    let picture = try fitted(picture.color(), across: width * 2, down: rows * 3, small: 64)
    return stride(from: 0, to: picture.height, by: 3).map { top in
      var line = ""
      var (paper, ink) = ("", "")
      for left in stride(from: 0, to: picture.width, by: 2) {
        let cell = SextantCell(of: picture, left, top)
        let (ground, over) = (cell.paper.code(ground: true, depth: screen.colorDepth), cell.ink.code(depth: screen.colorDepth))
        if ground != paper { line += ground }
        if over != ink { line += over }
        (paper, ink) = (ground, over)
        line.append(cell.character)
      }
      return line + "\u{1B}[0m"
    }
  }

  /// Light is dots: terminals without colors are mostly dark.
  private func braille(_ picture: Raster) throws -> [String] {
    let shades = try fitted(picture.gray(), across: width * 2, down: rows * 4, small: 64)
    var light = shades.bytes.map(Double.init)
    var field = BrailleField(columns: (shades.width + 1) / 2, rows: (shades.height + 3) / 4)
    // Floyd and Steinberg's dithering: what a dot is too light or too dark goes to its neighbors.
    for y in 0..<shades.height {
      for x in 0..<shades.width {
        let value = light[y * shades.width + x]
        let isOn = value >= 128
        if isOn { field.set(x, y) }
        let rest = value - (isOn ? 255 : 0)
        for (dx, dy, part) in [(1, 0, 7.0), (-1, 1, 3.0), (0, 1, 5.0), (1, 1, 1.0)] {
          let (nextX, nextY) = (x + dx, y + dy)
          if nextX >= 0, nextX < shades.width, nextY < shades.height {
            light[nextY * shades.width + nextX] += rest * part / 16
          }
        }
      }
    }
    return (0..<field.rows).map { row in
      let patterns = field.patterns[row * field.columns..<(row + 1) * field.columns]
      return String(patterns.map { Character(Unicode.Scalar(0x2800 + UInt32($0)) ?? " ") })
    }
  }

  private func ascii(_ picture: Raster) throws -> [String] {
    let shades = Array(" .:-=+*#%@")
    let picture = try fitted(picture.gray(), across: width, down: rows, aspect: 0.5)
    return (0..<picture.height).map { y in
      String((0..<picture.width).map { x in shades[Int(picture.color(x, y).red) * (shades.count - 1) / 255] })
    }
  }
}

extension Raster {
  /// A pixel's color, in a picture of one or three channels.
  func color(_ x: Int, _ y: Int) -> Color {
    let place = (y * width + x) * channels
    guard bytes.indices.contains(place + channels - 1) else { return .black }
    if channels < 3 { return Color(red: bytes[place], green: bytes[place], blue: bytes[place]) }
    return Color(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2])
  }
}
