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
  /// Plots under this one, over the same x axis, for what has another scale.
  public var below: [Plot] = []

  /// A diagram with nothing in it yet.
  public init(title: String? = nil, xLabel: String? = nil, yLabel: String? = nil) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
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
