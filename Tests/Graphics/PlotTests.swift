import Testing

@testable import Graphics

struct PlotTests {
  @Test(arguments: [
    (0.0...1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0.0...500.0, ["0", "100", "200", "300", "400", "500"]),
    (-3.0...2.0, ["−3", "−2", "−1", "0", "1", "2"]), (0.0...2.5e7, ["0", "5e6", "1e7", "1.5e7", "2e7", "2.5e7"]),
    (1.0...1.0004, ["1.0000", "1.0001", "1.0002", "1.0003", "1.0004"]),
    (0.0...3e-7, ["0", "5e-8", "1e-7", "1.5e-7", "2e-7", "2.5e-7", "3e-7"]),
  ])
  func ticksAreRoundNumbers(range: ClosedRange<Double>, labels: [String]) {
    #expect(Ticks(over: range).labels == labels)
  }

  @Test(arguments: [
    (0.001...1000.0, ["0.001", "0.01", "0.1", "1", "10", "100", "1000"]), (1.0...10.0, ["1", "2", "5", "10"]),
    (1e-9...1e3, ["10⁻⁸", "10⁻⁶", "10⁻⁴", "0.01", "1", "100"]),
  ])
  func ticksOfALogarithmicAxisArePowersOfTen(range: ClosedRange<Double>, labels: [String]) {
    #expect(Ticks(over: range, count: 7, scale: .logarithmic).labels == labels)
  }

  @Test func smallMarksLieBetweenPowersOfTen() {
    #expect(Ticks(over: 1...20, scale: .logarithmic).minor == [2, 3, 4, 5, 6, 7, 8, 9, 20])
    #expect(Ticks(over: 1...1e20, scale: .logarithmic).minor.isEmpty)
    #expect(Ticks(over: 1...20).minor.isEmpty)
  }

  @Test(arguments: [
    0.0...0.0, -1e308...1e308, 1e-320...2e-320, 0.0...Double.infinity, 1.0...1.0.nextUp, -5e-324...5e-324, 1e300...1e301,
  ])
  func ticksOfExtremeRangesAreFewAndFinite(range: ClosedRange<Double>) {
    for scale in Plot.Scale.allCases {
      let ticks = Ticks(over: range, scale: scale)
      #expect(ticks.values.count < 50 && ticks.values.allSatisfy(\.isFinite))
    }
  }

  /// Whatever the data, a plot is drawn.
  @Test func everyPlotCanBeDrawn() throws {
    let lists: [[Double]] = [
      [], [3], [.nan], [.infinity, -.infinity], [0, 0, 0], [1e308, -1e308], [1e-320, 2e-320], [-5, -4],
      [1, .nan, 2, .infinity, 3],
      (0..<3000).map(Double.init),
    ]
    for y in lists {
      for style in Plot.Series.Style.allCases {
        for scale in Plot.Scale.allCases {
          var plot = Plot(title: "title", xLabel: "x", yLabel: "y")
          plot.yScale = scale
          plot.xScale = scale
          plot.series = [Plot.Series("a", style: style, y: y), Plot.Series(nil, style: style, x: [1, 2], y: y)]
          for (width, height) in [(320, 200), (100, 60), (1, 1), (3, 500)] {
            let raster = try plot.render(width: width, height: height)
            #expect((raster.width, raster.height) == (width, height))
          }
          let (xs, ys) = plot.visibleRanges()
          for range in [xs, ys] { #expect(range.lowerBound < range.upperBound && range.upperBound.isFinite) }
        }
      }
    }
    #expect(throws: GraphicsError.self) { try Plot().render(width: 0, height: 10) }
    #expect(throws: GraphicsError.self) { try Plot().render(width: Int.max, height: 10) }
  }

  @Test func everyHeatMapCanBeDrawn() throws {
    for values in [[0, 1, 2, 3], [1, 1, 1, 1], [.nan, 1, 2, .infinity], [.nan, .nan, .nan, .nan]] as [[Double]] {
      for range in [0.0...1.0, 2.0...2.0, -1e308...1e308] {
        for contours in [Plot.HeatMap.Contours.none, .automatic(5), .levels([0.5, .nan])] {
          var plot = Plot(title: "title")
          plot.heatMap = try Plot.HeatMap(values: values, rows: 2, columns: 2, x: range, y: range, name: "D")
          plot.heatMap?.contours = contours
          plot.equalUnits = true
          plot.series = [Plot.Series("real", style: .scatter, x: [0.2, 0.8], y: [0.3, .nan])]
          #expect(try plot.render(width: 200, height: 160).width == 200)
        }
      }
    }
    #expect(throws: GraphicsError.self) { try Plot.HeatMap(values: [1], rows: 1, columns: 2, x: 0...1, y: 0...1) }
    #expect(throws: GraphicsError.self) { try Plot.HeatMap(values: [1], rows: 1, columns: 1, x: 0...(.infinity), y: 0...1) }
  }

  @Test func aRisingLineIsDrawnRising() throws {
    var plot = Plot()
    plot.series = [Plot.Series(x: [0, 1], y: [0, 1], color: Color(0xff0000))]
    let raster = try plot.render(width: 200, height: 200)
    let red = (0..<40_000).filter { raster.bytes[$0 * 3] > 200 && raster.bytes[$0 * 3 + 1] < 100 }
    let lowest = try #require(red.max())
    let highest = try #require(red.min())
    #expect(highest % 200 > 150 && lowest % 200 < 60)
  }

  @Test func aGapIsNotBridged() throws {
    var plot = Plot()
    plot.series = [Plot.Series(x: [0, 1, 2, 3, 4], y: [1, 1, .nan, 1, 1], color: Color(0xff0000))]
    let raster = try plot.render(width: 300, height: 100)
    let columns = Set((0..<30_000).filter { raster.bytes[$0 * 3 + 1] < 100 && raster.bytes[$0 * 3] > 200 }.map { $0 % 300 })
    let first = try #require(columns.min())
    let last = try #require(columns.max())
    #expect(!columns.contains((first + last) / 2) && columns.contains(first + 20) && columns.contains(last - 20))
  }

  @Test func aHeatMapShowsItsLowestRowAtTheBottom() throws {
    var plot = Plot()
    plot.heatMap = try Plot.HeatMap(values: [0, 0, 1, 1], rows: 2, columns: 2, x: 0...1, y: 0...1)
    plot.heatMap?.colorMap = .gray
    plot.heatMap?.colorBar = false
    let raster = try plot.render(width: 300, height: 300)
    #expect(raster[150, 80] == [255, 255, 255])
    #expect(raster[150, 200] == [0, 0, 0])
  }

  @Test func contoursLieWhereTheValueIs() throws {
    // The height x + 2 y over a table of 9 × 7.
    let values = (0..<63).map { Double($0 % 9) + 2 * Double($0 / 9) }
    let stretches = Contours.stretches(values, rows: 7, columns: 9, level: 7.3)
    #expect(!stretches.isEmpty)
    for stretch in stretches {
      for point in [stretch.from, stretch.to] { #expect(abs(point.x + 2 * point.y - 7.3) < 1e-9) }
    }
    // A hole interrupts the line and nothing more.
    var holed = values
    holed[3 * 9 + 1] = .nan
    #expect(Contours.stretches(holed, rows: 7, columns: 9, level: 7.3).count < stretches.count)
    // A saddle has two stretches, apart from each other.
    #expect(Contours.stretches([1, 0, 0, 1], rows: 2, columns: 2, level: 0.5).count == 2)
    #expect(Contours.stretches([1, 0], rows: 1, columns: 2, level: 0.5).isEmpty)
  }

  @Test func onASaddleTheMiddleDecidesWhatIsCutOff() {
    // High at the corners (0, 0) and (1, 1); the middle is ½.
    for (level, cutOff) in [(0.4, [Canvas.Point(1, 0), Canvas.Point(0, 1)]), (0.6, [Canvas.Point(0, 0), Canvas.Point(1, 1)])] {
      let stretches = Contours.stretches([1, 0, 0, 1], rows: 2, columns: 2, level: level)
      #expect(stretches.count == 2)
      for corner in cutOff {
        let isAround = stretches.contains { stretch in
          let (x, y) = ((stretch.from.x + stretch.to.x) / 2, (stretch.from.y + stretch.to.y) / 2)
          return abs(abs(x - corner.x) - 0.2) < 1e-9 && abs(abs(y - corner.y) - 0.2) < 1e-9
        }
        #expect(isAround, "\(level): \(stretches)")
      }
    }
  }

  @Test func placesGoByTheScalesOfTheAxes() {
    let box = Canvas.Box(left: 10, top: 20, right: 110, bottom: 220)
    let frame = PlotFrame(box: box, x: 1...100, y: -1...3, xScale: .logarithmic, yScale: .linear)
    for (x, y, place) in [(1.0, -1.0, Canvas.Point(10, 220)), (10, 1, Canvas.Point(60, 120)), (100, 3, Canvas.Point(110, 20))] {
      let found = frame.place(x, y)
      #expect(abs(found.x - place.x) < 1e-9 && abs(found.y - place.y) < 1e-9)
      let data = frame.data(at: place)
      #expect(abs(data.x - x) < 1e-9 && abs(data.y - y) < 1e-9)
    }
    #expect(frame.place(0, 0).x.isNaN)
  }

  @Test func barsBeginAtZero() {
    var plot = Plot()
    plot.series = [Plot.Series(style: .bars, y: [3, 4])]
    #expect(plot.visibleRanges().y.lowerBound == 0)
    plot.series = [Plot.Series(style: .bars, y: [-3, -4])]
    #expect(plot.visibleRanges().y.upperBound == 0)
    plot.series = [Plot.Series(style: .line, y: [3, 4])]
    #expect(plot.visibleRanges().y.lowerBound > 2.9)
  }

  @Test func aLineOfVeryManyPointsLooksAsItIs() throws {
    let y = (0..<20_000).map { Double($0 * 7919 % 1009) }
    var plot = Plot()
    plot.series = [Plot.Series(y: y, color: .black)]
    let whole = try plot.render(width: 200, height: 150)
    // The same line, cut by a gap into pieces too short to be thinned.
    plot.series = stride(from: 0, to: 20_000, by: 500).map { start in
      let end = min(start + 501, 20_000)
      var series = Plot.Series(x: (start..<end).map(Double.init), y: Array(y[start..<end]), color: .black)
      series.size = 1.2
      return series
    }
    let pieces = try plot.render(width: 200, height: 150)
    let differences = zip(whole.bytes, pieces.bytes).count { abs(Int($0) - Int($1)) > 40 }
    #expect(differences < whole.bytes.count / 50)
  }
}
