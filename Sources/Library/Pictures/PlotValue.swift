import Graphics
import Interpreter

/// A diagram as a value of the language.
public final class PlotValue: Object {
  public let plot: Plot

  public init(_ plot: Plot) { self.plot = plot }

  public var typeName: String { "plot" }

  public func printed() throws -> String {
    let all = plot.stack.flatMap(\.series)
    let series = "\(all.count) series, \(all.map(\.count).max() ?? 0) points"
    guard let map = plot.heatMap else { return "plot of \(series)" }
    return "plot of a heat map of \(map.columns)×\(map.rows) values" + (plot.series.isEmpty ? "" : ", \(series)")
  }

  public func representations() -> [Representation] {
    let plot = plot
    return [Representation(.plot) { plot }] + Representation.picture { try plot.render() } + [.standIn { try self.printed() }]
  }

  public func portrait() throws -> (any Object)? { self }
}

extension Kind {
  static let plot = Kind.object(PlotValue.self, "a plot", word: "plot")
}
