extension Plot {
  /// Draws the diagram on white.
  public func render(width: Int = 640, height: Int = 420) throws -> Raster {
    throw GraphicsError(title: "plots cannot be drawn yet", advice: "")
  }
}
