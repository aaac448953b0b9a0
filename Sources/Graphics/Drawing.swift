import Base

/// What is on a sheet, as a list of commands: a picture that knows no pixels yet. A canvas draws it in pixels, and the formats of
/// pages (SVG, PDF) write it as what it is: lines, shapes and text.
///
/// Places are in units from the top left corner, `x` to the right and `y` downwards; a unit is a pixel of the raster.
public struct Drawing: Sendable {
  /// In units, at least 1.
  public let width: Int
  /// In units, at least 1.
  public let height: Int
  /// What the drawing is called, for what reads it aloud or lists it; nothing is drawn for it.
  public var title: String?
  /// In the order in which they are drawn.
  public internal(set) var commands: [Command] = []

  /// A place on the sheet.
  public typealias Point = Canvas.Point
  /// A rectangle of the sheet.
  public typealias Box = Canvas.Box

  /// One thing to draw.
  public enum Command: Sendable {
    /// A filled rectangle.
    case box(Box, Color, opacity: Double)
    /// A filled outline; where it crosses itself, what is inside by the nonzero rule.
    case polygon([Point], Color, opacity: Double)
    /// Lines through points, with round ends and corners. A point that is not finite interrupts its line.
    case lines([[Point]], Pen)
    /// The same sign at many places.
    case markers(Markers)
    /// A line of text.
    case text(Text)
    /// A rectangle whose color changes from place to place.
    case shading(Shading)
    /// A picture, its top left corner at a place.
    case picture(Raster, x: Int, y: Int)
    /// What is drawn within a rectangle only.
    indirect case clipped(Box, [Command])
    /// A sheet of its own, its top left corner at a place; it hides what is under it.
    indirect case sheet(Drawing, x: Int, y: Int)
  }

  /// How a line looks.
  public struct Pen: Equatable, Sendable {
    /// In units.
    public var width: Double
    /// Of the line.
    public var color: Color
    /// 0…1; where a line crosses itself, its color is laid on only once.
    public var opacity = 1.0
    /// The lengths of dashes and gaps, in turn; none for an unbroken line.
    public var dashes: [Double] = []
  }

  /// The same sign at many places.
  public struct Markers: Sendable {
    /// The middles of the signs.
    public var places: [Point]
    /// Their shape.
    public var shape = Marker.circle
    /// Of a circle; the other shapes are made to look as large.
    public var radius: Double
    /// Of all of them, or, where there are as many as places, of each.
    public var colors: [Color]
    /// 0…1; signs that overlap are laid over one another.
    public var opacity = 1.0
    /// The width of a white rim around each sign.
    public var rim = 0.0

    /// The color of one of the signs.
    public func color(_ index: Int) -> Color {
      colors.count == places.count && colors.indices.contains(index) ? colors[index] : colors.first ?? .black
    }
  }

  /// A line of text.
  public struct Text: Equatable, Sendable {
    /// What it says.
    public var string: String
    /// Where it begins, has its middle or ends, on the baseline.
    public var place: Point
    /// The height of the line in units; capitals are seven tenths of it.
    public var size: Double
    /// Of the letters.
    public var color: Color
    /// Which of its points stands at `place`.
    public var anchor: Canvas.Anchor
    /// With a wider pen.
    public var isBold = false
    /// Turned to the left by a right angle.
    public var isUpwards = false
  }

  /// A rectangle whose color changes from place to place.
  public struct Shading: Sendable {
    /// Where it is.
    public var box: Box
    /// Whether neighboring places have nearly the same color: then few samples are enough.
    public var isSmooth: Bool
    /// The color of a place of the sheet; nil leaves it as it is.
    public var color: @Sendable (Point) -> Color?
  }

  /// An empty sheet.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1, or where a picture of it would exceed `Raster.largestByteCount`.
  public init(width: Int, height: Int) throws {
    _ = try Raster.byteCount(width: width, height: height, channels: 3)
    self.width = width
    self.height = height
  }

  /// A sheet with a picture on it and nothing else.
  public init(_ picture: Raster) {
    width = picture.width
    height = picture.height
    commands = [.picture(picture, x: 0, y: 0)]
  }

  // MARK: Drawing

  mutating func fill(_ box: Box, _ color: Color, opacity: Double = 1) {
    commands.append(.box(box, color, opacity: opacity))
  }

  mutating func fill(_ outline: [Point], _ color: Color, opacity: Double = 1) {
    commands.append(.polygon(outline, color, opacity: opacity))
  }

  mutating func outline(_ box: Box, width: Double = 1, _ color: Color, opacity: Double = 1) {
    stroke(
      [
        [
          Point(box.left, box.top), Point(box.right, box.top), Point(box.right, box.bottom), Point(box.left, box.bottom),
          Point(box.left, box.top),
        ]
      ], width: width, color, opacity: opacity)
  }

  mutating func line(from: Point, to: Point, width: Double = 1, _ color: Color, opacity: Double = 1, dashes: [Double] = []) {
    stroke([[from, to]], width: width, color, opacity: opacity, dashes: dashes)
  }

  mutating func stroke(_ lines: [[Point]], width: Double, _ color: Color, opacity: Double = 1, dashes: [Double] = []) {
    commands.append(.lines(lines, Pen(width: width, color: color, opacity: opacity, dashes: dashes)))
  }

  mutating func circle(_ center: Point, radius: Double, _ color: Color, opacity: Double = 1) {
    mark(Markers(places: [center], radius: radius, colors: [color], opacity: opacity))
  }

  mutating func mark(_ markers: Markers) { commands.append(.markers(markers)) }

  mutating func shade(_ box: Box, isSmooth: Bool = true, _ color: @escaping @Sendable (Point) -> Color?) {
    commands.append(.shading(Shading(box: box, isSmooth: isSmooth, color: color)))
  }

  mutating func text(
    _ string: String, at place: Point, size: Double, _ color: Color = .black, anchor: Canvas.Anchor = .start,
    bold: Bool = false, upwards: Bool = false
  ) {
    commands.append(
      .text(
        Text(string: string.plainLine, place: place, size: size, color: color, anchor: anchor, isBold: bold, isUpwards: upwards)))
  }

  mutating func paste(_ sheet: Drawing, x: Int, y: Int) { commands.append(.sheet(sheet, x: x, y: y)) }

  mutating func paste(_ picture: Raster, x: Int, y: Int) { commands.append(.picture(picture, x: x, y: y)) }

  /// Lets `body` draw within a box only.
  mutating func clipped(to box: Box, _ body: (inout Drawing) -> Void) {
    let outer = commands
    commands = []
    body(&self)
    commands = outer + [.clipped(box, commands)]
  }
}
