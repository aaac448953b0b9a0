/// A white or coloured sheet in red, green and blue that lines, shapes and text are drawn on, smoothly. Places are in
/// pixels from the top left corner; a pixel's middle is at its half. What lies outside is left out; NaN draws nothing.
public struct Canvas: Sendable {
  public private(set) var raster: Raster
  public var width: Int { raster.width }
  public var height: Int { raster.height }

  public struct Point: Equatable, Sendable {
    public var x: Double
    public var y: Double
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  public init(width: Int, height: Int, colour: Colour = .white) throws {
    raster = try Raster(width: width, height: height, channels: 3)
    for pixel in 0..<width * height { set(pixel, colour) }
  }

  /// Draws on a copy of a picture.
  public init(_ picture: Raster) {
    raster = picture.colour()
  }

  private mutating func set(_ pixel: Int, _ colour: Colour) {
    raster.bytes[pixel * 3] = colour.red
    raster.bytes[pixel * 3 + 1] = colour.green
    raster.bytes[pixel * 3 + 2] = colour.blue
  }

  /// Mixes `colour` into the pixel, by its part `coverage`, 0…1.
  mutating func blend(x: Int, y: Int, _ colour: Colour, coverage: Double) {
    guard x >= 0, y >= 0, x < width, y < height, coverage > 0 else { return }
    let start = (y * width + x) * 3
    let part = Int(min(coverage, 1) * 256)
    func mix(_ offset: Int, _ new: UInt8) {
      let old = Int(raster.bytes[start + offset])
      raster.bytes[start + offset] = UInt8(old + ((Int(new) - old) * part + 128) >> 8)
    }
    mix(0, colour.red)
    mix(1, colour.green)
    mix(2, colour.blue)
  }
}
