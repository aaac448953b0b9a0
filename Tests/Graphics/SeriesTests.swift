import Glibc
import Testing

@testable import Graphics

/// How series are told apart, and where their names stand.
struct SeriesTests {
  /// How a color looks without one of the three kinds of cones (G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based
  /// model for simulation of color vision deficiency", 2009, severity 1), in the space CIELAB.
  private static let views: [[Double]] = [
    [1, 0, 0, 0, 1, 0, 0, 0, 1],
    [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
    [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
  ]

  private func lab(_ color: Color, _ view: [Double]) -> [Double] {
    let linear = [color.red, color.green, color.blue].map { level -> Double in
      let part = Double(level) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    let seen = (0..<3).map { row in min(max((0..<3).reduce(0) { $0 + view[3 * row + $1] * linear[$1] }, 0), 1) }
    let x = (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505
    let y = 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]
    let z = (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089
    func root(_ t: Double) -> Double { t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116 }
    return [116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))]
  }

  @Test func tenColorsAreToldApartByAll() {
    #expect(Color.series.count >= 10)
    for view in Self.views {
      for (index, color) in Color.series.enumerated() {
        for other in Color.series[..<index] {
          let distance = zip(lab(color, view), lab(other, view)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
          // About 2.3 is the least difference that is seen at all.
          #expect(distance > 8, "\(color) \(other)")
        }
      }
    }
  }

  /// Thirty lines and thirty sets of points: no two look alike.
  @Test func beyondTheColorsThereAreDashesAndShapes() {
    var plot = Plot()
    plot.series = (0..<30).map { _ in Plot.Series(y: [1]) }
    let looks = plot.series.indices.map { "\(plot.color(of: $0)) \(plot.dashes(of: $0))" }
    #expect(Set(looks).count == 30)
    let points = plot.series.indices.map { "\(plot.color(of: $0)) \(plot.marker(of: $0))" }
    #expect(Set(points).count == 30)
  }

  @Test func linesWithinBandsAndAcrossTheFrameTakeNoColor() {
    var plot = Plot()
    var within = Plot.Series(y: [1])
    within.followsPrevious = true
    plot.series = [
      Plot.Series(style: .band, y: [1]), within, Plot.Series(style: .vertical, y: [1]), Plot.Series(y: [1]),
    ]
    #expect(plot.series.indices.map { plot.color(of: $0) } == [Color.series[0], Color.series[0], Plot.guide, Color.series[1]])
  }

  @Test func dashesAreAsLongAsTheyShallBe() {
    let dashes = Dashes.cut([[Canvas.Point(0, 0), Canvas.Point(10, 0), Canvas.Point(10, 10)]], by: [4, 3])
    #expect(dashes.count == 3)
    #expect(dashes[1] == [Canvas.Point(7, 0), Canvas.Point(10, 0), Canvas.Point(10, 1)])
    #expect(dashes[2] == [Canvas.Point(10, 4), Canvas.Point(10, 8)])
    #expect(Dashes.cut([[Canvas.Point(0, 0), Canvas.Point(1, 0)]], by: []).count == 1)
    // A gap in the line begins the pattern anew.
    let gaps = Dashes.cut(
      [[Canvas.Point(0, 0), Canvas.Point(5, 0), Canvas.Point(.nan, 0), Canvas.Point(8, 0), Canvas.Point(9, 0)]], by: [4, 2])
    #expect(gaps == [[Canvas.Point(0, 0), Canvas.Point(4, 0)], [Canvas.Point(8, 0), Canvas.Point(9, 0)]])
  }

  @Test(arguments: Marker.allCases)
  func shapesLookAsLarge(marker: Marker) throws {
    var canvas = try Canvas(width: 40, height: 40)
    if marker == .circle {
      canvas.circle(Canvas.Point(20, 20), radius: 10, .black)
    } else {
      canvas.fill(marker.outline(at: Canvas.Point(20, 20), radius: 10), .black)
    }
    let ink = canvas.raster.bytes.reduce(0.0) { $0 + 1 - Double($1) / 255 } / 3
    #expect(abs(ink / (Double.pi * 100) - 1) < 0.2, "\(ink)")
  }

  // MARK: Legends

  private func place(_ series: [Plot.Series], title: String? = nil) -> PlotLayout.LegendPlace {
    var plot = Plot(title: title)
    plot.series = series
    return PlotLayout.fitted(plot, width: 640, height: 420).legendPlace
  }

  @Test func theLegendStandsWhereNoDataAre() {
    let rising = (0..<100).map(Double.init)
    guard case .inside(let low) = place([Plot.Series("falls", y: rising.reversed())]),
      case .inside(let high) = place([Plot.Series("rises", y: rising)])
    else {
      Issue.record("there is a corner without data")
      return
    }
    #expect(low.left > 320 && low.bottom < 210)
    #expect(high.right < 320 && high.bottom < 210)
  }

  @Test func whereDataAreEverywhereItStandsOutside() {
    let numbers = (0..<2000).map { Double($0) }
    let everywhere = [
      Plot.Series("a", style: .scatter, x: numbers.map { ($0 * 0.754).truncatingRemainder(dividingBy: 1) }, y: numbers),
      Plot.Series("b", style: .scatter, x: numbers.map { ($0 * 0.569).truncatingRemainder(dividingBy: 1) }, y: numbers),
    ]
    if case .outside(let box) = place(everywhere) {
      #expect(box.right <= 640 && box.left > 400)
    } else {
      Issue.record("it hides points")
    }
    #expect(place(everywhere, title: "short") == .besideTitle)
  }

  private func texts(_ commands: [Drawing.Command]) -> [String] {
    commands.flatMap { command in
      switch command {
      case .text(let text): [text.string]
      case .clipped(_, let commands): texts(commands)
      case .sheet(let drawing, _, _): texts(drawing.commands)
      case .box, .polygon, .lines, .markers, .shading, .picture: [String]()
      }
    }
  }

  @Test func namesThatHaveNoRoomAreCounted() throws {
    var plot = Plot()
    plot.series = (0..<100).map { Plot.Series("line \($0)", y: [1, 2]) }
    let texts = texts(try plot.drawing().commands)
    let named = texts.count { $0.hasPrefix("line ") }
    #expect(named > 10 && named < 30)
    #expect(texts.contains("… \(100 - named) more"))
  }

  @Test func anEmptyPlotSaysSo() throws {
    for y in [[], [.nan], [.infinity]] as [[Double]] {
      var plot = Plot()
      plot.series = [Plot.Series(y: y)]
      #expect(texts(try plot.drawing().commands).contains(Plot.nothing))
    }
    var plot = Plot()
    plot.series = [Plot.Series(style: .vertical, y: [1])]
    #expect(!texts(try plot.drawing().commands).contains(Plot.nothing))
  }
}
