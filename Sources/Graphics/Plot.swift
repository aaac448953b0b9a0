/// A diagram as a plain value: what it shows, not how. `render` draws it as a picture; a terminal draws it in its own way.
public struct Plot: Equatable, Sendable {
  /// Above the frame.
  public var title: String?
  /// Below the x axis: what it measures.
  public var xLabel: String?
  /// Beside the y axis, turned upwards: what it measures.
  public var yLabel: String?
  /// How `x` becomes a place along the frame.
  public var xScale: Scale = .linear
  /// How `y` becomes a place along the frame.
  public var yScale: Scale = .linear
  /// The part of the x axis to show; by default what the data spans.
  public var xRange: ClosedRange<Double>?
  /// The part of the y axis to show; by default what the data spans.
  public var yRange: ClosedRange<Double>?
  /// One unit is as long on the x axis as on the y axis.
  public var equalUnits = false
  /// Whether the names of the series are listed in the frame.
  public var legend = true
  /// Title, ticks and numbers around the frame; without them the frame fills the drawing, as in one panel of many.
  public var axes = true
  /// Drawn under the series.
  public var heatMap: HeatMap?
  /// Drawn one over another, the first at the bottom.
  public var series: [Series] = []
  /// Words and arrows over the series.
  public var notes: [Note] = []
  /// Names in place of numbers along the x axis: the first stands at 0, the next at 1, and so on.
  public var xNames: Names?
  /// Names in place of numbers along the y axis, from below.
  public var yNames: Names?
  /// The width of its picture in pixels; nil: 640. Letters do not grow with it.
  public var width: Int?
  /// The height of its picture in pixels; nil: 420, and more for plots below it.
  public var height: Int?
  /// Plots under this one, over the same x axis, for what has another scale.
  public var below: [Plot] = []

  /// A diagram with nothing in it yet.
  public init(title: String? = nil, xLabel: String? = nil, yLabel: String? = nil) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
  }

  /// Names along an axis.
  public struct Names: Equatable, Sendable {
    /// At 0, 1, 2, …
    public var names: [String]
    /// Whether they only count the places, so that some of them tell the others.
    public var areNumbers = false

    /// Names in their order along the axis.
    public init(_ names: [String], areNumbers: Bool = false) {
      self.names = names
      self.areNumbers = areNumbers
    }
  }

  /// How a coordinate becomes a place along its axis.
  public enum Scale: String, CaseIterable, Sendable {
    case linear
    /// Base 10. Points that are not above 0 are left out.
    case logarithmic
  }

  /// Points of one name and one look. A point with a coordinate that is NaN or infinite is a gap.
  public struct Series: Equatable, Sendable {
    /// How the points of a series are drawn.
    public enum Style: String, CaseIterable, Sendable {
      /// Joined, in their order.
      case line
      /// A dot at each.
      case scatter
      /// A bar from 0 to each, `barWidth` wide.
      case bars
      /// The surface between `lows` and `y`.
      case band
      /// A line across the frame at each `x`.
      case vertical
      /// A line across the frame at each `y`.
      case horizontal
    }

    /// For the legend, which lists only series that have a name.
    public var name: String?
    /// How the points are drawn.
    public var style: Style
    /// The points' first coordinates.
    public var x: [Double]
    /// The points' second coordinates; beyond the shorter of both lists nothing is shown.
    public var y: [Double]
    /// By default the next of `Color.series`.
    public var color: Color?
    /// A color for each point, over `color`: how a scatter plot shows classes.
    public var pointColors: [Color] = []
    /// A number for each point that is shown by its color.
    public var shades: Shades?
    /// The lower ends of a band, one for each point.
    public var lows: [Double] = []
    /// The widths of bars in units of x, one for each; none: `barWidth`.
    public var widths: [Double] = []
    /// Bars touch one another and have one outline, as those of a histogram.
    public var isStepped = false
    /// How much of what is behind is hidden, 0…1; nil: as its style has it.
    public var opacity: Double?
    /// The lengths of dashes and gaps in multiples of the line's width; nil: by the number of the series.
    public var dashes: [Double]?
    /// The shape of points; nil: by the number of the series.
    public var marker: Marker?
    /// Whether it has the color of the series before it, as the line within a band.
    public var followsPrevious = false
    /// Whether its color is the one of its number, so that dashes and shapes go by the number too.
    public var isNumbered = false
    /// The width of a line or the diameter of a point, in pixels at the standard size; nil chooses by the number of points.
    public var size: Double?

    /// Points one by one; if the lists differ in length, the longer one is cut.
    public init(_ name: String? = nil, style: Style = .line, x: [Double], y: [Double], color: Color? = nil) {
      self.name = name
      self.style = style
      self.x = x
      self.y = y
      self.color = color
    }

    /// Values over their numbers 0, 1, 2, …
    public init(_ name: String? = nil, style: Style = .line, y: [Double], color: Color? = nil) {
      self.init(name, style: style, x: y.indices.map(Double.init), y: y, color: color)
    }

    /// The number of points: the length of the shorter list.
    public var count: Int { min(x.count, y.count) }

    /// Numbers shown by colors, and how.
    public struct Shades: Equatable, Sendable {
      /// A number for each point; NaN is gray.
      public var values: [Double]
      /// How values become colors.
      public var colorMap: ColorMap
      /// The values at the two ends of the color map.
      public var range: ClosedRange<Double>
      /// What the values are, beside the color bar.
      public var name: String?

      /// Numbers from the smallest to the largest, or over a given range.
      public init(_ values: [Double], colorMap: ColorMap = .viridis, range: ClosedRange<Double>? = nil, name: String? = nil) {
        self.values = values
        self.colorMap = colorMap
        self.range = range ?? Bounds(values).range ?? 0...1
        self.name = name
      }
    }

    /// The color that a point has before others of its series: by its value, or its own; nil where it has none.
    public func pointColor(_ index: Int) -> Color? {
      if let shades, shades.values.indices.contains(index) {
        let length = shades.range.upperBound - shades.range.lowerBound
        let value = shades.values[index]
        return shades.colorMap.color(length > 0 ? (value - shades.range.lowerBound) / length : value.isNaN ? .nan : 0.5)
      }
      return pointColors.indices.contains(index) ? pointColors[index] : nil
    }
  }

  /// The colors and numbers of the bar beside the frame.
  public struct ColorBar: Equatable, Sendable {
    /// How values become colors.
    public var colorMap: ColorMap
    /// The values at its two ends.
    public var range: ClosedRange<Double>
    /// What the values are.
    public var name: String?
  }

  /// The bar beside the frame: that of the heat map, or of the first series whose points are colored by numbers.
  public var colorBar: ColorBar? {
    if let heatMap {
      guard heatMap.colorBar else { return nil }
      return ColorBar(colorMap: heatMap.colorMap, range: heatMap.valueRange ?? heatMap.span, name: heatMap.name)
    }
    return series.lazy.compactMap(\.shades).first.map { ColorBar(colorMap: $0.colorMap, range: $0.range, name: $0.name) }
  }

  /// The values of a function over a rectangle, as colors, with lines along equal values.
  public struct HeatMap: Equatable, Sendable {
    /// Which lines of equal value are drawn.
    public enum Contours: Equatable, Sendable {
      /// No lines.
      case none
      /// About so many lines at round values.
      case automatic(Int)
      /// Lines at exactly these values.
      case levels([Double])
    }

    /// `rows × columns` values, row by row, the lowest `y` first; NaN is a hole.
    public var values: [Double]
    /// How many values lie above one another.
    public var rows: Int
    /// How many values lie side by side.
    public var columns: Int
    /// The x coordinates of the centers of the first and last column.
    public var x: ClosedRange<Double>
    /// The y coordinates of the centers of the first and last row.
    public var y: ClosedRange<Double>
    /// What the values are, beside the color bar.
    public var name: String?
    /// How values become colors, from the lower end of `valueRange` to the upper one.
    public var colorMap: ColorMap = .viridis
    /// The values at the two ends of the color map; by default the smallest and the largest.
    public var valueRange: ClosedRange<Double>?
    /// Lines along equal values, over the colors.
    public var contours: Contours = .none
    /// Whether a bar beside the frame says which color stands for which value.
    public var colorBar = true
    /// Whether each value is shown by itself, however many there are; otherwise many are a surface.
    public var cells = false
    /// Whether each value is written into its cell, where it has room.
    public var numbers = false

    /// Values over a grid that spans the rectangle `x` × `y`; see the properties for the order of `values`.
    ///
    /// - Throws: a `GraphicsError` where there are not `rows * columns` values, or where a range is infinite.
    public init(
      values: [Double], rows: Int, columns: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, name: String? = nil
    ) throws {
      let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
      guard rows > 0, columns > 0, !overflow, values.count == count else {
        throw GraphicsError(
          title: "the values do not fit the heat map",
          advice: "\(rows) rows of \(columns) columns were named, and \(values.count) values given.")
      }
      guard x.lowerBound.isFinite, x.upperBound.isFinite, y.lowerBound.isFinite, y.upperBound.isFinite else {
        throw GraphicsError(
          title: "the range of the heat map is not finite", advice: "Its x and y ranges must be finite numbers.")
      }
      self.values = values
      self.rows = rows
      self.columns = columns
      self.x = x
      self.y = y
      self.name = name
    }

    /// The smallest and largest finite value; 0…1 if there is none.
    public var span: ClosedRange<Double> { Bounds(values.lazy.filter(\.isFinite)).range ?? 0...1 }
  }
}
