import Testing

@testable import Graphics

/// How dark the sheet is, in whole black pixels.
private func ink(_ canvas: Canvas) -> Double {
  canvas.raster.gray().bytes.reduce(0) { $0 + Double(255 - $1) / 255 }
}

struct CanvasTests {
  @Test func boxesBetweenPixelsAreSmooth() throws {
    var canvas = try Canvas(width: 6, height: 6)
    canvas.fill(Canvas.Box(left: 1.5, top: 2, right: 4, bottom: 3), .black)
    #expect(canvas.raster[1, 2] == [128, 128, 128])
    #expect(canvas.raster[2, 2] == [0, 0, 0])
    #expect(canvas.raster[4, 2] == [255, 255, 255])
    #expect(abs(ink(canvas) - 2.5) < 0.02)
  }

  @Test func aCircleHasItsArea() throws {
    var canvas = try Canvas(width: 60, height: 60)
    canvas.circle(Canvas.Point(30.3, 29.8), radius: 20, .black)
    #expect(abs(ink(canvas) - Double.pi * 400) < 8)
  }

  @Test(arguments: [(50.0, 0.0), (0, 50), (30, 40), (-30, 40)])
  func aLineHasItsAreaInEveryDirection(dx: Double, dy: Double) throws {
    var canvas = try Canvas(width: 120, height: 120)
    canvas.line(from: Canvas.Point(60, 40), to: Canvas.Point(60 + dx, 40 + dy), width: 4, .black)
    // The line and its round ends.
    #expect(abs(ink(canvas) - (200 + Double.pi * 4)) < 4)
  }

  @Test func crossingLinesAreNotDarkerWhereTheyCross() throws {
    var canvas = try Canvas(width: 20, height: 20)
    let cross = [[Canvas.Point(2, 10), Canvas.Point(18, 10)], [Canvas.Point(10, 2), Canvas.Point(10, 18)]]
    canvas.stroke(cross, width: 4, .black, opacity: 0.5)
    #expect(canvas.raster[10, 10] == canvas.raster[5, 10])
  }

  @Test func whatLiesFarOutsideIsLeftOut() throws {
    var canvas = try Canvas(width: 10, height: 10)
    canvas.line(from: Canvas.Point(-1e9, 5), to: Canvas.Point(1e9, 5), width: 2, .black)
    #expect(abs(ink(canvas) - 20) < 0.5)
    canvas = try Canvas(width: 10, height: 10)
    let far = 1e300
    canvas.line(from: Canvas.Point(-far, 50), to: Canvas.Point(far, 50), width: 2, .black)
    canvas.line(from: Canvas.Point(.nan, 5), to: Canvas.Point(far, .infinity), width: 2, .black)
    canvas.line(from: Canvas.Point(1, 1), to: Canvas.Point(5, 5), width: .nan, .black)
    canvas.circle(Canvas.Point(far, .nan), radius: 2, .black)
    canvas.circle(Canvas.Point(5, 5), radius: .infinity, .black)
    canvas.fill(Canvas.Box(left: .nan, top: 0, right: .nan, bottom: 5), .black)
    canvas.text("x", at: Canvas.Point(.nan, 5))
    #expect(ink(canvas) == 0)
    canvas.fill(Canvas.Box(left: -far, top: -far, right: far, bottom: far), .black)
    #expect(ink(canvas) == 100)
  }

  @Test func nothingIsDrawnOutsideOfTheClip() throws {
    var canvas = try Canvas(width: 10, height: 10)
    canvas.clipped(to: Canvas.Box(left: 2, top: 3, right: 5, bottom: 5)) {
      $0.fill(Canvas.Box(left: 0, top: 0, right: 10, bottom: 10), .black)
      $0.circle(Canvas.Point(5, 5), radius: 9, .black)
      $0.line(from: Canvas.Point(0, 0), to: Canvas.Point(10, 10), width: 3, .black)
    }
    #expect(ink(canvas) == 6)
  }

  @Test func everyLetterLeavesInkAndLiesWithinItsLine() throws {
    var seen: [[UInt8]: Character] = [:]
    for code in UInt8(33)...126 {
      let character = Character(UnicodeScalar(code))
      #expect(Glyphs.strokes[character] != nil, "\(character) is missing")
      var canvas = try Canvas(width: 40, height: 48)
      canvas.text(String(character), at: Canvas.Point(8, 32), size: 24)
      #expect(ink(canvas) > 2, "\(character) is invisible")
      #expect(seen[canvas.raster.bytes] == nil, "\(character) looks like \(seen[canvas.raster.bytes] ?? " ")")
      seen[canvas.raster.bytes] = character
      for y in [0, 47] { #expect((0..<40).allSatisfy { canvas.raster[$0, y] == [255, 255, 255] }) }
    }
    for character in "λμσ∇‖²×·–…αβγδεθπρτφΔΣ∂∞√°±≤≥≈≠→←−" {
      #expect(Glyphs.strokes[character] != nil || Glyphs.raised[character] != nil, "\(character) is missing")
    }
  }

  @Test func textIsAnchoredAndTurned() throws {
    func extent(_ anchor: Canvas.Anchor, upwards: Bool) throws -> (left: Int, right: Int, top: Int, bottom: Int) {
      var canvas = try Canvas(width: 200, height: 200)
      canvas.text("Hamburg", at: Canvas.Point(100, 100), size: 20, anchor: anchor, upwards: upwards)
      let bytes = canvas.raster.gray().bytes
      let dark = bytes.indices.filter { bytes[$0] < 200 }
      let (columns, rows) = (dark.map { $0 % 200 }, dark.map { $0 / 200 })
      return (columns.min() ?? 0, columns.max() ?? 0, rows.min() ?? 0, rows.max() ?? 0)
    }
    let width = Int(Canvas.width(of: "Hamburg", size: 20))
    let start = try extent(.start, upwards: false)
    #expect(abs(start.left - 100) <= 1 && abs(start.right - 100 - width) <= 1 && abs(start.top - 86) <= 1)
    let end = try extent(.end, upwards: false)
    #expect(abs(end.right - 100) <= 1 && abs(end.left - 100 + width) <= 1)
    let middle = try extent(.middle, upwards: true)
    #expect(abs(middle.top + middle.bottom - 200) <= 2 && abs(middle.left - 86) <= 1)
  }

  @Test func longTextIsShortened() {
    #expect(Canvas.shortened("Hamburg", to: 1000) == "Hamburg")
    let short = Canvas.shortened("Hamburg an der Elbe", to: 80)
    #expect(short.hasPrefix("Ham") && short.hasSuffix("…") && Canvas.width(of: short) <= 80)
    #expect(Canvas.shortened("Hamburg", to: 0) == "…")
    #expect(Canvas.shortened("", to: 0) == "")
  }

  @Test func colorMapsRunFromEndToEnd() {
    #expect(ColorMap.viridis.color(0) == Color(0x440154))
    #expect(ColorMap.viridis.color(7) == Color(0xfde725))
    #expect(ColorMap.gray.color(0.5) == Color(0x808080))
    for map in [ColorMap.viridis, .magma, .gray] {
      let levels = (0...50).map { map.color(Double($0) / 50).brightness }
      #expect(zip(levels, levels.dropFirst()).allSatisfy { $0 < $1 }, "\(map) does not grow lighter")
    }
    for map in ColorMap.allCases { #expect(map.color(.nan) == Color(0xd8d8d8)) }
  }
}
