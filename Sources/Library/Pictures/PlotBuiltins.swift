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
        "plot", "A plot of numbers as lines or points; as a statement it is shown where there is a screen.", subject: subject,
        parameters: [
          Parameter(
            "y", .any,
            "a list or tensor of numbers; for several lines a record or a list of such, or a tensor with a line in each row; [n, 2] for points"
          ),
          Parameter(
            "x", .optional(.either(.string, .either(.tensor, .sequence))), default: .none,
            "the places along the axis, or the name of the record's column that holds them; by default 0, 1, 2, …"
          ),
          Parameter("kind", .string, default: .string("line"), "\"line\", \"scatter\" or \"bars\""),
          PlotOptions.title,
        ] + PlotOptions.labels + [PlotOptions.log, PlotOptions.logX] + PlotOptions.ranges + [PlotOptions.equal]
          + PlotOptions.sides
          + [
            PlotOptions.legend,
            Parameter("names", .optional(.list), default: .none, "of lines that have none, for the legend: a text for each"),
          ],
        examples: [
          Example("print plot([1, 4, 9])", "plot of 1 series, 3 points"),
          Example("print plot({step: [10, 20], loss: [0.5, 0.4]})", "plot of 1 series, 2 points"),
          Example("print plot([[1, 4, 9], [1, 2, 3]], names: [\"n²\", \"n\"])", "plot of 2 series, 3 points"),
        ],
        details: """
          Of a record, a column named `step`, `epoch`, `iteration`, `time` or `x` whose numbers rise lies along the axis. Curves of another \
          scale, and the `gradient_norm` of a run's history, have a plot of their own below. none and NaN are gaps. The plot is a value, \
          which is not shown where it is kept or handed on: `p = plot(losses)`; `save_image plot(losses), "losses.svg"` writes it, as \
          .png, .svg or .pdf.
          """
      ) { call in
        var plot = Plot()
        guard let style = kinds[try call.string("kind")] else {
          throw Failure(
            "there is no plot of this kind", [(.argument("kind"), try call.string("kind"))],
            advice: "Use \"line\", \"scatter\" or \"bars\".")
        }
        try PlotOptions.apply(
          to: &plot, call,
          ["title", "x_label", "y_label", "log", "log_x", "x_range", "y_range", "equal", "width", "height", "legend"])
        if case .record(let record) = call.value("y") {
          try draw(record, style, on: &plot, call)
        } else {
          plot.series = try series(call, style)
          if style == .bars { plot.series = Plot.Series.sideBySide(plot.series) }
        }
        try name(&plot, call)
        PlotOptions.tellLosses(of: plot, in: call.session)
        return drawn(PlotValue(plot), in: call.session)
      })
  }

  /// The most rows of a tensor that are taken for lines: with more, its columns are likely meant.
  private static let mostRows = 100
  private static let kinds: [String: Plot.Series.Style] = ["line": .line, "scatter": .scatter, "bars": .bars]

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
      series.isNumbered = true
      guard let x = places ?? curves.x else { return series }
      guard x.count == curve.y.count else { throw misfit(x.count, curve.y.count) }
      series.x = x
      return series
    }
    let isApart = style != .bars && plot.yScale == .linear
    let groups = isApart ? curves.groups() : [Array(all.indices)]
    if plot.xLabel == nil { plot.xLabel = curves.xName }
    plot.series = (groups.first ?? []).map { all[$0] }
    if style == .bars { plot.series = Plot.Series.sideBySide(plot.series) }
    plot.below = groups.dropFirst().map { group in
      var lower = Plot()
      lower.series = group.map { all[$0] }
      lower.legend = plot.legend
      return lower
    }
  }

  /// Gives lines the names that a call has for them.
  private static func name(_ plot: inout Plot, _ call: borrowing Invocation) throws {
    guard case .list(let list) = call.value("names") else { return }
    guard plot.below.isEmpty, plot.series.allSatisfy({ $0.name == nil }) else {
      throw Failure(
        "the lines have names already", [(.argument("names"), "")], advice: "Those of a record are the names of its fields.")
    }
    let names = try list.elements.map { try $0.printed() }
    guard names.count == plot.series.count else {
      throw Failure(
        "each line has a name", [(.argument("names"), "\(names.count) for \(plot.series.count) lines")],
        advice: "Give as many names as there are lines.")
    }
    for (index, name) in names.enumerated() { plot.series[index].name = name }
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
    if let tensor = value.tensor, tensor.rank == 2 {
      guard tensor.shape[0] <= mostRows else {
        throw Failure(
          "a plot of \(tensor.shape[0]) lines cannot be read", [(.argument("y"), "a tensor \(tensor.shape), a line in each row")],
          advice: "Give at most \(mostRows) rows, such as y[..10], or transpose(y) for a line in each column.")
      }
      let numbers = try tensor.floats().map(Double.init)
      let length = tensor.shape[1]
      return try (0..<tensor.shape[0]).map { row in
        let y = Array(numbers[row * length..<(row + 1) * length])
        guard (x?.count ?? length) == length else { throw misfit(x?.count ?? 0, length) }
        return Plot.Series(style: style, x: x ?? y.indices.map(Double.init), y: y)
      }
    }
    var found: [Plot.Series?] = []
    switch value {
    case .list(let list): found = try list.elements.map { try series(nil, $0) }
    case .none, .boolean, .number, .string, .range, .record, .function, .builtin, .object: break
    }
    guard !found.isEmpty, !found.contains(where: { $0 == nil }) else { throw nothing(value) }
    return found.compactMap { $0 }
  }

  /// A plot that is shown where it is the value of a statement.
  static func drawn(_ plot: PlotValue, in session: Session) -> Value {
    session.showWhereStated(plot)
    return .object(plot)
  }
}
