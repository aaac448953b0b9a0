import Graphics
import Interpreter

/// `bars` and `band`: named numbers, and the surface between two curves.
enum BarBuiltins {
  static func register(in catalog: Catalog) {
    registerBars(in: catalog)
    registerBand(in: catalog)
  }

  private static func registerBars(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "bars", "Draws named numbers as bars, shown at once where there is a screen.", subject: "Pictures",
        parameters: [
          Parameter(
            "values", .record,
            "a record of numbers; or of records of numbers, each a group of bars whose fields the legend lists"),
          Parameter(
            "errors", .optional(.record), default: .none,
            "of a record of numbers: how far each may be off, as a line over its bar"),
          PlotOptions.color, PlotOptions.title,
        ] + PlotOptions.labels + [PlotOptions.log, PlotOptions.ranges[1]] + PlotOptions.sides + [PlotOptions.legend],
        examples: [
          Example("print bars({gan: 31.2, wgan: 24.8, dragan: 19.5}, y_label: \"FID\")", "plot of 1 series, 3 points"),
          Example("print bars({gan: {real: 0.9, fake: 0.2}, wgan: {real: 0.7, fake: 0.4}})", "plot of 2 series, 2 points"),
        ],
        details: """
          Bars begin at 0. Names that have no room side by side stand upright. nan and none are gaps; a message names those of nan.
          """
      ) { call in
        let fields = try call.record("values").fields
        var plot = Plot()
        plot.xNames = Plot.Names(fields.map(\.name))
        let numbers = try fields.map { try number($0.value) }
        let lost = try fields.filter { try isLost($0.value) }.map(\.name)
        if !lost.isEmpty { call.session.emit(.message("no bar is drawn where a number is nan: \(lost.joined(separator: ", "))")) }
        if !fields.isEmpty, numbers.allSatisfy({ $0 != nil }) {
          plot.series = [Plot.Series(style: .bars, y: numbers.map { $0 ?? .nan }, color: try PlotOptions.color(call))]
        } else {
          plot.series = try groups(fields)
        }
        if let errors = try errors(call, fields.map(\.name), plot) { plot.series.append(errors) }
        try PlotOptions.apply(to: &plot, call, ["title", "x_label", "y_label", "log", "y_range", "width", "height", "legend"])
        PlotOptions.tellLosses(of: plot, in: call.session)
        return PlotBuiltins.drawn(PlotValue(plot), in: call.session)
      })
  }

  /// A number, or none as a gap; nil for anything else.
  private static func number(_ value: Value) throws -> Double? {
    if case .none = value { return .nan }
    return try Numbers.single(value)
  }

  /// Whether a value is nan, or a group that holds nan.
  private static func isLost(_ value: Value) throws -> Bool {
    let values = if case .record(let record) = value { record.fields.map(\.value) } else { [value] }
    return try values.contains { try Numbers.single($0)?.isNaN ?? false }
  }

  private static func groups(_ fields: [(name: String, value: Value)]) throws -> [Plot.Series] {
    var names: [String] = []
    var heights: [String: [Double]] = [:]
    for (place, field) in fields.enumerated() {
      guard case .record(let record) = field.value else { throw wrong(field.name, field.value) }
      for (name, value) in record.fields {
        guard let number = try number(value) else { throw wrong("\(field.name).\(name)", value) }
        if heights[name] == nil {
          names.append(name)
          heights[name] = Array(repeating: .nan, count: fields.count)
        }
        heights[name]?[place] = number
      }
    }
    return Plot.Series.sideBySide(names.map { Plot.Series($0, style: .bars, y: heights[$0] ?? []) })
  }

  private static func wrong(_ name: String, _ value: Value) -> Failure {
    Failure(
      "bars are drawn of numbers", [(.argument("values"), "`\(name)` is \(value.typeNameWithArticle)")],
      advice: "Give a record of numbers, {gan: 31, wgan: 25}, or of records of numbers.")
  }

  private static func errors(_ call: borrowing Invocation, _ names: [String], _ plot: Plot) throws -> Plot.Series? {
    guard case .record(let record) = call.value("errors") else { return nil }
    guard plot.series.count == 1, let bars = plot.series.first else {
      throw Failure(
        "errors belong to a record of numbers", [(.argument("errors"), "and the values are groups")],
        advice: "Give `errors` for bars without groups only.")
    }
    var (x, y): ([Double], [Double]) = ([], [])
    for (name, value) in record.fields {
      guard let place = names.firstIndex(of: name), let size = try number(value), !(size < 0) else {
        throw Failure(
          "an error is a number from 0 up for one of the bars", [(.argument("errors"), "`\(name)` is \(try value.printed())")],
          advice: "Give a record with the names of the bars: \(names.prefix(3).map { "\($0): 0.5" }.joined(separator: ", ")).")
      }
      let (middle, height) = (Double(place), bars.y[place])
      for (left, right, end) in [(0.0, 0.0, 0.0), (-0.08, 0.08, -1.0), (-0.08, 0.08, 1.0)] {
        x += [middle + left, middle + right, .nan]
        y += end == 0 ? [height - size, height + size, .nan] : [height + end * size, height + end * size, .nan]
      }
    }
    var series = Plot.Series(x: x, y: y, color: Color(0x303030))
    series.size = 1.5
    return series
  }

  private static func registerBand(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "band",
        "The surface between two curves as a plot, such as a mean plus and minus a deviation, to be shown or laid under others.",
        subject: "Pictures",
        parameters: [
          Parameter("x", .either(.tensor, .sequence), "the places along the axis"),
          Parameter("low", .either(.tensor, .sequence), "the lower curve, a number for each place"),
          Parameter("high", .either(.tensor, .sequence), "the upper curve, a number for each place"),
          Parameter(
            "line", .optional(.either(.tensor, .sequence)), default: .none,
            "a curve between them in the same color, such as the mean"),
          PlotOptions.color,
          Parameter("opacity", .share, default: .number(0.25), "how much of what is behind is hidden"),
          Parameter("name", .optional(.string), default: .none, "what the legend calls it"),
        ],
        examples: [
          Example("print band([0, 1, 2], [1, 2, 2], [3, 3, 5], line: [2, 2.5, 3], name: \"loss\")", "plot of 2 series, 3 points")
        ],
        details: "nan and none are gaps. `overlay` lays several into one frame and gives each its color."
      ) { call in
        let x = try numbers(call, "x")
        let name = try call.optionalString("name")
        let color = try PlotOptions.color(call)
        var band = Plot.Series(nil, style: .band, x: x, y: try curve(call, "high", x.count), color: color)
        band.lows = try curve(call, "low", x.count)
        band.opacity = try call.number("opacity")
        var plot = Plot()
        if case .none = call.value("line") {
          band.name = name
          plot.series = [band]
        } else {
          var line = Plot.Series(name, x: x, y: try curve(call, "line", x.count), color: color)
          line.followsPrevious = true
          plot.series = [band, line]
        }
        PlotOptions.tellLosses(of: plot, in: call.session)
        return .object(PlotValue(plot))
      })
  }

  private static func numbers(_ call: borrowing Invocation, _ name: String) throws -> [Double] {
    guard let numbers = try Curves.numbers(call.value(name)) else { throw call.wrong(name, wanted: "a list of numbers") }
    return numbers
  }

  private static func curve(_ call: borrowing Invocation, _ name: String, _ count: Int) throws -> [Double] {
    let y = try numbers(call, name)
    guard y.count == count else {
      throw Failure(
        "the curves of a band are not of one length",
        [(.argument("x"), "\(count) numbers"), (.argument(name), "\(y.count) numbers")],
        advice: "Give one number for each place.")
    }
    return y
  }
}
