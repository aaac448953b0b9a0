import Graphics
import Interpreter

/// What every kind of figure can be told: its words, its axes, its size.
enum PlotOptions {
  static var title: Parameter {
    Parameter("title", .optional(.string), default: .none, "the heading")
  }
  static var labels: [Parameter] {
    [
      Parameter("x_label", .optional(.string), default: .none, "what lies along the x axis"),
      Parameter("y_label", .optional(.string), default: .none, "what lies along the y axis"),
    ]
  }
  static var log: Parameter {
    Parameter("log", .boolean, default: .boolean(false), "whether the y axis is logarithmic")
  }
  static var logX: Parameter {
    Parameter("log_x", .boolean, default: .boolean(false), "whether the x axis is logarithmic")
  }
  static var ranges: [Parameter] {
    [
      Parameter(
        "x_range", .optional(.sequence), default: .none, "the ends of the x axis, as 0..10; by default those of the data"),
      Parameter(
        "y_range", .optional(.sequence), default: .none, "the ends of the y axis, as [0, 0.5]; by default those of the data"),
    ]
  }
  static var equal: Parameter {
    Parameter(
      "equal", .boolean, default: .boolean(false), "whether a unit is as long on the x axis as on the y axis")
  }
  static var sides: [Parameter] {
    [
      Parameter(
        "width", .optional(.integer), default: .none, "of the picture in pixels, by default 640; letters do not grow with it"),
      Parameter("height", .optional(.integer), default: .none, "of the picture in pixels, by default 420"),
    ]
  }
  static var legend: Parameter {
    Parameter("legend", .boolean, default: .boolean(true), "whether the names are listed")
  }

  static var color: Parameter {
    Parameter(
      "color", .optional(.string), default: .none, "a name such as \"orange\", or \"#f0831e\"; by default the next of the plot")
  }

  /// Sets what a call says, where it has these parameters.
  static func apply(to plot: inout Plot, _ call: borrowing Invocation, _ names: Set<String>) throws {
    if names.contains("title"), let title = try call.optionalString("title") { plot.title = title }
    if names.contains("x_label"), let label = try call.optionalString("x_label") { plot.xLabel = label }
    if names.contains("y_label"), let label = try call.optionalString("y_label") { plot.yLabel = label }
    if names.contains("log"), let isLogarithmic = try call.optionalBoolean("log") {
      plot.yScale = isLogarithmic ? .logarithmic : .linear
    }
    if names.contains("log_x"), let isLogarithmic = try call.optionalBoolean("log_x") {
      plot.xScale = isLogarithmic ? .logarithmic : .linear
    }
    for name in ["x_range", "x"] where names.contains(name) {
      if let range = try ends(call, name) { plot.xRange = range }
    }
    for name in ["y_range", "y"] where names.contains(name) {
      if let range = try ends(call, name) { plot.yRange = range }
    }
    if names.contains("equal"), let isEqual = try call.optionalBoolean("equal"), isEqual { plot.equalUnits = true }
    if names.contains("width"), let width = try side(call, "width") { plot.width = width }
    if names.contains("height"), let height = try side(call, "height") { plot.height = height }
    if names.contains("legend"), try call.optionalBoolean("legend") == false { plot.legend = false }
    try checkLogarithms(plot, call, names)
  }

  private static func ends(_ call: borrowing Invocation, _ name: String) throws -> ClosedRange<Double>? {
    if case .none = call.value(name) { return nil }
    return try PlaneFunction.ends(call, name)
  }

  private static func checkLogarithms(_ plot: Plot, _ call: borrowing Invocation, _ names: Set<String>) throws {
    for (scale, range, candidates) in [
      (plot.xScale, plot.xRange, ["x_range", "x"]), (plot.yScale, plot.yRange, ["y_range", "y"]),
    ] {
      guard scale == .logarithmic, let range, range.lowerBound <= 0 else { continue }
      let name = candidates.first { names.contains($0) } ?? "plots"
      throw Failure(
        "a logarithmic axis begins above 0", [(.argument(name), "begins at \(range.lowerBound.brief)")],
        advice: "Give a lower end above 0, such as \((range.upperBound > 0 ? range.upperBound / 1000 : 0.001).brief).")
    }
  }

  /// A parameter that is a side of the picture, in pixels; nil where it is none.
  static func side(_ call: borrowing Invocation, _ name: String) throws -> Int? {
    guard let side = try call.optionalInteger(name) else { return nil }
    guard (64...4096).contains(side) else {
      throw Failure(
        "a plot is 64 to 4096 pixels wide and high", [(.argument(name), "\(side)")],
        advice: "By default it has 640 × 420. save_image has `scale:` for more pixels in all.")
    }
    return side
  }

  /// Says what of a plot's numbers has no place on it, once for all of them.
  static func tellLosses(of plot: Plot, in session: Session) {
    var (infinite, low) = (0, 0)
    for part in plot.stack {
      for series in part.series where series.style != .vertical && series.style != .horizontal {
        for index in 0..<series.count {
          let (x, y) = (series.x[index], series.y[index])
          if x.isInfinite || y.isInfinite {
            infinite += 1
          } else if x.isFinite, y.isFinite, !series.isStepped || y != 0, !part.shows(x, y) {
            low += 1
          }
        }
      }
    }
    if infinite > 0 {
      session.emit(
        .message("\(count(infinite, "point is infinite and has", "points are infinite and have")) no place in the plot"))
    }
    if low > 0 {
      session.emit(
        .message(
          "\(count(low, "point is not above 0 and has", "points are not above 0 and have")) no place on a logarithmic axis"))
    }
  }

  static func count(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }

  /// The color that a call names; nil: the next of the plot.
  static func color(_ call: borrowing Invocation, _ name: String = "color") throws -> Color? {
    guard let text = try call.optionalString(name) else { return nil }
    guard let color = Color(text) else {
      throw Failure(
        "there is no color of this name", [(.argument(name), text)],
        advice: "There are \(Color.named.map(\.name).joined(separator: ", ")), and six hexadecimal figures as in \"#f0831e\".")
    }
    return color
  }

  /// The color map that a call names.
  static func colorMap(_ call: borrowing Invocation, _ name: String = "colors") throws -> ColorMap {
    let text = try call.string(name)
    guard let map = ColorMap(rawValue: text) else {
      throw Failure(
        "there is no color map of this name", [(.argument(name), text)],
        advice: "There are \(ColorMap.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return map
  }

  /// The values at the two ends of a color map; nil: the smallest and the largest.
  static func valueRange(_ call: borrowing Invocation, _ name: String = "range") throws -> ClosedRange<Double>? {
    do { return try ends(call, name) } catch {
      throw Failure(
        "a range of values has a lower and an upper end", [(.argument(name), try call.value(name).printed())],
        advice: "Write \(name): [-1, 1].")
    }
  }

  /// A width of lines or points; nil: by their number.
  static func width(_ call: borrowing Invocation) throws -> Double? {
    guard let size = try call.optionalNumber("size") else { return nil }
    guard size > 0, size <= 100 else {
      throw Failure("points and lines are more than 0 and at most 100 pixels wide", [(.argument("size"), size.brief)])
    }
    return size
  }
}
