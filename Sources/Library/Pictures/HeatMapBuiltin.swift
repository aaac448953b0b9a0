import Graphics
import Interpreter
import Tensors

/// `heatmap`: a function over a rectangle, or a matrix, as colors.
enum HeatMapBuiltin {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "heatmap", "The values of a function over a rectangle, or those of a matrix, as colors, shown at once.",
        subject: "Pictures",
        parameters: [
          Parameter(
            "f", .either(.function, .either(.tensor, .list)),
            "from points, a tensor [n, 2], to a number for each, [n] or [n, 1]; or a matrix: a tensor [rows, columns] or a list of lists"
          )
        ] + PlotLayerBuiltins.axes + [
          Parameter("size", .integer, default: .number(100), "of a function: how many points along each axis"),
          Parameter("points", .optional(.tensor), default: .none, "of a function: points [n, 2] to draw over it"),
          PlotOptions.title,
        ] + PlotOptions.labels + [
          Parameter("rows", .optional(.list), default: .none, "of a matrix: a name for each row, from the top"),
          Parameter("columns", .optional(.list), default: .none, "of a matrix: a name for each column"),
          Parameter(
            "numbers", .optional(.boolean), default: .none,
            "of a matrix: whether each value is written into its cell; by default up to 10 rows and columns"),
          Parameter("colors", .string, default: .string("viridis"), "viridis, magma, gray, pale or diverging"),
          Parameter(
            "range", .optional(.sequence), default: .none,
            "the values at the ends of the colors; by default the least and the greatest"),
          Parameter("bar", .boolean, default: .boolean(true), "whether a bar beside it says what the colors mean"),
          Parameter("name", .optional(.string), default: .none, "what the values are, above the bar"),
        ] + PlotOptions.sides,
        examples: [
          Example("print heatmap(p -> sum(p ^ 2, axis: 1), x: -1..1, y: -1..1, size: 20)", "plot of a heat map of 20×20 values"),
          Example(
            "print heatmap([[9, 1], [2, 8]], rows: [\"cat\", \"dog\"], columns: [\"cat\", \"dog\"])",
            "plot of a heat map of 2×2 values"),
        ],
        details:
          "A function has lines of equal value over its colors, and its y axis rises. A matrix has a cell for each value, row 0 at "
          + "the top, as it is printed; nan is gray."
      ) { call in
        var plot = try isMatrix(call) ? matrix(call) : function(call)
        plot.heatMap?.name = try call.optionalString("name")
        try PlotOptions.apply(to: &plot, call, ["title", "x_label", "y_label", "width", "height"])
        return PlotBuiltins.drawn(PlotValue(plot), in: call.session)
      })
  }

  private static func isMatrix(_ call: borrowing Invocation) -> Bool {
    if case .list = call.value("f") { return true }
    return call.value("f").tensor != nil
  }

  private static func function(_ call: borrowing Invocation) throws -> Plot {
    for name in ["rows", "columns", "numbers"] where call.isGiven(name) {
      throw Failure(
        "a function has no rows and columns", [(.argument(name), "")], advice: "Leave `\(name)` out, or give a matrix.")
    }
    var plot = try PlotLayerBuiltins.contours(call, lines: 10, size: call.integer("size"), bar: call.boolean("bar"))
    if let (x, y) = try PlaneFunction.points(call, "points") { plot.series = [Plot.Series(style: .scatter, x: x, y: y)] }
    return plot
  }

  private static func matrix(_ call: borrowing Invocation) throws -> Plot {
    for name in ["x", "y", "points", "size"] where call.isGiven(name) {
      throw Failure(
        "a matrix has rows and columns, and no rectangle", [(.argument(name), "")],
        advice: "Leave `\(name)` out, or give a function. rows: and columns: name the rows and columns.")
    }
    let rows = try values(call)
    let columns = rows.first?.count ?? 0
    guard columns > 0, rows.count <= 4096, columns <= 4096 else {
      throw Failure(
        "a heat map has 1 to 4096 rows and columns", [(.argument("f"), "\(rows.count) rows, \(columns) columns")],
        advice: "Give a part of the matrix, such as m[..1000, ..1000].")
    }
    func ends(_ count: Int) -> ClosedRange<Double> { 0...Double(max(count - 1, 0)) }
    // The lowest row of the drawing is the matrix' last one.
    var map = try Plot.HeatMap(
      values: rows.reversed().flatMap { $0 }, rows: rows.count, columns: columns, x: ends(columns), y: ends(rows.count))
    map.cells = true
    map.numbers = try call.optionalBoolean("numbers") ?? (rows.count <= 10 && columns <= 10)
    map.colorMap = try PlotOptions.colorMap(call)
    map.valueRange = try PlotOptions.valueRange(call)
    map.colorBar = try call.boolean("bar")
    var plot = Plot()
    plot.heatMap = map
    plot.equalUnits = true
    plot.xNames = try names(call, "columns", columns)
    let names = try names(call, "rows", rows.count)
    plot.yNames = Plot.Names(names.names.reversed(), areNumbers: names.areNumbers)
    return plot
  }

  private static func values(_ call: borrowing Invocation) throws -> [[Double]] {
    if let tensor = call.value("f").tensor {
      guard tensor.rank == 2 else {
        throw Failure(
          "a heat map is drawn of a function or a matrix", [(.argument("f"), "a tensor \(tensor.shape)")],
          advice: "Give a tensor [rows, columns].")
      }
      let numbers = try tensor.floats().map(Double.init)
      let columns = tensor.shape[1]
      return (0..<tensor.shape[0]).map { Array(numbers[$0 * columns..<($0 + 1) * columns]) }
    }
    guard case .list(let list) = call.value("f") else { return [] }
    let rows = try list.elements.map { value in
      guard let row = try Curves.numbers(value) else {
        throw Failure(
          "the rows of a matrix are lists of numbers", [(.argument("f"), "holds \(value.typeNameWithArticle)")],
          advice: "Give a list of lists, [[1, 2], [3, 4]], or a tensor [rows, columns].")
      }
      return row
    }
    if let odd = rows.firstIndex(where: { $0.count != rows[0].count }) {
      throw Failure(
        "the rows of a matrix are of one length",
        [(.argument("f"), "\(rows[0].count) in row 0, \(rows[odd].count) in row \(odd)")],
        advice: "Fill what is missing with nan.")
    }
    return rows
  }

  private static func names(_ call: borrowing Invocation, _ name: String, _ count: Int) throws -> Plot.Names {
    guard case .list(let list) = call.value(name) else { return Plot.Names((0..<count).map(String.init), areNumbers: true) }
    let names = try list.elements.map { try $0.printed() }
    guard names.count == count else {
      throw Failure(
        "each of the \(name) has a name", [(.argument(name), "\(names.count) names for \(count) \(name)")],
        advice: "Give \(count) names, or none.")
    }
    return Plot.Names(names)
  }
}
