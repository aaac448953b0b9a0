/// A diagram as a plain value: what it shows, not how. `render` draws it as a picture; a terminal draws it in its own way.
public struct Plot: Equatable, Sendable {
  public var title: String?
  public var xLabel: String?
  public var yLabel: String?
  public var xScale: Scale = .linear
  public var yScale: Scale = .linear
  /// The part of the axis to show; by default what the data spans.
  public var xRange: ClosedRange<Double>?
  public var yRange: ClosedRange<Double>?
  /// One unit is as long on the x axis as on the y axis.
  public var equalUnits = false
  public var legend = true
  /// Title, ticks and numbers around the frame; without them the frame fills the drawing, as in one panel of many.
  public var axes = true
  /// Drawn under the series.
  public var heatMap: HeatMap?
  public var series: [Series] = []
  /// Plots under this one, over the same x axis, for what has another scale.
  public var below: [Plot] = []

  public init(title: String? = nil, xLabel: String? = nil, yLabel: String? = nil) {
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
  }

  public enum Scale: String, CaseIterable, Sendable {
    case linear
    /// Base 10. Points that are not above 0 are left out.
    case logarithmic
  }

  /// Points of one name and one look. A point with a coordinate that is NaN or infinite is a gap.
  public struct Series: Equatable, Sendable {
    public enum Style: String, CaseIterable, Sendable {
      case line
      case scatter
      case bars
    }

    public var name: String?
    public var style: Style
    public var x: [Double]
    public var y: [Double]
    /// By default the next of `Colour.series`.
    public var colour: Colour?
    /// A colour for each point, over `colour`: how a scatter plot shows classes.
    public var pointColours: [Colour] = []
    /// The width of a line or the diameter of a point, in pixels at the standard size; nil chooses by the number of points.
    public var size: Double?

    /// Points one by one; if the lists differ in length, the longer one is cut.
    public init(_ name: String? = nil, style: Style = .line, x: [Double], y: [Double], colour: Colour? = nil) {
      self.name = name
      self.style = style
      self.x = x
      self.y = y
      self.colour = colour
    }

    /// Values over their numbers 0, 1, 2, …
    public init(_ name: String? = nil, style: Style = .line, y: [Double], colour: Colour? = nil) {
      self.init(name, style: style, x: y.indices.map(Double.init), y: y, colour: colour)
    }

    public var count: Int { min(x.count, y.count) }
  }

  /// The values of a function over a rectangle, as colours, with lines along equal values.
  public struct HeatMap: Equatable, Sendable {
    public enum Contours: Equatable, Sendable {
      case none
      /// About so many lines at round values.
      case automatic(Int)
      case levels([Double])
    }

    /// `rows × columns` values, row by row, the lowest `y` first; NaN is a hole.
    public var values: [Double]
    public var rows: Int
    public var columns: Int
    /// The coordinates of the centres of the first and last column and row.
    public var x: ClosedRange<Double>
    public var y: ClosedRange<Double>
    public var name: String?
    public var colourMap: ColourMap = .viridis
    /// The values at the two ends of the colour map; by default the smallest and the largest.
    public var valueRange: ClosedRange<Double>?
    public var contours: Contours = .none
    public var colourBar = true

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
        throw GraphicsError(title: "the heat map has no end", advice: "Its x and y ranges must be finite numbers.")
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
