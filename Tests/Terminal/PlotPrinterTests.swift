import Base
import Graphics
import Testing

@testable import Terminal

@Suite struct PlotPrinterTests {
  private func screen(_ depth: ColorDepth = .none, unicode: Bool = true) -> Screen {
    Screen(isTerminal: true, width: 60, height: 20, colorDepth: depth, isUnicode: unicode)
  }

  @Test func lineRisesFromCornerToCorner() {
    var plot = Plot()
    plot.series = [.init(x: [0, 10], y: [0, 10])]
    plot.xRange = 0...10
    plot.yRange = 0...10
    let lines = PlotPrinter(screen: screen(), width: 26, rows: 5).lines(plot)
    #expect(
      lines.joined(separator: "\n") == """
           ┌─────────────────────┐
        10 ┤                 ⣀⠤⠒⠉│
           │            ⢀⡠⠤⠒⠉    │
         5 ┤        ⢀⡠⠔⠊⠁        │
           │    ⣀⠤⠒⠊⠁            │
         0 ┤⣀⠤⠒⠉                 │
           └┬───────────────────┬┘
            0                  10
        """)
  }

  @Test func titleLabelsAndLegendAreShown() {
    var plot = Plot(title: "Losses", xLabel: "step", yLabel: "nats")
    plot.series = [.init("d", y: [1, 2, 3]), .init("g", style: .scatter, y: [3, 2, 1])]
    let text = PlotPrinter(screen: screen()).lines(plot).joined(separator: "\n")
    #expect(text.contains("Losses"))
    #expect(text.contains("step"))
    #expect(text.contains("nats"))
    #expect(text.contains("── d   ● g"))
  }

  @Test func oddDataDoesNoHarm() throws {
    let lists: [[Double]] = [
      [], [1], [.nan, .infinity, -.infinity], [1e308, -1e308], [5, 5, 5], [.leastNonzeroMagnitude, 1e-300], [1, .nan, 3],
      [0, -1],
    ]
    for values in lists {
      for style in Plot.Series.Style.allCases {
        for scale in Plot.Scale.allCases {
          var plot = Plot()
          plot.series = [.init("s", style: style, y: values)]
          plot.yScale = scale
          plot.xScale = scale
          let lines = PlotPrinter(screen: screen()).lines(plot)
          #expect(lines.allSatisfy { $0.displayWidth <= 60 }, "\(values) \(style) \(scale)")
        }
      }
    }
  }

  @Test func heatMapIsShadesWithoutColorsAndHalfBlocksWithThem() throws {
    var plot = Plot()
    plot.heatMap = try .init(values: [0, 1, 2, 3], rows: 2, columns: 2, x: 0...1, y: 0...1)
    let plain = PlotPrinter(screen: screen()).lines(plot).joined(separator: "\n")
    #expect(plain.contains("█"))
    #expect(!plain.contains("\u{1B}"))
    let colored = PlotPrinter(screen: screen(.full)).lines(plot).joined(separator: "\n")
    #expect(colored.contains("▀"))
    #expect(colored.contains("\u{1B}[38;2;253;231;37m"))
  }

  @Test func asciiWhereNothingElseCanBeShown() {
    var plot = Plot(title: "x")
    plot.series = [.init("s", y: [-1, 2, -3])]
    let text = PlotPrinter(screen: screen(unicode: false)).lines(plot).joined()
    #expect(text.utf8.allSatisfy { $0 < 128 })
  }
}
