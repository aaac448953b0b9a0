import Graphics
import Interpreter
import Tensors

/// Diagrams of numbers and of functions.
enum PlotBuiltins {
  private static let subject = "Pictures"

  static func register(in catalog: Catalog) {
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
            "x", .optional(.either(.tensor, .sequence)), default: .none, "the places along the axis; by default 0, 1, 2, …"
          ),
          Parameter("kind", .string, default: .string("line"), "\"line\", \"scatter\" or \"bars\""),
          Parameter("title", .optional(.string), default: .none, "the heading"),
          Parameter("x_label", .optional(.string), default: .none, "what lies along the x axis"),
          Parameter("y_label", .optional(.string), default: .none, "what lies along the y axis"),
          Parameter("log", .boolean, default: .boolean(false), "whether the y axis is logarithmic"),
        ],
        examples: [Example("print plot([1, 4, 9])", "plot of 1 series, 3 points")],
        details: "The plot is a value: `save plot(losses), \"losses.png\"` writes it."
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
        plot.series = try series(call, style)
        return shown(PlotValue(plot), in: call.session)
      })
  }

  private static func series(_ call: borrowing Invocation, _ style: Plot.Series.Style) throws -> [Plot.Series] {
    let value = call.value("y")
    let x = try Numbers.list(call.value("x"))
    func series(_ name: String?, _ value: Value) throws -> Plot.Series? {
      guard let y = try Numbers.list(value) else { return nil }
      if let x {
        guard x.count == y.count else {
          throw Failure(
            "x and y are not of one length", [(.argument("x"), "\(x.count) numbers"), (.argument("y"), "\(y.count) numbers")],
            advice: "Give one place for each number.")
        }
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
    case .record(let record): found = try record.fields.map { try series($0.name, $0.value) }
    case .list(let list): found = try list.elements.map { try series(nil, $0) }
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: break
    }
    guard !found.isEmpty, !found.contains(where: { $0 == nil }) else {
      throw Failure(
        "a plot is drawn from numbers", [(.argument("y"), value.typeNameWithArticle)],
        advice: "Give a list or a tensor of numbers, or a record of such lists.")
    }
    return found.compactMap { $0 }
  }

  /// Puts a plot on the screen.
  static func shown(_ plot: PlotValue, in session: Session) -> Value {
    session.emit(.display(plot))
    return .object(plot)
  }
}
