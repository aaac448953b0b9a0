import Graphics
import Interpreter

/// Plots and pictures in rows and columns.
enum PanelBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "panels", "One image of plots and pictures in rows and columns, with titles.", subject: "Pictures",
        parameters: [
          Parameter("rows", .list, "a list of rows, each a list of plots and images; or a list of these alone, for one row"),
          Parameter("row_titles", .list, default: .list([]), "a text for each row, from the top"),
          Parameter("column_titles", .list, default: .list([]), "a text for each column, from the left"),
          Parameter("width", .integer, default: .number(240), "the width of each panel in pixels"),
          Parameter("height", .optional(.integer), default: .none, "its height; by default its width"),
          Parameter("axes", .boolean, default: .boolean(false), "whether each plot has its title, its numbers and its legend"),
        ],
        examples: [
          Example(
            "p = scatter(zeros([5, 2])); print panels([[p, p, p]], column_titles: [\"a\", \"b\"])",
            "image of 756×290 pixels, color")
        ]
      ) { call in
        let axes = try call.boolean("axes")
        let elements = try call.list("rows").elements
        let isNested = elements.contains { if case .list = $0 { true } else { false } }
        var figure = Figure(
          rows: try isNested
            ? elements.map { try row($0, axes: axes) } : [elements.map { try panel($0, axes: axes) }])
        figure.rowTitles = try titles(call, "row_titles")
        figure.columnTitles = try titles(call, "column_titles")
        figure.width = try call.integer("width")
        figure.height = try call.optionalInteger("height") ?? figure.width
        return try .object(ImageValue(figure.drawing()))
      })
  }

  private static func titles(_ call: borrowing Invocation, _ name: String) throws -> [String] {
    try call.list(name).elements.map { try $0.printed() }
  }

  private static func row(_ value: Value, axes: Bool) throws -> [Figure.Panel] {
    guard case .list(let list) = value else { throw wrong(value) }
    return try list.elements.map { try panel($0, axes: axes) }
  }

  private static func panel(_ value: Value, axes: Bool) throws -> Figure.Panel {
    guard case .object(let object) = value else { throw wrong(value) }
    if let plot = (object as? PlotValue)?.plot {
      var plot = plot
      plot.axes = axes
      if !axes {
        plot.legend = false
        plot.heatMap?.colorBar = false
      }
      return .plot(plot)
    }
    if let image = object as? ImageValue { return .picture(image.raster) }
    throw wrong(value)
  }

  private static func wrong(_ value: Value) -> Failure {
    Failure(
      "a panel is a plot or an image", [(.argument("rows"), "holds \(value.typeNameWithArticle)")],
      advice: "Give a list of lists: [[plot_1, plot_2], [plot_3, plot_4]]. grid(x) makes an image of pictures.")
  }
}
