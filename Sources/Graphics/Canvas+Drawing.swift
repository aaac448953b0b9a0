extension Canvas {
  /// A drawing in pixels, each unit a pixel, on white.
  ///
  /// - Throws: a `GraphicsError` where the picture would exceed `Raster.largestByteCount`.
  public init(_ drawing: Drawing) throws {
    try self.init(width: drawing.width, height: drawing.height)
    try draw(drawing.commands)
  }

  private mutating func draw(_ commands: [Drawing.Command]) throws {
    for command in commands {
      switch command {
      case .box(let box, let color, let opacity): fill(box, color, opacity: opacity)
      case .polygon(let outline, let color, let opacity): fill(outline, color, opacity: opacity)
      case .lines(let lines, let pen):
        stroke(Dashes.cut(lines, by: pen.dashes), width: pen.width, pen.color, opacity: pen.opacity)
      case .markers(let markers): draw(markers)
      case .text(let text):
        self.text(
          text.string, at: text.place, size: text.size, text.color, anchor: text.anchor, bold: text.isBold,
          upwards: text.isUpwards)
      case .shading(let shading): paint(shading.box, shading.color)
      case .picture(let picture, let x, let y): paste(picture, x: x, y: y)
      case .clipped(let box, let commands):
        try clipped(to: box) { try $0.draw(commands) }
      case .sheet(let drawing, let x, let y): paste(try Canvas(drawing).raster, x: x, y: y)
      }
    }
  }

  private mutating func draw(_ markers: Drawing.Markers) {
    for (index, place) in markers.places.enumerated() {
      if markers.rim > 0 { mark(markers.shape, place, markers.radius + markers.rim, .white, opacity: 0.9) }
      mark(markers.shape, place, markers.radius, markers.color(index), opacity: markers.opacity)
    }
  }

  private mutating func mark(_ shape: Marker, _ place: Point, _ radius: Double, _ color: Color, opacity: Double) {
    if shape == .circle {
      circle(place, radius: radius, color, opacity: opacity)
    } else {
      fill(shape.outline(at: place, radius: radius), color, opacity: opacity)
    }
  }
}
