import Graphics
import Testing

@testable import Formats

/// Resizing against Pillow's and NumPy's numbers.
struct ResizeReferenceTests {
  @Test(arguments: [
    ("resize-linear-20x31", Raster.Filter.linear, 1.0), ("resize-cubic-20x31", .cubic, 1), ("resize-linear-4x5", .linear, 1),
    ("resize-cubic-4x5", .cubic, 1), ("resize-area-4x5", .area, 0.501), ("resize-area-4x5", .automatic, 0.501),
    ("resize-cubic-20x31", .automatic, 1),
  ])
  func agreesWithTheReference(name: String, filter: Raster.Filter, tolerance: Float) throws {
    let source = try NPY.read(Fixture.path("resize-source.npy"))
    let raster = try Raster(
      width: source.shape[1], height: source.shape[0], channels: 3, bytes: source.values.map { UInt8($0) })
    let expected = try NPY.read(Fixture.path("\(name).npy"))
    let resized = try raster.resized(width: expected.shape[1], height: expected.shape[0], filter: filter)
    #expect(resized.bytes.count == expected.values.count)
    let worst = zip(resized.bytes, expected.values).map { abs(Float($0) - $1) }.max()
    #expect(try #require(worst) <= tolerance)
  }
}
