import Graphics
import Interpreter

/// Words, arrows and lines over a plot.
enum AnnotationBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "annotation", "Words at a place of a plot, with an arrow to another place, to be laid over other plots.",
        subject: "Pictures",
        parameters: [
          Parameter("text", .string, "the words; \"\" for an arrow alone"),
          Parameter("at", .sequence, "the place [x, y] of their middle, in units of the axes"),
          Parameter("to", .optional(.sequence), default: .none, "the place [x, y] that an arrow points to"),
          Parameter(
            "color", .optional(.string), default: .none, "a name such as \"orange\", or \"#f0831e\"; by default dark gray"),
          Parameter("size", .optional(.number), default: .none, "the height of the line in pixels, by default 13"),
        ],
        examples: [
          Example(
            "print overlay([line([4, 1, 3]), annotation(\"best\", [1, 2], to: [1, 1])])", "plot of 1 series, 3 points")
        ]
      ) { call in
        let at = try place(call, "at")
        var note = Plot.Note(try call.string("text"), x: at.x, y: at.y, color: try PlotOptions.color(call))
        if case .none = call.value("to") {} else { note.tip = try place(call, "to") }
        if let size = try call.optionalNumber("size") {
          guard (6...100).contains(size) else {
            throw Failure("words are 6 to 100 pixels high", [(.argument("size"), size.brief)], advice: "13 is that of the axes.")
          }
          note.size = size
        }
        var plot = Plot()
        plot.notes = [note]
        return .object(PlotValue(plot))
      })
    registerLine(
      "vertical_line", "x", "A line from the bottom of the frame to its top", .vertical,
      "print overlay([line([4, 1, 3]), vertical_line(1)])",
      in: catalog)
    registerLine(
      "horizontal_line", "y", "A line across the frame", .horizontal, "print overlay([line([4, 1, 3]), horizontal_line([1, 2])])",
      in: catalog)
  }

  private static func registerLine(
    _ name: String, _ axis: String, _ what: String, _ style: Plot.Series.Style, _ example: String, in catalog: Catalog
  ) {
    catalog.add(
      Builtin(
        name, "\(what) at a value of the \(axis) axis, to be laid over other plots.", subject: "Pictures",
        parameters: [
          Parameter(axis, .either(.number, .either(.tensor, .sequence)), "where it is; a list for several lines"),
          Parameter("color", .optional(.string), default: .none, "a name such as \"orange\", or \"#f0831e\"; by default gray"),
          Parameter("name", .optional(.string), default: .none, "what the legend calls it"),
          Parameter("dashed", .boolean, default: .boolean(true), "whether it is dashed"),
          Parameter("size", .optional(.number), default: .none, "its width in pixels"),
        ],
        examples: [Example(example, "plot of 2 series, 3 points")]
      ) { call in
        guard let places = try FigureNumbers.all(call.value(axis)), places.allSatisfy(\.isFinite) else {
          throw Failure(
            "a line stands at a finite number", [(.argument(axis), try call.value(axis).printed())],
            advice: "Give a number or a list of numbers.")
        }
        var series = Plot.Series(
          try call.optionalString("name"), style: style, x: places, y: places, color: try PlotOptions.color(call))
        series.dashes = try call.boolean("dashed") ? nil : []
        series.size = try PlotOptions.width(call)
        var plot = Plot()
        plot.series = [series]
        return .object(PlotValue(plot))
      })
  }

  private static func place(_ call: borrowing Invocation, _ name: String) throws -> Plot.Note.Tip {
    let numbers = try Numbers.list(call.value(name)) ?? []
    guard numbers.count == 2, numbers.allSatisfy(\.isFinite) else {
      throw Failure(
        "a place of a plot is [x, y]", [(.argument(name), try call.value(name).printed())], advice: "Write \(name): [2, 0.5].")
    }
    return Plot.Note.Tip(x: numbers[0], y: numbers[1])
  }
}
