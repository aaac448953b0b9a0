import Graphics
import Interpreter
import Syntax
import Testing

@testable import Library

/// What a session hands out to sinks that take different media.
@Suite struct RepresentationTests {
  private final class Sink: OutputSink {
    var reception: Reception
    var results: [Shown] = []
    var displays: [Shown] = []
    /// Texts that were printed, with the number of results before each.
    var texts: [String] = []

    init(_ reception: Reception) { self.reception = reception }

    func receive(_ output: Output) {
      switch output {
      case .result(let shown): results.append(shown)
      case .display(let shown): displays.append(shown)
      case .text(let text): texts.append(text)
      case .fragment, .message, .progress, .frame, .help, .code, .diagnostic, .interrupted: break
      }
    }
  }

  private func run(_ text: String, media: Set<String>, wantsAll: Bool = false, echo: Echo = .each) throws -> Sink {
    nonisolated(unsafe) let sink = Sink(Reception(media: media, wantsAll: wantsAll))
    try BigStackThread.run {
      let session = Library.session(sink: sink)
      try session.run(Source(name: "test", text: text), echo: echo)
    }
    return sink
  }

  private let signature: [UInt8] = [0x89] + Array("PNG".utf8)

  @Test func theRichestFormIsMadeAlone() throws {
    let code = "image(zeros([8, 9]))"
    let drawn = try run(code, media: [Medium.raster.name, Medium.png.name]).results
    #expect(drawn.first?.forms.map(\.medium) == [Medium.raster.name])
    #expect(drawn.first?[.raster]?.width == 9)
    let file = try run(code, media: [Medium.png.name]).results
    #expect(file.first?.forms.count == 1)
    #expect(file.first?[.png]?.starts(with: signature) == true)
    let text = try run(code, media: []).results
    #expect(text.first?.text == "image of 9×8 pixels, gray" && text.first?.isStandIn == true)
  }

  @Test func aLargeRecordIsALineForEachField() throws {
    let code = """
      r = {}
      for i in 0..30 { r["layer_{i}.weights"] = ones([64, 128]) * i }
      r.rate = 0.5
      r
      """
    let shown = try #require(try run(code, media: [Medium.table.name], wantsAll: true).results.last)
    let table = try #require(shown[.table])
    #expect(table.names == ["field", "value"] && table.count == 31)
    #expect(table.rows[3][0].text == "layer_3.weights" && table.rows[3][1].text.hasPrefix("tensor [64, 128]  "))
    #expect(table.rows[30].map(\.text) == ["rate", "0.5"])
    let lines = try #require(shown.text).split(separator: "\n")
    #expect(lines.count == 21 && lines[0].hasPrefix("layer_0.weights   tensor [64, 128]") && lines[20] == "… 11 more fields")
    #expect(lines.allSatisfy { $0.count <= 80 })
    // The table is as wide as the window, and no wider, also where names are short.
    let long = "{x: 1, y: [\"\(String(repeating: "a", count: 300))\"]}"
    let short = try #require(try run(long, media: [Medium.table.name], wantsAll: true).results.last?[.table])
    #expect(short.rows[1][1].text.count == 80 - 5 - 2)
    // A few tensors fit in a line or two, by their shapes.
    let few = try run("{a: ones([20, 30]), b: ones(2), c: [ones([9, 9])]}", media: []).results
    #expect(few.last?.text == "{a: <tensor [20, 30]>, b: [1, 1], c: [<tensor [9, 9]>]}")
  }

  @Test func whatIsDrawnIsOfferedAsSVG() throws {
    let media: Set = [Medium.svg.name, Medium.png.name]
    for code in ["plot [1, 3, 2], title: \"t\"", "show panels([plot([1]), image(zeros([2, 2]))])"] {
      let shown = try #require(try run(code, media: media).displays.first)
      #expect(shown.forms.map(\.medium) == [Medium.svg.name])
      #expect(shown[.svg]?.hasPrefix("<svg ") == true)
    }
    // A picture has nothing but its pixels.
    #expect(try run("show image(zeros([2, 2]))", media: media).displays.first?.forms.map(\.medium) == [Medium.png.name])
  }

  @Test func allFormsAreMadeForWhoChooses() throws {
    let shown = try #require(
      try run("plot [1, 3, 2]", media: [Medium.plot.name, Medium.png.name], wantsAll: true).displays.first)
    #expect(shown.forms.map(\.medium) == [Medium.plot.name, Medium.png.name, Medium.text.name])
    #expect(shown[.plot]?.series.first?.y == [1, 3, 2])
    #expect(shown.text == "plot of 1 series, 3 points")
    #expect(!shown.isStandIn)
  }

  @Test func aStatementThatShowsItsValueShowsItOnce() throws {
    let seen = try run("plot [1, 2]", media: [Medium.png.name])
    #expect(seen.displays.count == 1 && seen.results.isEmpty)
    // Where it could not be seen, its text is the result.
    let told = try run("plot [1, 2]", media: [])
    #expect(told.displays.allSatisfy(\.isStandIn) && told.results.map(\.text) == ["plot of 1 series, 2 points"])
  }

  @Test func tablesAreRows() throws {
    let code = "{step: [1, 2], name: [\"a\", none]}\n[{x: 0.5}, {x: 1, y: true}]\n[1, 2]\n{a: [1], b: [1, 2]}\n[]"
    let shown = try run(code, media: [Medium.table.name]).results
    let table = try #require(shown[0][.table])
    #expect(table.names == ["step", "name"] && table.count == 2)
    #expect(table.rows == [[.init("1", isNumber: true), .init("a")], [.init("2", isNumber: true), .init("")]])
    #expect(shown[1][.table]?.rows == [[.init("0.5", isNumber: true), .init("")], [.init("1", isNumber: true), .init("true")]])
    for place in 2...4 { #expect(shown[place][.table] == nil && shown[place].text != nil) }
  }

  @Test func whatIsHandedOutStaysAsItWas() throws {
    let sink = try run("x = [1, 2]\nx\nx[0] = 9\np = parameter(ones([2]))\np\np.value = zeros([2])\nx", media: [])
    #expect(sink.results.map(\.text) == ["[1, 2]", "tensor [2]  mean 1  std 0  min 1  max 1\n  1  1", "[9, 2]"])
  }

  @Test func onlyTheLastIsEchoedOfALine() throws {
    #expect(try run("1\n2", media: [], echo: .last).results.map(\.text) == ["2"])
    #expect(try run("1\n2;", media: [], echo: .last).results.isEmpty)
    #expect(try run("1\nx = 2", media: [], echo: .last).results.isEmpty)
    #expect(try run("1\n2", media: [], echo: .nothing).results.isEmpty)
  }

  @Test func whatHasAPortraitIsShownAsAPicture() throws {
    let sink = try run("show ones([3, 4, 4, 1])\nshow data_set(zeros([2, 4, 4]))\nshow [1]", media: [Medium.raster.name])
    #expect(sink.displays.compactMap { $0[.raster] }.count == 2)
    #expect(sink.texts == ["[1]"])
  }
}
