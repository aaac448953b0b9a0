/// A sheet in red, green and blue that lines, shapes and text are drawn on, smoothly. Places are in pixels from the top
/// left corner; a pixel's middle is at its half. What lies outside is left out; NaN draws nothing.
public struct Canvas: Sendable {
  /// What has been drawn so far: three channels, 8 bits each.
  public private(set) var raster: Raster
  /// Of the sheet, in pixels.
  public var width: Int { raster.width }
  /// Of the sheet, in pixels.
  public var height: Int { raster.height }
  /// The columns and rows that may be drawn on.
  private var columns: Range<Int>
  private var rows: Range<Int>

  /// A place on the sheet in pixels: `x` to the right, `y` downwards, from the top left corner.
  public struct Point: Equatable, Sendable {
    /// From the left edge.
    public var x: Double
    /// From the top edge.
    public var y: Double

    /// A place by its two coordinates.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A rectangle between two corners.
  public struct Box: Equatable, Sendable {
    /// The left edge's `x`.
    public var left: Double
    /// The top edge's `y`; smaller than `bottom`.
    public var top: Double
    /// The right edge's `x`.
    public var right: Double
    /// The bottom edge's `y`.
    public var bottom: Double

    /// A box by its edges. One whose edges are crossed covers nothing.
    public init(left: Double, top: Double, right: Double, bottom: Double) {
      self.left = left
      self.top = top
      self.right = right
      self.bottom = bottom
    }

    /// From the left edge to the right one; negative where they are crossed.
    public var width: Double { right - left }
    /// From the top edge to the bottom one; negative where they are crossed.
    public var height: Double { bottom - top }
  }

  /// An empty sheet of one color.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1 or the sheet exceeds `Raster.largestByteCount`.
  public init(width: Int, height: Int, color: Color = .white) throws {
    self.init(try Raster(width: width, height: height, channels: 3, fill: 255))
    if color != .white { fill(Box(left: 0, top: 0, right: Double(width), bottom: Double(height)), color) }
  }

  /// Draws on a copy of a picture.
  public init(_ picture: Raster) {
    raster = picture.color()
    columns = 0..<picture.width
    rows = 0..<picture.height
  }

  /// Lets `body` draw within a box only.
  public mutating func clipped(to box: Box, _ body: (inout Canvas) throws -> Void) rethrows {
    let (oldColumns, oldRows) = (columns, rows)
    columns = Canvas.pixels(box.left, box.right, columns)
    rows = Canvas.pixels(box.top, box.bottom, rows)
    defer { (columns, rows) = (oldColumns, oldRows) }
    try body(&self)
  }

  /// The pixels that a box touches and that may be drawn on.
  func visible(_ box: Box) -> (columns: Range<Int>, rows: Range<Int>) {
    (Canvas.pixels(box.left, box.right, columns), Canvas.pixels(box.top, box.bottom, rows))
  }

  /// The pixels that a stretch touches, within `limits`.
  private static func pixels(_ from: Double, _ to: Double, _ limits: Range<Int>) -> Range<Int> {
    guard from < to else { return limits.lowerBound..<limits.lowerBound }
    // Cut off as numbers with fractions first: whole numbers may not be able to hold them.
    let low = Int(min(max(from, Double(limits.lowerBound)), Double(limits.upperBound)).rounded(.down))
    let high = Int(min(max(to, Double(limits.lowerBound)), Double(limits.upperBound)).rounded(.up))
    return low..<max(low, high)
  }

  /// Mixes a color into a pixel, by its part `coverage`, 0…1.
  mutating func blend(_ x: Int, _ y: Int, _ color: Color, _ coverage: Double) {
    let start = (y * raster.width + x) * 3
    guard coverage > 0 else { return }
    let part = Int(min(coverage, 1) * 256)
    guard part > 0 else { return }
    let old = (Int(raster.bytes[start]), Int(raster.bytes[start + 1]), Int(raster.bytes[start + 2]))
    raster.bytes[start] = UInt8(old.0 + ((Int(color.red) - old.0) * part + 128) >> 8)
    raster.bytes[start + 1] = UInt8(old.1 + ((Int(color.green) - old.1) * part + 128) >> 8)
    raster.bytes[start + 2] = UInt8(old.2 + ((Int(color.blue) - old.2) * part + 128) >> 8)
  }

  // MARK: Shapes

  /// Fills a box; its edges may lie between pixels.
  public mutating func fill(_ box: Box, _ color: Color, opacity: Double = 1) {
    for y in Canvas.pixels(box.top, box.bottom, rows) {
      let vertical = min(box.bottom, Double(y + 1)) - max(box.top, Double(y))
      for x in Canvas.pixels(box.left, box.right, columns) {
        let horizontal = min(box.right, Double(x + 1)) - max(box.left, Double(x))
        blend(x, y, color, vertical * horizontal * opacity)
      }
    }
  }

  /// The outline of a box.
  public mutating func outline(_ box: Box, width: Double = 1, _ color: Color, opacity: Double = 1) {
    let corners = [
      Point(box.left, box.top), Point(box.right, box.top), Point(box.right, box.bottom), Point(box.left, box.bottom),
      Point(box.left, box.top),
    ]
    stroke([corners], width: width, color, opacity: opacity)
  }

  /// Fills a circle.
  public mutating func circle(_ center: Point, radius: Double, _ color: Color, opacity: Double = 1) {
    guard center.x.isFinite, center.y.isFinite, radius > 0, radius.isFinite else { return }
    let reach = radius + 1
    for y in Canvas.pixels(center.y - reach, center.y + reach, rows) {
      for x in Canvas.pixels(center.x - reach, center.x + reach, columns) {
        let (dx, dy) = (Double(x) + 0.5 - center.x, Double(y) + 0.5 - center.y)
        let coverage = radius + 0.5 - (dx * dx + dy * dy).squareRoot()
        if coverage > 0 { blend(x, y, color, min(coverage, 1) * opacity) }
      }
    }
  }

  /// Sets every pixel of a box to what `color` says for the pixel's middle; nil leaves it as it is.
  public mutating func paint(_ box: Box, _ color: (Point) -> Color?) {
    for y in Canvas.pixels(box.top, box.bottom, rows) {
      for x in Canvas.pixels(box.left, box.right, columns) {
        if let color = color(Point(Double(x) + 0.5, Double(y) + 0.5)) { blend(x, y, color, 1) }
      }
    }
  }

  /// Lays a picture onto the sheet, its top left corner at a whole place.
  public mutating func paste(_ picture: Raster, x: Int, y: Int) {
    // Both have three channels, so this cannot fail.
    try? raster.paste(picture.color(), x: x, y: y)
  }

  // MARK: Lines

  /// A straight line.
  public mutating func line(from: Point, to: Point, width: Double = 1, _ color: Color, opacity: Double = 1) {
    stroke([[from, to]], width: width, color, opacity: opacity)
  }

  /// Lines through points, with round ends and corners; where they cross or touch, the color is laid on only once.
  /// A point that is NaN or infinite interrupts its line; a line of a single point is a dot.
  public mutating func stroke(_ lines: [[Point]], width: Double, _ color: Color, opacity: Double = 1) {
    guard width > 0, width.isFinite, opacity > 0 else { return }
    // Lines thinner than a pixel are as wide as one, but paler.
    let radius = max(width, 1) / 2
    let strength = min(width, 1) * opacity
    let reach = radius + 1
    var left = Double.infinity
    var right = -Double.infinity
    var top = Double.infinity
    var bottom = -Double.infinity
    for line in lines {
      for point in line where point.x.isFinite && point.y.isFinite {
        (left, right) = (min(left, point.x), max(right, point.x))
        (top, bottom) = (min(top, point.y), max(bottom, point.y))
      }
    }
    var mask = Coverage(
      columns: Canvas.pixels(left - reach, right + reach, columns), rows: Canvas.pixels(top - reach, bottom + reach, rows))
    guard !mask.isEmpty else { return }
    for line in lines {
      var previous: Point?
      for point in line {
        guard point.x.isFinite, point.y.isFinite else {
          previous = nil
          continue
        }
        mask.add(from: previous ?? point, to: point, radius: radius)
        previous = point
      }
    }
    mask.forEach { x, y, coverage in blend(x, y, color, coverage * strength) }
  }
}
