import Graphics
import Interpreter
import Tensors

/// Diagrams of numbers and of functions.
enum PlotBuiltins {
  private static let subject = "Pictures"

  static func register(in catalog: Catalog) {
    catalog.add(.plot)
    registerPlot(in: catalog)
    PlotLayerBuiltins.register(in: catalog)
  }

  private static func registerPlot(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "plot", "Draws numbers as lines or points, and shows the plot where there is a screen.", subject: subject,
        parameters: [
          Parameter("y", .any, "a list or tensor of numbers; a record of such lists for several lines; [n, 2] for points"),
          Parameter(
            "x", .optional(.either(.string, .either(.tensor, .sequence))), default: .none,
            "the places along the axis, or the name of the record's column that holds them; by default 0, 1, 2, …"
          ),
          Parameter("kind", .string, default: .string("line"), "\"line\", \"scatter\" or \"bars\""),
          Parameter("title", .optional(.string), default: .none, "the heading"),
          Parameter("x_label", .optional(.string), default: .none, "what lies along the x axis"),
          Parameter("y_label", .optional(.string), default: .none, "what lies along the y axis"),
          Parameter("log", .boolean, default: .boolean(false), "whether the y axis is logarithmic"),
        ],
        examples: [
          Example("print plot([1, 4, 9])", "plot of 1 series, 3 points"),
          Example("print plot({step: [10, 20], loss: [0.5, 0.4]})", "plot of 1 series, 2 points"),
        ],
        details: """
          Of a record, a column named `step`, `epoch`, `iteration`, `time` or `x` whose numbers rise lies along the axis. Curves of another \
          scale, and the `gradient_norm` of a run's history, have a plot of their own below. none and NaN are gaps. The plot is a value: \
          `save plot(losses), "losses.png"` writes it.
          """
      ) { call in
        var plot = Plot(
          title: try call.optionalString("title"), xLabel: try call.optionalString("x_label"),
          yLabel: try call.optionalString("y_label"))
        guard let style = Plot.Series.Style(rawValue: try call.string("kind")) else {
          throw Failure(
            "there is no plot of this kind", [(.argument("kind"), try call.string("kind"))],
            advice: "Use \"line\", \"scatter\" or \"bars\".")
        }
        plot.yScale = try call.boolean("log") ? .logarithmic : .linear
        if case .record(let record) = call.value("y") {
          try draw(record, style, on: &plot, call)
        } else {
          plot.series = try series(call, style)
        }
        return try shown(PlotValue(plot), in: call.session)
      })
  }

  /// Draws the columns of a record, in as many plots as they have scales.
  private static func draw(_ record: Record, _ style: Plot.Series.Style, on plot: inout Plot, _ call: borrowing Invocation) throws
  {
    let places = try Numbers.list(call.value("x"))
    let wanted: String? = if case .string(let name) = call.value("x") { name } else { nil }
    guard let curves = try Curves(record, along: wanted, chooses: places == nil && style != .bars) else {
      throw nothing(call.value("y"))
    }
    for name in curves.leftOut { call.session.emit(.message("`\(name)` holds texts, and is left out of the plot")) }
    let all = try curves.curves.enumerated().map { index, curve in
      var series = Plot.Series(curve.name, style: style, y: curve.y, color: Color.ofSeries(index))
      guard let x = places ?? curves.x else { return series }
      guard x.count == curve.y.count else { throw misfit(x.count, curve.y.count) }
      series.x = x
      return series
    }
    let isApart = style != .bars && plot.yScale == .linear
    let groups = isApart ? curves.groups() : [Array(all.indices)]
    if plot.xLabel == nil { plot.xLabel = curves.xName }
    plot.series = (groups.first ?? []).map { all[$0] }
    plot.below = groups.dropFirst().map { group in
      var lower = Plot()
      lower.series = group.map { all[$0] }
      return lower
    }
  }

  private static func misfit(_ x: Int, _ y: Int) -> Failure {
    Failure(
      "x and y are not of one length", [(.argument("x"), "\(x) numbers"), (.argument("y"), "\(y) numbers")],
      advice: "Give one place for each number.")
  }

  private static func nothing(_ value: Value) -> Failure {
    Failure(
      "a plot is drawn from numbers", [(.argument("y"), value.typeNameWithArticle)],
      advice: "Give a list or a tensor of numbers, or a record of such lists.")
  }

  private static func series(_ call: borrowing Invocation, _ style: Plot.Series.Style) throws -> [Plot.Series] {
    let value = call.value("y")
    if case .string = call.value("x") {
      throw Failure(
        "only a record has columns by names", [(.argument("y"), value.typeNameWithArticle)],
        advice: "Give the places along the axis as numbers.")
    }
    let x = try Numbers.list(call.value("x"))
    func series(_ name: String?, _ value: Value) throws -> Plot.Series? {
      guard let y = try Curves.numbers(value) else { return nil }
      if let x {
        guard x.count == y.count else { throw misfit(x.count, y.count) }
        return Plot.Series(name, style: style, x: x, y: y)
      }
      return Plot.Series(name, style: style, y: y)
    }
    if let one = try series(nil, value) { return [one] }
    if let tensor = value.tensor, tensor.rank == 2, tensor.shape[1] == 2 {
      let (x, y) = try PlaneFunction.coordinates(of: tensor)
      return [Plot.Series(style: .scatter, x: x, y: y)]
    }
    var found: [Plot.Series?] = []
    switch value {
    case .list(let list): found = try list.elements.map { try series(nil, $0) }
    case .none, .boolean, .number, .string, .range, .record, .function, .builtin, .object: break
    }
    guard !found.isEmpty, !found.contains(where: { $0 == nil }) else { throw nothing(value) }
    return found.compactMap { $0 }
  }

  /// Puts a plot on the screen.
  static func shown(_ plot: PlotValue, in session: Session) throws -> Value {
    try session.show(plot)
    return .object(plot)
  }
}
