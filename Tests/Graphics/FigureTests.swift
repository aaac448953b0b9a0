import Testing

@testable import Graphics

struct FigureTests {
  /// A plot that is one color inside: a heat map of one value.
  private func flat(_ map: ColorMap) throws -> Plot {
    var plot = Plot()
    plot.heatMap = try Plot.HeatMap(values: [0, 0, 0, 0], rows: 2, columns: 2, x: 0...1, y: 0...1)
    plot.heatMap?.valueRange = 0...1
    plot.heatMap?.colorMap = map
    plot.heatMap?.colorBar = false
    plot.axes = false
    return plot
  }

  @Test func panelsStandInRowsAndColumns() throws {
    var figure = Figure(rows: [[.plot(try flat(.gray)), .plot(try flat(.magma))], [.plot(try flat(.gray))]])
    (figure.width, figure.height) = (60, 40)
    let raster = try figure.render()
    #expect((raster.width, raster.height) == (6 + 2 * 66, 6 + 2 * 46))
    #expect(raster[6 + 30, 6 + 20] == [0, 0, 0])
    #expect(raster[6 + 66 + 30, 6 + 20] == [0, 0, 4])
    #expect(raster[6 + 30, 6 + 46 + 20] == [0, 0, 0])
    #expect(raster[6 + 66 + 30, 6 + 46 + 20] == [255, 255, 255])
    // The gaps are white.
    #expect(raster[2, 20] == [255, 255, 255] && raster[6 + 60 + 3, 20] == [255, 255, 255])
  }

  @Test func titlesStandBesideAndAbove() throws {
    var figure = Figure(rows: [[.plot(try flat(.gray))]])
    (figure.width, figure.height) = (100, 100)
    let bare = try figure.render()
    figure.rowTitles = ["DRAGAN"]
    figure.columnTitles = ["step 100"]
    let titled = try figure.render()
    let band = titled.width - bare.width
    #expect(band > 20 && titled.height - bare.height == band)
    func isInked(_ columns: Range<Int>, _ rows: Range<Int>) -> Bool {
      rows.contains { y in columns.contains { titled[$0, y][0] < 120 } }
    }
    #expect(isInked(0..<band, band + 20..<titled.height - 20))
    #expect(isInked(band + 20..<titled.width - 20, 0..<band))
    #expect(!isInked(0..<band, 0..<band))
  }

  @Test func aPictureKeepsItsShape() throws {
    var figure = Figure(rows: [[.picture(try Raster(width: 8, height: 4, channels: 1, fill: 0))]])
    (figure.width, figure.height) = (40, 40)
    let raster = try figure.render()
    #expect(raster[26, 26] == [0, 0, 0])
    #expect(raster[26, 6 + 5] == [255, 255, 255] && raster[26, 6 + 35] == [255, 255, 255])
  }

  @Test func whatCannotBeDrawnIsSaid() throws {
    #expect(throws: GraphicsError.self) { try Figure(rows: []).render() }
    #expect(throws: GraphicsError.self) { try Figure(rows: [[], []]).render() }
    var figure = Figure(rows: [[.plot(Plot())]])
    figure.width = Int.max
    #expect(throws: GraphicsError.self) { try figure.render() }
    figure.width = 4096
    figure.height = 4096
    figure.rows = Array(repeating: Array(repeating: .plot(Plot()), count: 256), count: 256)
    #expect(throws: GraphicsError.self) { try figure.render() }
  }

  @Test func aPlotWithoutAxesFillsItsDrawing() throws {
    let raster = try flat(.gray).render(width: 50, height: 50)
    #expect(raster[2, 2] == [0, 0, 0] && raster[47, 47] == [0, 0, 0])
    // Its frame is drawn all around.
    #expect(raster[0, 25] != [255, 255, 255] && raster[49, 25] != [255, 255, 255])
  }

  @Test func arrowsPointAlongTheirVectors() {
    let series = Plot.Series.arrows(x: [0, 5, 9, 9], y: [0, 5, 9, 9], dx: [3, 0, 0, .nan], dy: [4, 0, 2, 1], length: 1)
    // The longest is as long as asked for, the others in proportion; what is 0 or no number is left out.
    #expect(series.count == 14)
    #expect(abs(series.x[1] - 0.6) < 1e-12 && abs(series.y[1] - 0.8) < 1e-12)
    #expect(abs(series.x[8] - 9) < 1e-12 && abs(series.y[8] - 9.4) < 1e-12)
    #expect(series.x[2].isNaN && series.x[6].isNaN)
    // Both sides of the head are as long.
    func length(_ from: Int, _ to: Int) -> Double {
      let (x, y) = (series.x[to] - series.x[from], series.y[to] - series.y[from])
      return (x * x + y * y).squareRoot()
    }
    #expect(abs(length(3, 4) - length(4, 5)) < 1e-12)
    #expect(Plot.Series.arrows(x: [], y: [1], dx: [1], dy: [1], length: 1).count == 0)
  }

  @Test func layersAreDrawnOverOneAnother() throws {
    var below = Plot(title: "below")
    below.series = [Plot.Series(style: .scatter, x: [0.5], y: [0.5], color: Color(0xff0000))]
    below.xRange = 0...1
    below.yRange = 0...1
    var above = Plot(title: "above", xLabel: "x")
    above.series = [Plot.Series(style: .scatter, x: [0.5], y: [0.5], color: Color(0x0000ff))]
    above.series[0].size = 12
    let both = try Plot(layers: [below, above])
    #expect(both.title == "below" && both.xLabel == "x" && both.xRange == 0...1 && both.series.count == 2)
    let raster = try Plot(layers: [try flat(.gray), both]).render(width: 100, height: 100)
    let layout = PlotLayout(try Plot(layers: [try flat(.gray), both]), width: 100, height: 100)
    let middle = layout.frame.place(0.5, 0.5)
    #expect(raster[Int(middle.x), Int(middle.y)] == [0, 0, 255])
    #expect(throws: GraphicsError.self) { try Plot(layers: [try flat(.gray), try flat(.gray)]) }
  }

  @Test func colorsHaveNames() {
    #expect(Color("orange") == Color(0xf0831e) && Color("#00ff80") == Color(0x00ff80))
    for text in ["", "#", "#12345", "#1234567", "#+12345", "mauve", "ORANGE"] { #expect(Color(text) == nil) }
  }
}
