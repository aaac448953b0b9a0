import Testing

@testable import Graphics

struct FitTests {
  /// A picture whose bytes are its columns.
  private func columns(_ width: Int, _ height: Int) throws -> Raster {
    try Raster(width: width, height: height, channels: 1, bytes: (0..<width * height).map { UInt8($0 % width) })
  }

  @Test func cropCutsBothSidesAlike() throws {
    #expect(try columns(6, 2).fitted(width: 2, height: 2).bytes == [2, 3, 2, 3])
    #expect(try columns(7, 2).fitted(width: 2, height: 2).bytes == [2, 3, 2, 3])
    // Halved: the middle 4 of 6 columns.
    #expect(try columns(6, 4).fitted(width: 2, height: 2).bytes == [2, 4, 2, 4])
    let tall = try Raster(width: 2, height: 6, channels: 1, bytes: (0..<12).map { UInt8($0 / 2) })
    #expect(try tall.fitted(width: 2, height: 2).bytes == [2, 2, 3, 3])
  }

  @Test func padLaysThePictureIntoTheMiddle() throws {
    #expect(try columns(4, 2).fitted(width: 4, height: 4, fit: .pad).bytes == [0, 0, 0, 0, 0, 1, 2, 3, 0, 1, 2, 3, 0, 0, 0, 0])
    #expect(try columns(4, 1).fitted(width: 2, height: 2, fit: .pad).bytes.count == 4)
    let white = try Raster(width: 100, height: 1, channels: 3, fill: 255)
    let padded = try white.fitted(width: 10, height: 10, fit: .pad)
    #expect(padded.bytes.count { $0 == 255 } == 30)
    #expect(padded[0, 4] == [255, 255, 255])
    let opaque = try Raster(width: 1, height: 2, channels: 4, fill: 7).fitted(width: 2, height: 2, fit: .pad)
    #expect(opaque.bytes == [7, 7, 7, 7, 0, 0, 0, 255, 7, 7, 7, 7, 0, 0, 0, 255])
  }

  @Test func stretchUsesAllOfThePicture() throws {
    #expect(try columns(6, 2).fitted(width: 3, height: 2, fit: .stretch).bytes == [1, 3, 5, 1, 3, 5])
  }

  @Test(arguments: Fit.allCases)
  func everySizeComesOutAsAsked(fit: Fit) throws {
    for (width, height) in [(1, 1), (1, 9), (9, 1), (5, 7), (30, 20), (28, 28)] {
      for new in [(1, 1), (3, 8), (8, 3), (40, 40)] {
        let raster = try columns(width, height).fitted(width: new.0, height: new.1, fit: fit)
        #expect((raster.width, raster.height) == new)
        let least = fit.leastSize(of: (width, height), for: new)
        let inner = fit.inner(of: (width, height), for: new)
        #expect(least.width >= inner.width && least.height >= inner.height)
      }
    }
    #expect(throws: GraphicsError.self) { try columns(2, 2).fitted(width: 0, height: 4, fit: fit) }
    #expect(throws: GraphicsError.self) { try columns(2, 2).fitted(width: Int.max, height: 4, fit: fit) }
  }

  @Test func theLeastSizeCoversWhatIsCropped() {
    #expect(Fit.crop.leastSize(of: (4000, 1000), for: (100, 100)) == (400, 100))
    #expect(Fit.pad.leastSize(of: (4000, 1000), for: (100, 100)) == (100, 25))
    #expect(Fit.stretch.leastSize(of: (4000, 1000), for: (100, 100)) == (100, 100))
  }

  @Test func aFittingServesPicturesOfAllSizes() throws {
    var fitting = try Fitting(width: 4, height: 4, fit: .crop)
    for (width, height) in [(8, 8), (8, 8), (12, 8), (4, 4), (8, 8)] {
      #expect(try fitting.fitted(columns(width, height)) == columns(width, height).fitted(width: 4, height: 4))
    }
  }
}

/// Pictures of 16 bits a sample.
struct DepthTests {
  private func deep(_ words: [UInt16], channels: Int = 1) throws -> Raster {
    try Raster(width: words.count / channels, height: 1, channels: channels, words: words)
  }

  @Test func bytesAreTheNearest() throws {
    let words = (0...65535).map { UInt16($0) }
    #expect(try deep(words).bytes == words.map { UInt8((Double($0) / 257).rounded()) })
    #expect(try deep([0, 1, 65535]).values() == [0, 1 / 65535, 1])
    #expect(try Raster(width: 3, height: 1, channels: 1, bytes: [0, 1, 255]).samples == [0, 257, 65535])
    #expect(throws: GraphicsError.self) { try Raster(width: 3, height: 1, channels: 1, words: [0]) }
  }

  @Test func theyKeepTheirPrecision() throws {
    let raster = try deep([1, 1000, 40000, 65535, 7, 300], channels: 3)
    #expect(raster.gray().words == [5147, 19633])
    #expect(raster.inverted().words == [65534, 64535, 25535, 0, 65528, 65235])
    #expect(try raster.cropped(x: 1, y: 0, width: 1, height: 1).words == [65535, 7, 300])
    #expect(try deep([1, 4]).resized(width: 1, height: 1).words == [3])
    #expect(try deep([1, 3, 9, 9]).fitted(width: 1, height: 1).words == [3])
    #expect(try deep([5]).fitted(width: 3, height: 1, fit: .pad).words == [0, 5, 0])
    #expect(try deep([5]).converted(channels: 4).words == [5, 5, 5, 65535])
    let veiled = try deep([100, 200, 300, 0, 100, 200, 300, 65535], channels: 4)
    #expect(veiled.composed().words == [65535, 65535, 65535, 100, 200, 300])
  }

  @Test func drawingIsDoneInBytes() throws {
    var raster = try deep([1, 2, 3])
    try raster.paste(try Raster(width: 1, height: 1, channels: 1, fill: 9), x: 1, y: 0)
    #expect(raster.words == nil)
    #expect(raster.bytes == [0, 9, 0])
  }
}
