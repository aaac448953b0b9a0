import Base
import Foundation
import FoundationXML
import Graphics
import Testing

@testable import Formats

/// Drawings as SVG and PDF.
@Suite struct DrawingTests {
  /// A plot with every kind of command: lines, dashes, points of every shape, bars, bands, notes, a heat map, plots below.
  private static func drawings() throws -> [Drawing] {
    var plot = Plot(title: "a < b & \"c\" \u{1B}[31m \u{7}", xLabel: "λ² é", yLabel: "日本")
    plot.series = Plot.Series.Style.allCases.map { style in
      var series = Plot.Series("<\(style)>", style: style, x: [1, 2, 3, .nan, 5], y: [3, 1, 2, 4, .infinity])
      series.lows = [0, 0, 1, 2, 3]
      return series
    }
    plot.series += Marker.allCases.map { marker in
      var series = Plot.Series(style: .scatter, x: [1, 2], y: [2, 3])
      series.marker = marker
      return series
    }
    plot.notes = [Plot.Note("here ]]>", x: 2, y: 2, tip: .init(x: 3, y: 1))]
    var map = Plot(title: "map")
    map.heatMap = try Plot.HeatMap(values: [0, 1, .nan, 3], rows: 2, columns: 2, x: 0...1, y: 0...1, name: "D")
    map.heatMap?.contours = .levels([0.5, 1.5])
    var stack = Plot()
    stack.series = [Plot.Series("one", y: [1, 2])]
    stack.below = [map]
    let picture = try Raster(width: 2, height: 1, channels: 1, bytes: [0, 255])
    var sheet = Figure(rows: [[.plot(plot), .plot(map), .picture(picture)]])
    (sheet.width, sheet.height) = (120, 90)
    return [
      try plot.drawing(), try map.drawing(width: 150, height: 100), try stack.drawing(width: 150, height: 200),
      try sheet.drawing(), Drawing(picture),
    ]
  }

  // MARK: SVG

  private final class Elements: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var clips: Set<String> = []
    var uses: Set<String> = []
    var texts: [String] = []
    private var isText = false

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      counts[name, default: 0] += 1
      if name == "clipPath", let id = attributes["id"] { #expect(clips.insert(id).inserted) }
      if let use = attributes["clip-path"] { uses.insert(String(use.dropFirst(5).dropLast())) }
      isText = name == "text" || name == "title"
      if isText { texts.append("") }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) { isText = false }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if isText, !texts.isEmpty { texts[texts.count - 1] += string }
    }
  }

  private func parsed(_ svg: String) throws -> Elements {
    let elements = Elements()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = elements
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    return elements
  }

  @Test func everyDrawingIsWellFormed() throws {
    for drawing in try Self.drawings() {
      let elements = try parsed(try ImageFile.svg(drawing))
      #expect(elements.uses.isSubset(of: elements.clips))
      #expect(elements.counts["svg"] == 1)
    }
  }

  @Test func textIsTextThatDoesNothing() throws {
    let elements = try parsed(try ImageFile.svg(try Self.drawings()[0]))
    #expect(elements.texts.contains("a < b & \"c\" �[31m �"))
    #expect(elements.texts.contains("<line>") && elements.texts.contains("here ]]>") && elements.texts.contains("日本"))
  }

  @Test func everyKindOfCommandIsThere() throws {
    let counts = try parsed(try ImageFile.svg(try Self.drawings()[3])).counts
    for name in ["path", "circle", "rect", "image", "clipPath", "g"] { #expect((counts[name] ?? 0) > 0, "\(name)") }
  }

  /// Several of them stand on one page of HTML, where names are common to all.
  @Test func namesOfClipsBelongToOneDrawing() throws {
    let clips = try Self.drawings().prefix(4).map { try parsed(try ImageFile.svg($0)).clips }
    #expect(clips.allSatisfy { !$0.isEmpty })
    for (number, some) in clips.enumerated() {
      for others in clips[(number + 1)...] { #expect(some.isDisjoint(with: others)) }
    }
    #expect(try Self.drawings().map(ImageFile.svg) == Self.drawings().map(ImageFile.svg))
  }

  @Test func filesDeclareWhatTheyAre() throws {
    try Fixture.withFolder { folder in
      for (index, drawing) in try Self.drawings().enumerated() {
        for ending in ["svg", "pdf", "png", "jpg"] { try ImageFile.write(drawing, to: "\(folder)/\(index).\(ending)") }
        let svg = try FileBytes.read("\(folder)/\(index).svg")
        #expect(String(decoding: svg, as: UTF8.self) == SVG.declaration + (try ImageFile.svg(drawing)))
        #expect(Contents.describe(svg) == "an SVG drawing")
        #expect(Contents.describe(try FileBytes.read("\(folder)/\(index).pdf")) == "a PDF document")
        let png = try ImageFile.read("\(folder)/\(index).png")
        #expect((png.width, png.height) == (drawing.width, drawing.height))
      }
    }
  }

  // MARK: Sizes

  private func scatter(_ count: Int) throws -> Drawing {
    var plot = Plot()
    // A spiral: no two points at one place.
    let angles = (0..<count).map { Double($0) * 2.399963 }
    plot.series = [
      Plot.Series(
        style: .scatter, x: angles.enumerated().map { cos($1) * Double($0).squareRoot() },
        y: angles.enumerated().map { sin($1) * Double($0).squareRoot() })
    ]
    return try plot.drawing()
  }

  @Test func ofVeryManyPointsThoseAreKeptThatAreSeen() throws {
    let few = try scatter(10_000).forPages()
    #expect(few.leftOut == 0 && few.points == 10_000)
    let many = try scatter(100_000)
    let page = many.forPages()
    #expect(page.points == 100_000 && page.leftOut > 5_000)
    #expect(try ImageFile.svg(many).utf8.count < 1_500_000)
    // Near each of them there is one.
    struct Square: Hashable {
      let x: Int
      let y: Int
    }
    func squares(_ drawing: Drawing) -> Set<Square> {
      Set(places(drawing.commands).map { Square(x: Int($0.x / 3), y: Int($0.y / 3)) })
    }
    let kept = squares(page.drawing)
    #expect(kept.count > 2000 && squares(many) == kept)
  }

  private func places(_ commands: [Drawing.Command]) -> [Canvas.Point] {
    commands.flatMap { command in
      switch command {
      case .markers(let markers): markers.places
      case .clipped(_, let commands): places(commands)
      case .box, .polygon, .lines, .text, .shading, .picture, .sheet: [Canvas.Point]()
      }
    }
  }

  @Test func linesOfVeryManyPointsStaySmall() throws {
    var plot = Plot()
    plot.series = [Plot.Series(y: (0..<50_000).map { sin(Double($0) * 0.37) })]
    #expect(try ImageFile.svg(try plot.drawing()).utf8.count < 100_000)
  }

  @Test func whatLiesFarOutsideIsCut() throws {
    var plot = Plot()
    plot.series = Plot.Series.Style.allCases.map { Plot.Series(style: $0, x: [-1e12, 0.5, 1e12], y: [-1e12, 0.5, 1e12]) }
    plot.xRange = 0...1
    plot.yRange = 0...1
    let svg = try ImageFile.svg(try plot.drawing())
    let numbers = svg.split { !$0.isNumber && $0 != "-" && $0 != "." }.compactMap { Double($0) }
    #expect(numbers.allSatisfy { abs($0) <= 1e6 })
  }

  // MARK: PDF

  @Test func thePlacesOfAllObjectsAreRight() throws {
    for drawing in try Self.drawings() {
      let bytes = try PDF.encode(drawing.forPages().drawing, path: "")
      let text = String(decoding: bytes.map { $0 < 128 && $0 != 13 ? $0 : 63 }, as: UTF8.self)
      #expect(text.hasPrefix("%PDF-1.4\n") && text.hasSuffix("%%EOF\n"))
      let lines = text.components(separatedBy: "\n")
      let start = try #require(lines.dropLast(2).last.flatMap { Int($0) })
      let table = String(text.dropFirst(start)).components(separatedBy: "\n")
      #expect(table[0] == "xref")
      let count = try #require(table[1].split(separator: " ").last.flatMap { Int($0) })
      #expect(count > 5)
      for number in 1..<count {
        #expect(table[2 + number].utf8.count == 19)
        let place = try #require(Int(table[2 + number].prefix(10)))
        #expect(text.dropFirst(place).hasPrefix("\(number) 0 obj\n"))
      }
    }
  }

  @Test func pagesHaveTheSizeOfTheirDrawing() throws {
    let page = String(decoding: try PDF.encode(try Self.drawings()[0], path: ""), as: UTF8.self)
    #expect(page.contains("/MediaBox [0 0 480 315]"))
    // The title as UTF-16, what a terminal would obey replaced.
    #expect(page.contains("/Title <FEFF00610020003C"))
  }

  /// The sums by which programs tell whether a font is whole.
  @Test func fontsAreWhole() {
    let letters = "aé²ß日 ".map { Letter($0, bold: false) }
    let font = TrueType.font(letters.map(TrueType.Glyph.init))
    #expect(font.count % 4 == 0)
    var sum: UInt32 = 0
    for start in stride(from: 0, to: font.count, by: 4) {
      sum &+= font[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
    #expect(sum == 0xb1b0_afba)
    #expect(font.starts(with: [0, 1, 0, 0, 0, 6]))
  }

  // MARK: Pieces

  @Test(arguments: 0..<40)
  func base64IsThatOfFoundation(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 89 + 7) }
    #expect(Base64.text(of: bytes) == Data(bytes).base64EncodedString())
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (1.0, "1"), (1.5, "1.5"), (-2.25, "-2.25"), (0.05, "0.05"), (-0.5, "-0.5"), (1e9, "1000000000"),
    (.nan, "0"), (.infinity, "0"), (1e300, "0"), (12.345678, "12.35"),
  ])
  func numbersHaveTwoDecimalsAtMost(value: Double, text: String) { #expect(PageNumber.text(value) == text) }
}
