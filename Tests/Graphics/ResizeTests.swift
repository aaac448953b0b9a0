import Testing

@testable import Graphics

struct ResizeTests {
  @Test(arguments: [Raster.Filter.automatic, .area, .linear, .cubic, .nearest])
  func oneColorStaysOneColor(filter: Raster.Filter) throws {
    let raster = try Raster(width: 7, height: 5, channels: 3, fill: 201)
    for (width, height) in [(1, 1), (3, 11), (20, 2), (7, 4), (50, 50)] {
      let resized = try raster.resized(width: width, height: height, filter: filter)
      #expect((resized.width, resized.height) == (width, height))
      #expect(resized.bytes.allSatisfy { $0 == 201 })
    }
  }

  @Test func halvingTakesTheMeanOfFour() throws {
    let raster = try Raster(width: 4, height: 2, channels: 1, bytes: [0, 10, 100, 200, 20, 30, 100, 200])
    #expect(try raster.resized(width: 2, height: 1).bytes == [15, 150])
  }

  @Test func partlyCoveredPixelsCountInPart() throws {
    let raster = try Raster(width: 3, height: 1, channels: 1, bytes: [0, 90, 240])
    // Each half covers one and a half pixels.
    #expect(try raster.resized(width: 2, height: 1).bytes == [30, 190])
  }

  @Test func theSameSizeIsTheSamePicture() throws {
    let raster = try Raster(width: 3, height: 1, channels: 1, bytes: [0, 90, 240])
    #expect(try raster.resized(width: 3, height: 1) == raster)
  }

  @Test func growingMixesNeighborsAndKeepsTheEnds() throws {
    let raster = try Raster(width: 2, height: 1, channels: 1, bytes: [0, 100])
    #expect(try raster.resized(width: 4, height: 1, filter: .linear).bytes == [0, 25, 75, 100])
    #expect(try raster.resized(width: 4, height: 2, filter: .nearest).bytes == [0, 0, 100, 100, 0, 0, 100, 100])
  }

  /// As Pillow does: the pixel in whose area the center of the new one lies.
  @Test func shrinkingToTheNearestTakesWhatLiesAtTheCenter() throws {
    let raster = try Raster(width: 6, height: 1, channels: 1, bytes: [0, 10, 20, 30, 40, 50])
    #expect(try raster.resized(width: 3, height: 1, filter: .nearest).bytes == [10, 30, 50])
    #expect(try raster.resized(width: 2, height: 1, filter: .nearest).bytes == [10, 40])
  }

  @Test func channelsAreNotMixed() throws {
    let raster = try Raster(width: 2, height: 2, channels: 3, bytes: [255, 0, 7, 255, 0, 7, 255, 0, 7, 255, 0, 7])
    #expect(try raster.resized(width: 5, height: 3)[4, 2] == [255, 0, 7])
  }

  @Test func impossibleSizesAreRefused() throws {
    let raster = try Raster(width: 2, height: 2, channels: 1)
    #expect(throws: GraphicsError.self) { try raster.resized(width: 0, height: 1) }
    #expect(throws: GraphicsError.self) { try raster.resized(width: Int.max, height: 4) }
  }

  /// Windows of more rows than are kept at a time.
  @Test(arguments: [Raster.Filter.area, .linear, .cubic])
  func tallPicturesShrinkAsTheyDoTurned(filter: Raster.Filter) throws {
    let bytes = (0..<3000).map { UInt8(($0 * 37 + $0 / 7) % 251) }
    let tall = try Raster(width: 1, height: 3000, channels: 1, bytes: bytes)
    let wide = try Raster(width: 3000, height: 1, channels: 1, bytes: bytes)
    #expect(
      try tall.resized(width: 1, height: 7, filter: filter).bytes == wide.resized(width: 7, height: 1, filter: filter).bytes)
  }

  @Test func aResamplerServesOneSize() throws {
    let resampler = try Resampler(from: (4, 2), to: (2, 1))
    #expect(try resampler.resize(Raster(width: 4, height: 2, channels: 3, fill: 8)).bytes == [8, 8, 8, 8, 8, 8])
    #expect(throws: GraphicsError.self) { try resampler.resize(Raster(width: 2, height: 4, channels: 1)) }
    #expect(throws: GraphicsError.self) { try Resampler(from: (0, 2), to: (2, 1)) }
  }
}
