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
    HeatMapBuiltin.register(in: catalog)
    HistogramBuiltin.register(in: catalog)
    BarBuiltins.register(in: catalog)
    AnnotationBuiltins.register(in: catalog)
    registerArrows(in: catalog)
    registerOverlay(in: catalog)
  }

  static var axes: [Parameter] {
    ["x", "y"].map {
      Parameter($0, .sequence, default: .list([.number(-2), .number(2)]), "the ends of the \($0) axis, as -2..2")
    }
  }

  private static func registerScatter(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "scatter", "Points of a plane as a plot, to be shown or laid over others.", subject: subject,
        parameters: [
          Parameter("points", .tensor, "the points, [n, 2]"), PlotOptions.color,
          Parameter("size", .optional(.number), default: .none, "their diameter in pixels; by default less the more there are"),
          Parameter("name", .optional(.string), default: .none, "what the legend or the color bar calls them"),
          Parameter(
            "values", .optional(.either(.tensor, .sequence)), default: .none,
            "a number for each point, which its color shows, with a bar beside the frame"),
          Parameter(
            "classes", .optional(.either(.tensor, .sequence)), default: .none,
            "a class for each point, a number or a string; each class has a color and its place in the legend"),
          Parameter("colors", .string, default: .string("viridis"), "of values: viridis, magma, gray, pale or diverging"),
          Parameter(
            "range", .optional(.sequence), default: .none,
            "the values at the ends of the colors; by default the least and the greatest"),
        ],
        examples: [
          Example("print scatter(zeros([5, 2]), \"orange\")", "plot of 1 series, 5 points"),
          Example("print scatter(zeros([4, 2]), classes: [\"a\", \"b\", \"a\", \"a\"])", "plot of 2 series, 3 points"),
        ]
      ) { call in
        guard let (x, y) = try PlaneFunction.points(call, "points") else { throw call.wrong("points", wanted: "points [n, 2]") }
        var series = Plot.Series(try call.optionalString("name"), style: .scatter, x: x, y: y, color: try PlotOptions.color(call))
        series.size = try PlotOptions.width(call)
        var plot = Plot()
        plot.series = try PointColors.apply(to: series, call)
        PlotOptions.tellLosses(of: plot, in: call.session)
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
          PlotOptions.color,
          Parameter("size", .optional(.number), default: .none, "its width in pixels"),
          Parameter("name", .optional(.string), default: .none, "what the legend calls it"),
          Parameter("dashed", .boolean, default: .boolean(false), "whether it is dashed"),
        ],
        examples: [Example("print line([1, 4, 9], color: \"red\")", "plot of 1 series, 3 points")]
      ) { call in
        guard let y = try Curves.numbers(call.value("y")) else { throw call.wrong("y", wanted: "a list of numbers") }
        let x = try Numbers.list(call.value("x")) ?? y.indices.map(Double.init)
        guard x.count == y.count else {
          throw Failure(
            "x and y are not of one length", [(.argument("x"), "\(x.count) numbers"), (.argument("y"), "\(y.count) numbers")],
            advice: "Give one place for each number.")
        }
        var series = Plot.Series(try call.optionalString("name"), x: x, y: y, color: try PlotOptions.color(call))
        series.size = try PlotOptions.width(call)
        if try call.boolean("dashed") { series.dashes = [4, 3] }
        var plot = Plot()
        plot.series = [series]
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
          Parameter(
            "range", .optional(.sequence), default: .none,
            "the values at the ends of the colors; by default the least and the greatest"),
        ],
        examples: [
          Example("print contours(p -> sum(p ^ 2, axis: 1), x: -1..1, y: -1..1, size: 20)", "plot of a heat map of 20×20 values")
        ]
      ) { call in
        .object(
          PlotValue(
            try contours(
              call, lines: try call.integer("lines"), size: try call.integer("size"), bar: try call.boolean("bar"))))
      })
  }

  /// The plot of a function of the plane, as the parameters of a call describe it.
  static func contours(
    _ call: borrowing Invocation, lines: Int, size: Int, bar: Bool
  ) throws -> Plot {
    guard (0...200).contains(lines) else {
      throw Failure("there are 0 to 200 lines", [(.argument("lines"), "\(lines)")], advice: "10 is a good number.")
    }
    let plane = try PlaneFunction(call, size: size, named: "size", most: 2048)
    let values = try plane.values(call, width: 1)
    var map = try Plot.HeatMap(values: values, rows: plane.size, columns: plane.size, x: plane.x, y: plane.y)
    map.contours = lines == 0 ? .none : .automatic(lines)
    map.colorMap = try PlotOptions.colorMap(call)
    map.valueRange = try PlotOptions.valueRange(call)
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
          Parameter("count", .integer, default: .number(15), "how many arrows along each axis"), PlotOptions.color,
        ],
        examples: [Example("print arrows(p -> -p, count: 4)", "plot of 1 series, 112 points")],
        details: "Their lengths are as those of the vectors; the longest reaches nearly to its neighbor. What is shorter than a "
          + "fiftieth of it is left out. The gradient of a net: `arrows(p -> grad(sum(D(p)), p))`."
      ) { call in
        let plane = try PlaneFunction(call, size: try call.integer("count"), named: "count", most: 100)
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
            color: try PlotOptions.color(call))
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
          Parameter(
            "log_x", .optional(.boolean), default: .none, "whether the x axis is logarithmic; by default if one of theirs is"),
          PlotOptions.equal,
        ] + PlotOptions.sides + [PlotOptions.legend],
        examples: [
          Example("print overlay([scatter(zeros([5, 2])), scatter(ones([3, 2]))], x: -2..2)", "plot of 2 series, 5 points")
        ],
        details: "A list of one plot gives it other axes or another heading."
      ) { call in
        let layers = try call.list("plots").elements.map { value in
          guard case .object(let object) = value, let plot = object as? PlotValue else {
            throw Failure(
              "only plots can be laid over one another", [(.argument("plots"), "holds \(value.typeNameWithArticle)")],
              advice: "scatter, line, band, histogram, contours, arrows, annotation, plot and heatmap make plots.")
          }
          return plot.plot
        }
        var plot = try Plot(layers: layers)
        try PlotOptions.apply(
          to: &plot, call, ["title", "x_label", "y_label", "log", "log_x", "x", "y", "equal", "width", "height", "legend"])
        PlotOptions.tellLosses(of: plot, in: call.session)
        return .object(PlotValue(plot))
      })
  }
}
