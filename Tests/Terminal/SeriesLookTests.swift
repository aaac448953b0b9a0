import Base
import Graphics
import Testing

@testable import Terminal

/// How curves are told apart in text.
@Suite struct SeriesLookTests {
  private func screen(_ depth: ColorDepth, unicode: Bool = true, width: Int = 80) -> Screen {
    Screen(isTerminal: true, width: width, height: 24, colorDepth: depth, isUnicode: unicode)
  }

  private func curves(_ count: Int) -> Plot {
    var plot = Plot()
    plot.series = (0..<count).map { k in Plot.Series("curve \(k)", y: (0..<50).map { Double($0 * k) }) }
    return plot
  }

  private func withoutCodes(_ line: String) -> String {
    line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
  }

  @Test(arguments: [ColorDepth.named, .indexed, .full])
  func tenCurvesHaveTenColors(depth: ColorDepth) {
    let plot = curves(10)
    #expect(Set(plot.series.indices.map { SeriesLook(plot, $0, on: screen(depth)).code }).count == 10)
  }

  /// The grounds of usual terminals are 30, 37, 90 and 97.
  @Test func noneOfTheSixteenIsThatOfAGround() {
    #expect(Set(SeriesLook.named).isDisjoint(with: [30, 37, 90, 97, 40, 47, 100, 107]))
  }

  @Test(arguments: [ColorDepth.none, .named], [true, false])
  func sixCurvesBearLettersInSixteenColorsAndWithout(depth: ColorDepth, unicode: Bool) {
    let lines = PlotPrinter(screen: screen(depth, unicode: unicode)).lines(curves(6)).map(withoutCodes)
    let inside = lines.filter { $0.contains(unicode ? "│" : "|") || $0.contains("┤") }.joined()
    for letter in "abcdef" {
      #expect(inside.count { $0 == letter } >= 2, "\(letter)")
      #expect(lines.suffix(3).joined().contains(unicode ? "─\(letter)─ curve" : "-\(letter)- curve"))
    }
    if !unicode { #expect(lines.joined().utf8.allSatisfy { $0 < 128 }) }
    #expect(lines.allSatisfy { $0.displayWidth <= 80 })
  }

  @Test func manyColorsAndSingleCurvesNeedNoLetters() {
    #expect(SeriesLook(curves(6), 0, on: screen(.indexed)).letter == nil)
    #expect(SeriesLook(curves(1), 0, on: screen(.none)).letter == nil)
  }

  @Test(arguments: 2..<30)
  func noTwoLettersShareAColumn(count: Int) {
    let plot = curves(count)
    let letters = plot.series.indices.compactMap { SeriesLook(plot, $0, on: screen(.none)).letter }
    #expect(Set(letters.map(\.first)).count == count)
    #expect(letters.allSatisfy { (0..<$0.period).contains($0.first) })
  }

  @Test func aPlotIsAsWideAsTheWindow() {
    for width in [40, 80, 200] {
      let lines = PlotPrinter(screen: screen(.none, width: width)).lines(curves(2))
      #expect(lines.map(\.displayWidth).max() == width - 1)
    }
  }

  @Test func wordsDoNothingToTheTerminal() {
    var plot = Plot(title: "a\u{1B}[31m", xLabel: "b\nc", yLabel: "d\u{9B}2J")
    plot.series = [Plot.Series("e\u{7}", y: [1, 2])]
    plot.notes = [Plot.Note("f\u{1B}]0;x\u{7}", x: 0, y: 1)]
    plot.xNames = Plot.Names(["g\u{1B}c", "h"])
    let text = PlotPrinter(screen: screen(.none)).lines(plot).joined()
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 32 && !(0x7f...0x9f).contains($0.value) })
  }
}
