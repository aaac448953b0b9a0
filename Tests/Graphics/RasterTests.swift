import Testing

@testable import Graphics

/// A picture whose bytes tell their place.
private func pattern(width: Int, height: Int, channels: Int) throws -> Raster {
  var bytes: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      for c in 0..<channels { bytes.append(UInt8((17 * x + 31 * y + 63 * c) % 256)) }
    }
  }
  return try Raster(width: width, height: height, channels: channels, bytes: bytes)
}

struct RasterTests {
  @Test(arguments: [(0, 1, 1), (1, 0, 1), (-1, 4, 3), (2, 2, 2), (1 << 40, 1 << 40, 1), (Int.max, 2, 1), (1 << 20, 1 << 20, 3)])
  func impossibleMeasuresAreRefused(width: Int, height: Int, channels: Int) {
    #expect(throws: GraphicsError.self) { try Raster(width: width, height: height, channels: channels) }
  }

  @Test func bytesMustFit() {
    #expect(throws: GraphicsError.self) { try Raster(width: 2, height: 2, channels: 1, bytes: [1, 2, 3]) }
  }

  @Test func aPartIsCutOut() throws {
    let raster = try pattern(width: 5, height: 4, channels: 3)
    let part = try raster.cropped(x: 2, y: 1, width: 2, height: 3)
    #expect((part.width, part.height) == (2, 3))
    for y in 0..<3 {
      for x in 0..<2 { #expect(part[x, y] == raster[x + 2, y + 1]) }
    }
    #expect(throws: GraphicsError.self) { try raster.cropped(x: 4, y: 0, width: 2, height: 1) }
    #expect(throws: GraphicsError.self) { try raster.cropped(x: 0, y: 0, width: 0, height: 1) }
    #expect(throws: GraphicsError.self) { try raster.cropped(x: Int.max, y: 0, width: Int.max, height: 1) }
  }

  @Test func aPictureIsPastedAndCutOffAtTheEdges() throws {
    var raster = try Raster(width: 4, height: 3, channels: 1)
    let patch = try Raster(width: 2, height: 2, channels: 1, bytes: [1, 2, 3, 4])
    try raster.paste(patch, x: -1, y: -1)
    try raster.paste(patch, x: 3, y: 2)
    try raster.paste(patch, x: 1, y: 1)
    try raster.paste(patch, x: Int.min, y: Int.max)
    #expect(raster.bytes == [4, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 1])
    let colored = try Raster(width: 1, height: 1, channels: 3)
    #expect(throws: GraphicsError.self) { try raster.paste(colored, x: 0, y: 0) }
  }

  @Test func pixelsAreRepeatedWhenScaledUp() throws {
    let raster = try Raster(width: 2, height: 1, channels: 1, bytes: [1, 2])
    #expect(try raster.scaledUp(by: 2).bytes == [1, 1, 2, 2, 1, 1, 2, 2])
    #expect(throws: GraphicsError.self) { try raster.scaledUp(by: 0) }
    #expect(throws: GraphicsError.self) { try raster.scaledUp(by: Int.max) }
  }

  @Test func grayIsTheLumaOfRec601() throws {
    let colors: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 90, 90, 90]
    let raster = try Raster(width: 4, height: 1, channels: 3, bytes: colors)
    #expect(raster.gray().bytes == [76, 150, 29, 90])
    #expect(raster.gray().color().bytes.count == 12)
  }

  @Test func opacityIsLaidOntoWhiteByDefault() throws {
    let raster = try Raster(width: 2, height: 1, channels: 4, bytes: [10, 20, 30, 0, 10, 20, 30, 255])
    #expect(raster.composed().bytes == [255, 255, 255, 10, 20, 30])
    #expect(raster.composed(onto: 0).bytes == [0, 0, 0, 10, 20, 30])
    #expect(raster.inverted().bytes == [245, 235, 225, 0, 245, 235, 225, 255])
    #expect(try raster.composed().converted(channels: 4).bytes == [255, 255, 255, 255, 10, 20, 30, 255])
  }

  @Test func valuesAreSpreadOverTheirRangeAndCutOff() throws {
    let values: [Float] = [-1, 0, 1, 2, .nan, .infinity, -.infinity, 0.5]
    let raster = try Raster(values: values, width: 4, height: 2, channels: 1)
    #expect(raster.bytes == [0, 0, 255, 255, 0, 255, 0, 128])
    #expect(try Raster(values: [-1, 1], width: 2, height: 1, channels: 1, range: -1...1).values(range: -1...1) == [-1, 1])
    #expect(try Raster(values: [3, 3], width: 2, height: 1, channels: 1, range: 3...3).bytes == [0, 0])
  }
}

struct GridTests {
  @Test(arguments: [(1, 1), (2, 2), (4, 2), (5, 3), (64, 8), (65, 9)])
  func theDefaultIsNearlySquare(count: Int, columns: Int) {
    #expect(Grid.nearSquareColumns(count) == columns)
  }

  @Test(arguments: [(0, false), (3, false), (2, true)])
  func aSheetIsCutUpAgain(padding: Int, margin: Bool) throws {
    let pictures = try (0..<6).map { try Raster(width: 3, height: 2, channels: 3, fill: UInt8($0)) }
    let sheet = try Grid.arrange(pictures, columns: 3, padding: padding, margin: margin, background: 99)
    #expect(sheet.width == 9 + 2 * padding + (margin ? 2 * padding : 0))
    #expect(try Grid.cut(sheet, rows: 2, columns: 3, padding: padding, margin: margin) == pictures)
  }

  @Test func unusedPlacesShowTheBackground() throws {
    let pictures = try (0..<3).map { try Raster(width: 1, height: 1, channels: 1, fill: UInt8($0)) }
    #expect(try Grid.arrange(pictures).bytes == [0, 1, 2, 255])
    #expect(try Grid.arrange(pictures, columns: 5).bytes == [0, 1, 2])
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let (a, b) = (try Raster(width: 1, height: 1, channels: 1), try Raster(width: 2, height: 1, channels: 1))
    #expect(throws: GraphicsError.self) { try Grid.arrange([]) }
    #expect(throws: GraphicsError.self) { try Grid.arrange([a, b]) }
    #expect(throws: GraphicsError.self) { try Grid.arrange([a], columns: 0) }
    #expect(throws: GraphicsError.self) { try Grid.arrange([a, a], padding: Int.max) }
    #expect(throws: GraphicsError.self) { try Grid.cut(b, rows: 1, columns: 3) }
    #expect(throws: GraphicsError.self) { try Grid.cut(b, rows: 1, columns: 2, padding: 1) }
  }
}
