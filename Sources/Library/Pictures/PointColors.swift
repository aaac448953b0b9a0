import Graphics
import Interpreter

/// Points that are colored one by one: by a number, or by their class.
enum PointColors {
  /// The series of a call's points as its parameters `values`, `classes`, `colors` and `range` have them.
  static func apply(to series: Plot.Series, _ call: borrowing Invocation) throws -> [Plot.Series] {
    let hasValues = if case .none = call.value("values") { false } else { true }
    let hasClasses = if case .none = call.value("classes") { false } else { true }
    guard !hasValues || !hasClasses else {
      throw Failure(
        "points are colored by values or by classes", [(.argument("values"), ""), (.argument("classes"), "and here")],
        advice: "Give one of both.")
    }
    if series.color != nil, hasValues || hasClasses {
      throw Failure(
        "points have one color or several",
        [(.argument("color"), ""), (.argument(hasValues ? "values" : "classes"), "and here")],
        advice: "Leave `color` out.")
    }
    if hasValues { return [try valued(series, call)] }
    return hasClasses ? try classed(series, call) : [series]
  }

  private static func valued(_ series: Plot.Series, _ call: borrowing Invocation) throws -> Plot.Series {
    guard let values = try FigureNumbers.all(call.value("values")) else {
      throw call.wrong("values", wanted: "a list of numbers")
    }
    try check(values.count, "values", series)
    var series = series
    series.shades = Plot.Series.Shades(
      values, colorMap: try PlotOptions.colorMap(call), range: try PlotOptions.valueRange(call), name: series.name)
    series.name = nil
    return series
  }

  /// A series for each class: of numbers in their order, of strings in that of their first points.
  private static func classed(_ series: Plot.Series, _ call: borrowing Invocation) throws -> [Plot.Series] {
    var names: [String] = []
    if let numbers = try FigureNumbers.all(call.value("classes")) {
      names = numbers.map { Value.number($0).plainText }
      try check(names.count, "classes", series)
      let order = Set(numbers).sorted { $0.isNaN ? false : $1.isNaN || $0 < $1 }
      return try split(series, names, order.map { Value.number($0).plainText }, call)
    }
    if case .list(let list) = call.value("classes") {
      names = try list.elements.map { try $0.printed() }
      try check(names.count, "classes", series)
      var seen: Set<String> = []
      return try split(series, names, names.filter { seen.insert($0).inserted }, call)
    }
    throw call.wrong("classes", wanted: "a list of numbers or strings")
  }

  private static func split(
    _ series: Plot.Series, _ names: [String], _ classes: [String], _ call: borrowing Invocation
  ) throws -> [Plot.Series] {
    guard classes.count <= 50 else {
      throw Failure(
        "more than 50 classes cannot be told apart", [(.argument("classes"), "\(classes.count) classes")],
        advice: "Numbers that are no classes are `values:`.")
    }
    let places = Dictionary(grouping: names.indices) { names[$0] }
    // Points of a part are as large as those of the whole.
    let size = series.size ?? (series.count > 2000 ? 2.4 : series.count > 300 ? 3.6 : 5.5)
    return classes.map { name in
      let own = places[name] ?? []
      var part = Plot.Series(name, style: .scatter, x: own.map { series.x[$0] }, y: own.map { series.y[$0] })
      part.size = size
      return part
    }
  }

  private static func check(_ count: Int, _ name: String, _ series: Plot.Series) throws {
    guard count == series.count else {
      throw Failure(
        "each point wants one of the \(name)", [(.argument("points"), "\(series.count) points"), (.argument(name), "\(count)")],
        advice: "Give as many as there are points.")
    }
  }
}
