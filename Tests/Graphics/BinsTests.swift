import Testing

@testable import Graphics

/// Intervals of histograms.
struct BinsTests {
  @Test func intervalsHoldTheirLowerEndAndTheLastItsUpperOne() throws {
    let bins = try #require(Bins(edges: [0, 1, 2, 5]))
    let (counts, beyond) = bins.count([0, 0.5, 1, 2, 5, 5.1, -0.1, .nan, .infinity])
    #expect(counts == [2, 1, 2] && beyond == 2)
  }

  @Test(arguments: [[], [1], [1, 1], [2, 1], [0, .nan], [0, .infinity]] as [[Double]])
  func endsRise(edges: [Double]) { #expect(Bins(edges: edges) == nil) }

  /// 1000 numbers evenly in 0…1: IQR 0.5, width 2 · 0.5 / 10.
  @Test func ruleOfFreedmanAndDiaconis() throws {
    let numbers = (0..<1000).map { Double($0) / 999 }
    let bins = try #require(Bins(numbers))
    #expect(bins.edges.count == 11)
    #expect(abs(bins.count(numbers).counts.reduce(0, +) - 1000) < 0.5)
  }

  @Test func farNumbersDoNotMakeMillionsOfIntervals() throws {
    let numbers = (0..<1000).map { Double($0) / 999 } + [1e9]
    let bins = try #require(Bins(numbers))
    #expect(bins.edges.count <= Bins.most + 1)
    #expect(bins.count(numbers).beyond == 1)
    #expect(bins.count(numbers).counts.count { $0 > 0 } > 5)
  }

  @Test func oneNumberAndNone() throws {
    #expect(try #require(Bins([3, 3, 3])).edges == [2.5, 3.5])
    #expect(Bins([]) == nil && Bins([.nan]) == nil && Bins([0, -1], scale: .logarithmic) == nil)
    #expect(Bins([1], count: 0) == nil)
  }

  @Test func onALogarithmicAxisIntervalsHaveOneRatio() throws {
    let edges = try #require(Bins([1, 1000], count: 3, scale: .logarithmic)).edges
    for (edge, wanted) in zip(edges, [1, 10, 100, 1000.0]) { #expect(abs(edge / wanted - 1) < 1e-9) }
  }

  @Test func theAreaOfADensityIsOne() throws {
    let bins = try #require(Bins(edges: [0, 1, 3, 10]))
    let series = bins.series("a", [0.5, 0.6, 2, 9, 20], isDensity: true)
    let area = zip(series.y, series.widths).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(area - 1) < 1e-12)
    #expect(series.x == [0.5, 2, 6.5])
  }
}
