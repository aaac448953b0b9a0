import Graphics
import Interpreter
import Tensors

/// Plots to be laid over one another: points, lines, level sets, arrows.
enum PlotLayerBuiltins {
  private static let subject = "Pictures"

  static func register(in catalog: Catalog) {
    registerScatter(in: catalog)
    registerLine(in: catalog)
    registerContours(in: catalog)
    registerArrows(in: catalog)
    registerOverlay(in: catalog)
  }

  private static var axes: [Parameter] {
    ["x", "y"].map {
      Parameter($0, .sequence, default: .list([.number(-2), .number(2)]), "the ends of the \($0) axis, as -2..2")
    }
  }
  private static var color: Parameter {
    Parameter(
      "color", .optional(.string), default: .none,
      "a name such as \"orange\", or \"#f0831e\"; by default the next of the plot")
  }

  private static func registerScatter(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "scatter", "Points of a plane as a plot, to be shown or laid over others.", subject: subject,
        parameters: [
          Parameter("points", .tensor, "the points, [n, 2]"), color,
          Parameter("size", .optional(.number), default: .none, "their diameter in pixels; by default less the more there are"),
          Parameter("name", .optional(.string), default: .none, "what the legend calls them"),
        ],
        examples: [Example("print scatter(zeros([5, 2]), \"orange\")", "plot of 1 series, 5 points")]
      ) { call in
        guard let (x, y) = try PlaneFunction.points(call, "points") else { throw call.wrong("points", wanted: "points [n, 2]") }
        let series = Plot.Series(try call.optionalString("name"), style: .scatter, x: x, y: y, color: try color(call))
        var plot = Plot()
        plot.series = [try sized(series, call)]
        return .object(PlotValue(plot))
      })
  }

  private static func registerLine(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "line", "A line through numbers as a plot, to be shown or laid over others.", subject: subject,
        parameters: [
          Parameter("y", .either(.tensor, .sequence), "the numbers"),
          Parameter(
            "x", .optional(.either(.tensor, .sequence)), default: .none, "their places along the axis; by default 0, 1, 2, …"),
          color,
          Parameter("size", .optional(.number), default: .none, "its width in pixels"),
          Parameter("name", .optional(.string), default: .none, "what the legend calls it"),
        ],
        examples: [Example("print line([1, 4, 9], color: \"red\")", "plot of 1 series, 3 points")]
      ) { call in
        guard let y = try Numbers.list(call.value("y")) else { throw call.wrong("y", wanted: "a list of numbers") }
        let x = try Numbers.list(call.value("x")) ?? y.indices.map(Double.init)
        guard x.count == y.count else {
          throw Failure(
            "x and y are not of one length", [(.argument("x"), "\(x.count) numbers"), (.argument("y"), "\(y.count) numbers")],
            advice: "Give one place for each number.")
        }
        var plot = Plot()
        plot.series = [try sized(Plot.Series(try call.optionalString("name"), x: x, y: y, color: try color(call)), call)]
        return .object(PlotValue(plot))
      })
  }

  private static func registerContours(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "contours", "The level sets of a function over a rectangle, as colors and lines, to be shown or laid under points.",
        subject: subject,
        parameters: [Parameter("f", .function, "from points, a tensor [n, 2], to a number for each, [n] or [n, 1]")] + axes + [
          Parameter("lines", .integer, default: .number(10), "about how many lines, at round values"),
          Parameter("size", .integer, default: .number(100), "how many points along each axis"),
          Parameter("colors", .string, default: .string("viridis"), "viridis, magma, gray, pale or diverging"),
          Parameter("bar", .boolean, default: .boolean(false), "whether a bar beside it says what the colors mean"),
        ],
        examples: [
          Example("print contours(p -> sum(p ^ 2, axis: 1), x: -1..1, y: -1..1, size: 20)", "plot of a heat map of 20×20 values")
        ]
      ) { call in
        .object(
          PlotValue(
            try contours(
              call, lines: try call.integer("lines"), colors: try call.string("colors"),
              bar: try call.boolean("bar"))))
      })
    catalog.add(
      Builtin(
        "heatmap", "The values of a function over a rectangle, as colors and lines of equal value, shown at once.",
        subject: subject,
        parameters: [Parameter("f", .function, "from points, a tensor [n, 2], to a number for each, [n] or [n, 1]")] + axes + [
          Parameter("size", .integer, default: .number(100), "how many points along each axis"),
          Parameter("points", .optional(.tensor), default: .none, "points [n, 2] to draw over it"),
          Parameter("title", .optional(.string), default: .none, "the heading"),
        ],
        examples: [
          Example("print heatmap(p -> sum(p ^ 2, axis: 1), x: -1..1, y: -1..1, size: 20)", "plot of a heat map of 20×20 values")
        ]
      ) { call in
        var plot = try contours(call, lines: 10, colors: ColorMap.viridis.rawValue, bar: true)
        plot.title = try call.optionalString("title")
        if let (x, y) = try PlaneFunction.points(call, "points") { plot.series = [Plot.Series(style: .scatter, x: x, y: y)] }
        return try PlotBuiltins.shown(PlotValue(plot), in: call.session)
      })
  }

  private static func contours(
    _ call: borrowing Invocation, lines: Int, colors: String, bar: Bool
  ) throws -> Plot {
    guard let colorMap = ColorMap(rawValue: colors) else {
      throw Failure(
        "there is no color map of this name", [(.argument("colors"), colors)],
        advice: "There are \(ColorMap.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    guard (0...200).contains(lines) else {
      throw Failure("there are 0 to 200 lines", [(.argument("lines"), "\(lines)")], advice: "10 is a good number.")
    }
    let plane = try PlaneFunction(call, count: "size", most: 2048)
    let values = try plane.values(call, width: 1)
    var map = try Plot.HeatMap(values: values, rows: plane.size, columns: plane.size, x: plane.x, y: plane.y)
    map.contours = lines == 0 ? .none : .automatic(lines)
    map.colorMap = colorMap
    map.colorBar = bar
    var plot = Plot()
    plot.heatMap = map
    plot.equalUnits = true
    return plot
  }

  private static func registerArrows(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "arrows", "The vectors that a function gives over a rectangle, as arrows, to be shown or laid over others.",
        subject: subject,
        parameters: [Parameter("f", .function, "from points, a tensor [n, 2], to a vector for each, [n, 2]")] + axes + [
          Parameter("count", .integer, default: .number(15), "how many arrows along each axis"), color,
        ],
        examples: [Example("print arrows(p -> -p, count: 4)", "plot of 1 series, 112 points")],
        details: "Their lengths are as those of the vectors; the longest reaches nearly to its neighbor. What is shorter than a "
          + "fiftieth of it is left out. The gradient of a net: `arrows(p -> grad(sum(D(p)), p))`."
      ) { call in
        let plane = try PlaneFunction(call, count: "count", most: 100)
        let values = try plane.values(call, width: 2)
        let (x, y) = try PlaneFunction.coordinates(of: plane.points())
        let places = x.indices
        let spacing =
          min(
            plane.x.upperBound - plane.x.lowerBound, plane.y.upperBound - plane.y.lowerBound) / Double(plane.size - 1)
        var plot = Plot()
        plot.series = [
          Plot.Series.arrows(
            x: x, y: y, dx: places.map { values[2 * $0] }, dy: places.map { values[2 * $0 + 1] }, length: 0.95 * spacing,
            color: try color(call))
        ]
        plot.xRange = plane.x
        plot.yRange = plane.y
        plot.equalUnits = true
        return .object(PlotValue(plot))
      })
  }

  private static func registerOverlay(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "overlay", "Several plots in one frame, the first at the bottom.", subject: subject,
        parameters: [
          Parameter("plots", .list, "a list of plots; at most one of them with a heat map"),
          Parameter("x", .optional(.sequence), default: .none, "the ends of the x axis; by default those of the plots"),
          Parameter("y", .optional(.sequence), default: .none, "the ends of the y axis; by default those of the plots"),
          Parameter("title", .optional(.string), default: .none, "the heading; by default the first of the plots'"),
          Parameter("x_label", .optional(.string), default: .none, "what lies along the x axis"),
          Parameter("y_label", .optional(.string), default: .none, "what lies along the y axis"),
          Parameter(
            "log", .optional(.boolean), default: .none, "whether the y axis is logarithmic; by default if one of theirs is"),
        ],
        examples: [
          Example("print overlay([scatter(zeros([5, 2])), scatter(ones([3, 2]))], x: -2..2)", "plot of 2 series, 5 points")
        ],
        details: "A list of one plot gives it other axes or another heading."
      ) { call in
        let layers = try call.list("plots").elements.map { value in
          guard case .object(let object) = value, let plot = object as? PlotValue else {
            throw Failure(
              "only plots can be laid over one another", [(.argument("plots"), "holds \(value.typeNameWithArticle)")],
              advice: "scatter, contours, arrows, plot and heatmap make plots.")
          }
          return plot.plot
        }
        var plot = try Plot(layers: layers)
        if let title = try call.optionalString("title") { plot.title = title }
        if let label = try call.optionalString("x_label") { plot.xLabel = label }
        if let label = try call.optionalString("y_label") { plot.yLabel = label }
        if let isLogarithmic = try call.optionalBoolean("log") { plot.yScale = isLogarithmic ? .logarithmic : .linear }
        if call.isGiven("x") { plot.xRange = try PlaneFunction.ends(call, "x") }
        if call.isGiven("y") { plot.yRange = try PlaneFunction.ends(call, "y") }
        return .object(PlotValue(plot))
      })
  }

  private static func sized(_ series: Plot.Series, _ call: borrowing Invocation) throws -> Plot.Series {
    guard let size = try call.optionalNumber("size") else { return series }
    guard size > 0, size <= 100 else {
      throw Failure("points and lines are more than 0 and at most 100 pixels wide", [(.argument("size"), size.brief)])
    }
    var series = series
    series.size = size
    return series
  }

  private static func color(_ call: borrowing Invocation) throws -> Color? {
    guard let text = try call.optionalString("color") else { return nil }
    guard let color = Color(text) else {
      throw Failure(
        "there is no color of this name", [(.argument("color"), text)],
        advice: "There are \(Color.named.map(\.name).joined(separator: ", ")), and six hexadecimal figures as in \"#f0831e\".")
    }
    return color
  }
}
