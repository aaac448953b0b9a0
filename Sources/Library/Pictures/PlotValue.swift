import Graphics
import Interpreter
import Tensors

/// A diagram as a value of the language.
public final class PlotValue: Object {
  /// The diagram itself.
  public let plot: Plot

  /// The value of a diagram.
  public init(_ plot: Plot) { self.plot = plot }

  /// As `type` and errors name it.
  public var typeName: String { "plot" }

  /// One line: the size of a heat map, and the number of series and points.
  public func printed() throws -> String {
    let all = plot.stack.flatMap(\.series)
    let series = "\(all.count) series, \(all.map(\.count).max() ?? 0) points"
    guard let map = plot.heatMap else { return "plot of \(series)" }
    return "plot of a heat map of \(map.columns)×\(map.rows) values" + (plot.series.isEmpty ? "" : ", \(series)")
  }

  /// The diagram, a picture of it, and the line that `printed` gives in place of them.
  public func representations() -> [Representation] {
    let plot = plot
    return [Representation(.plot) { plot }, .svg { try plot.drawing() }] + Representation.picture { try plot.render() }
      + [.standIn { try self.printed() }]
  }

  /// The plot itself.
  public func portrait() throws -> (any Object)? { self }
}

extension PlotValue {
  /// Points of a plane, [n, 2], where they lie; nil for other tensors, and for fewer than 8 rows, which are a small matrix.
  convenience init?(points: Tensor) throws {
    guard points.rank == 2, points.shape.dimensions[1] == 2, points.shape.dimensions[0] >= 8 else { return nil }
    let numbers = try points.floats().map(Double.init)
    func column(_ first: Int) -> [Double] { stride(from: first, to: numbers.count, by: 2).map { numbers[$0] } }
    var plot = Plot()
    plot.equalUnits = true
    plot.series = [Plot.Series(style: .scatter, x: column(0), y: column(1))]
    self.init(plot)
  }
}

extension Kind {
  static let plot = Kind.object(PlotValue.self, "a plot", word: "plot")
}
