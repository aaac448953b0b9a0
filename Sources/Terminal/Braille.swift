/// A field of dots drawn with braille characters: two columns and four rows of dots in each.
struct BrailleField {
  let columns: Int
  let rows: Int
  private(set) var patterns: [UInt8]
  /// The color of each character: that of the last dot set in it.
  private(set) var colors: [Int?]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    patterns = Array(repeating: 0, count: columns * rows)
    colors = Array(repeating: nil, count: columns * rows)
  }

  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  /// Dots outside of the field are left out.
  mutating func set(_ x: Int, _ y: Int, color: Int? = nil) {
    guard x >= 0, y >= 0, x < width, y < height else { return }
    let place = y / 4 * columns + x / 2
    patterns[place] |= BrailleField.bit(x % 2, y % 4)
    colors[place] = color
  }

  /// The number of the character that a dot is in; nil outside of the field.
  func cell(_ x: Int, _ y: Int) -> Int? {
    x >= 0 && y >= 0 && x < width && y < height ? y / 4 * columns + x / 2 : nil
  }

  /// Gives a character another color.
  mutating func color(_ cell: Int, _ color: Int) {
    if colors.indices.contains(cell) { colors[cell] = color }
  }

  /// A straight line of dots (Bresenham).
  mutating func line(from: (x: Int, y: Int), to: (x: Int, y: Int), color: Int? = nil, dots: [Int] = []) {
    var phase = 0
    line(from: from, to: to, color: color, dots: dots, phase: &phase)
  }

  /// A straight line of dots, of which so many are set and left out in turn.
  ///
  /// - Parameter phase: how many dots of the pattern are behind, for lines that go on where another ended.
  mutating func line(
    from: (x: Int, y: Int), to: (x: Int, y: Int), color: Int? = nil, dots: [Int], phase: inout Int
  ) {
    let period = dots.reduce(0, +)
    let isSet = (0..<period).map { place in
      var (rest, turn) = (place, 0)
      while rest >= dots[turn] { (rest, turn) = (rest - dots[turn], turn + 1) }
      return turn % 2 == 0
    }
    let (dx, dy) = (abs(to.x - from.x), -abs(to.y - from.y))
    let (stepX, stepY) = (from.x < to.x ? 1 : -1, from.y < to.y ? 1 : -1)
    var (x, y) = from
    var error = dx + dy
    while true {
      if period == 0 || isSet[phase % period] { set(x, y, color: color) }
      if x == to.x && y == to.y { return }
      phase += 1
      let double = 2 * error
      if double >= dy {
        error += dy
        x += stepX
      }
      if double <= dx {
        error += dx
        y += stepY
      }
    }
  }

  /// The character of a pattern; without Unicode one of ` .:*`.
  static func character(_ pattern: UInt8, unicode: Bool) -> Character {
    if !unicode {
      switch pattern.nonzeroBitCount {
      case 0: return " "
      case 1: return "."
      case 2, 3: return ":"
      default: return "*"
      }
    }
    return pattern == 0 ? " " : Character(Unicode.Scalar(0x2800 + UInt32(pattern)) ?? " ")
  }

  private static func bit(_ x: Int, _ y: Int) -> UInt8 {
    y == 3 ? 0x40 << UInt8(x) : 1 << UInt8(y + 3 * x)
  }
}
