import Graphics
import Interpreter
import Tensors

/// `histogram`: how numbers are distributed.
enum HistogramBuiltin {
  private static let options = ["title", "x_label", "y_label", "log", "log_x", "x_range", "y_range", "width", "height", "legend"]

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "histogram", "Counts numbers in intervals and draws the counts as bars, shown at once where there is a screen.",
        subject: "Pictures",
        parameters: [
          Parameter(
            "values", .any,
            "a list or tensor of numbers, of any shape; a record of such, or a list of such, for several sets in one frame"),
          Parameter(
            "bins", .optional(.either(.number, .either(.tensor, .sequence))), default: .none,
            "how many intervals, or the list of their ends; by default by the rule of Freedman and Diaconis"),
          Parameter(
            "density", .boolean, default: .boolean(false),
            "whether the bars of each set have the area 1, so that sets of other sizes compare"),
          Parameter(
            "color", .optional(.string), default: .none, "of a single set: a name such as \"orange\", or \"#f0831e\""),
          Parameter("name", .optional(.string), default: .none, "what the legend calls a single set"),
          PlotOptions.title,
        ] + PlotOptions.labels + [PlotOptions.log, PlotOptions.logX] + PlotOptions.ranges + PlotOptions.sides
          + [PlotOptions.legend],
        examples: [
          Example("print histogram([1, 2, 2, 3, 3, 3], bins: 3)", "plot of 1 series, 3 points"),
          Example(
            "print histogram({real: normal([1000]), made: normal([500]) + 1}, bins: -4..5, density: true)",
            "plot of 2 series, 8 points"),
        ],
        details: """
          Intervals hold their lower end, the last one its upper end too; several sets share them. With `log_x` they are of one ratio. nan, \
          infinities and numbers beyond the intervals are left out, and a message says how many. Where a few far numbers would make more \
          than \(Bins.most) intervals of the rule's width necessary, they are such numbers. The plot is a value: \
          `save_image histogram(x), "x.svg"` writes it, `overlay` lays lines over it.
          """
      ) { call in
        let sets = try sets(call)
        var plot = Plot()
        try PlotOptions.apply(to: &plot, call, Set(options))
        if plot.yLabel == nil { plot.yLabel = try call.boolean("density") ? "density" : "count" }
        let all = sets.flatMap(\.numbers)
        let bins = try bins(call, all, plot.xScale)
        tell(all, bins, plot.xScale, call.session)
        let color = try PlotOptions.color(call)
        if let bins {
          plot.series = try sets.map { name, numbers in
            var series = bins.series(name, numbers, isDensity: try call.boolean("density"), color: sets.count == 1 ? color : nil)
            series.opacity = sets.count > 1 ? 0.4 : 0.75
            return series
          }
        }
        return PlotBuiltins.drawn(PlotValue(plot), in: call.session)
      })
  }

  private static func sets(_ call: borrowing Invocation) throws -> [(name: String?, numbers: [Double])] {
    let value = call.value("values")
    if let numbers = try FigureNumbers.all(value) { return [(try call.optionalString("name"), numbers)] }
    var sets: [(name: String?, numbers: [Double])?] = []
    switch value {
    case .record(let record): sets = try record.fields.map { name, value in try FigureNumbers.all(value).map { (name, $0) } }
    case .list(let list): sets = try list.elements.map { value in try FigureNumbers.all(value).map { (nil, $0) } }
    case .none, .boolean, .number, .string, .range, .function, .builtin, .object: break
    }
    guard !sets.isEmpty, !sets.contains(where: { $0 == nil }) else {
      throw Failure(
        "a histogram is drawn of numbers", [(.argument("values"), value.typeNameWithArticle)],
        advice: "Give a list or a tensor of numbers, or a record of such: {real: x, generated: y}.")
    }
    return sets.compactMap { $0 }
  }

  private static func bins(_ call: borrowing Invocation, _ all: [Double], _ scale: Plot.Scale) throws -> Bins? {
    if case .none = call.value("bins") { return Bins(all, scale: scale) }
    if let count = try Numbers.single(call.value("bins")) {
      guard count == count.rounded(), (1...10_000).contains(count) else {
        throw Failure(
          "a histogram has 1 to 10000 intervals", [(.argument("bins"), count.brief)],
          advice: "Give a whole number, or the list of the intervals' ends.")
      }
      return Bins(all, count: Int(count), scale: scale)
    }
    let edges = try Numbers.list(call.value("bins")) ?? []
    guard edges.count <= 10_001, let bins = Bins(edges: edges) else {
      throw Failure(
        "the ends of intervals rise", [(.argument("bins"), try call.value("bins").printed())],
        advice: "Give from 2 to 10001 finite numbers, each greater than the one before: bins: [0, 1, 2, 5].")
    }
    if scale == .logarithmic, let first = bins.edges.first, first <= 0 {
      throw Failure(
        "a logarithmic axis begins above 0", [(.argument("bins"), "begin at \(first.brief)")],
        advice: "Give ends above 0, or leave `log_x` out.")
    }
    return bins
  }

  /// Says what is not in the bars.
  private static func tell(_ all: [Double], _ bins: Bins?, _ scale: Plot.Scale, _ session: Session) {
    var lost: [String] = []
    let missing = all.count(where: \.isNaN)
    if missing > 0 { lost.append("\(missing) nan") }
    let infinite = all.count(where: \.isInfinite)
    if infinite > 0 { lost.append("\(infinite) infinite") }
    var rest = all.filter(\.isFinite)
    if scale == .logarithmic {
      let low = rest.count { $0 <= 0 }
      if low > 0 { lost.append("\(low) not above 0") }
      rest.removeAll { $0 <= 0 }
    }
    if let bins, let first = bins.edges.first, let last = bins.edges.last {
      let beyond = bins.count(rest).beyond
      if beyond > 0, let least = rest.min(), let most = rest.max() {
        lost.append("\(beyond) beyond \(first.brief) … \(last.brief) (the numbers reach from \(least.brief) to \(most.brief))")
      }
    }
    if !lost.isEmpty {
      session.emit(.message("left out of the histogram, of \(all.count) numbers: " + lost.joined(separator: ", ")))
    }
    if bins == nil { session.emit(.message("there is no number to count, and the histogram is empty")) }
  }
}

/// Numbers for figures out of values of the language.
enum FigureNumbers {
  /// The numbers of a list, a range or a tensor of any shape; none in a list is nan. nil for anything else.
  static func all(_ value: Value) throws -> [Double]? {
    if let tensor = value.tensor { return try tensor.floats().map(Double.init) }
    if case .number(let number) = value { return [number] }
    return try Curves.numbers(value)
  }
}
