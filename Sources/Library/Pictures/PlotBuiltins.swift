import Graphics
import Interpreter
import Tensors

/// Diagrams of numbers and of functions.
enum PlotBuiltins {
  private static let subject = "Pictures"

  static func register(in catalog: Catalog) {
    registerPlot(in: catalog)
    registerHeatmap(in: catalog)
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
      let numbers = try tensor.floats().map(Double.init)
      let places = stride(from: 0, to: numbers.count, by: 2)
      return [Plot.Series(style: .scatter, x: places.map { numbers[$0] }, y: places.map { numbers[$0 + 1] })]
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
  private static func shown(_ plot: PlotValue, in session: Session) -> Value {
    session.emit(.display(plot))
    return .object(plot)
  }

  private static func registerHeatmap(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "heatmap", "The values of a function over a rectangle, as colours and lines of equal value.", subject: subject,
        parameters: [
          Parameter("f", .function, "from points, a tensor [n, 2], to a number for each, [n] or [n, 1]"),
          Parameter("x", .sequence, default: .list([.number(-2), .number(2)]), "the ends of the x axis, as -2..2"),
          Parameter("y", .sequence, default: .list([.number(-2), .number(2)]), "the ends of the y axis, as -2..2"),
          Parameter("size", .integer, default: .number(100), "how many points along each axis"),
          Parameter("points", .optional(.tensor), default: .none, "points [n, 2] to draw over it"),
          Parameter("title", .optional(.string), default: .none, "the heading"),
        ],
        examples: [
          Example("print heatmap(p -> sum(p ^ 2, axis: 1), x: -1..1, y: -1..1, size: 20)", "plot of a heat map of 20×20 values")
        ]
      ) { call in
        let size = try call.integer("size")
        guard size >= 2, size <= 2048 else {
          throw Failure("the size lies between 2 and 2048", [(.argument("size"), "\(size)")], advice: "100 is a good size.")
        }
        let (x, y) = (try ends(call, "x"), try ends(call, "y"))
        let values = try evaluate(call, x: x, y: y, size: size)
        var plot = Plot(title: try call.optionalString("title"))
        var map = try Plot.HeatMap(values: values, rows: size, columns: size, x: x, y: y)
        map.contours = .automatic(10)
        plot.heatMap = map
        plot.equalUnits = true
        if let points = try call.optionalObject("points", as: TensorValue.self)?.tensor {
          guard points.rank == 2, points.shape[1] == 2 else { throw call.wrong("points", wanted: "points [n, 2]") }
          let numbers = try points.floats().map(Double.init)
          let places = stride(from: 0, to: numbers.count, by: 2)
          plot.series = [Plot.Series(style: .scatter, x: places.map { numbers[$0] }, y: places.map { numbers[$0 + 1] })]
        }
        return shown(PlotValue(plot), in: call.session)
      })
  }

  private static func evaluate(
    _ call: borrowing Invocation, x: ClosedRange<Double>, y: ClosedRange<Double>, size: Int
  ) throws -> [Double] {
    var points: [Float] = []
    points.reserveCapacity(size * size * 2)
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Float {
      Float(range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(size - 1))
    }
    for row in 0..<size {
      for column in 0..<size {
        points.append(place(x, column))
        points.append(place(y, row))
      }
    }
    let result = try call.callFunction("f", [.tensor(try Tensor(points, shape: [size * size, 2]))])
    guard let tensor = result.tensor, tensor.count == size * size else {
      let found = result.tensor.map { "a tensor \($0.shape)" } ?? result.typeNameWithArticle
      throw Failure(
        "the function must give one number for each point", [(.argument("f"), "gave \(found) for [\(size * size), 2]")],
        advice: "It is called once, with all points as the rows of one tensor.")
    }
    return try tensor.floats().map(Double.init)
  }

  private static func ends(_ call: borrowing Invocation, _ name: String) throws -> ClosedRange<Double> {
    if case .range(let range) = call.value(name), range.lower < range.upper { return range.lower...range.upper }
    if case .list = call.value(name), let numbers = try Numbers.list(call.value(name)), numbers.count == 2,
      numbers[0] < numbers[1],
      numbers[0].isFinite, numbers[1].isFinite
    {
      return numbers[0]...numbers[1]
    }
    throw Failure(
      "an axis has a lower and an upper end", [(.argument(name), try call.value(name).printed())],
      advice: "Write \(name): -2..2 or \(name): [-0.5, 0.5].")
  }
}
