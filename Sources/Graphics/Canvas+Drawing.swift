extension Canvas {
  /// A drawing in pixels, each unit a pixel, on white unless `theme` says otherwise.
  ///
  /// - Throws: a `GraphicsError` where the picture would exceed `Raster.largestByteCount`.
  public init(_ drawing: Drawing, theme: Theme = .paper) throws {
    try self.init(width: drawing.width, height: drawing.height, color: theme.ground)
    try draw(drawing.commands, theme)
  }

  private mutating func draw(_ commands: [Drawing.Command], _ theme: Theme) throws {
    for command in commands {
      switch command {
      case .box(let box, let color, let opacity): fill(box, theme.area(color), opacity: opacity)
      case .polygon(let outline, let color, let opacity): fill(outline, theme.area(color), opacity: opacity)
      case .lines(let lines, let pen):
        stroke(Dashes.cut(lines, by: pen.dashes), width: pen.width, theme.ink(pen.color), opacity: pen.opacity)
      case .markers(let markers): draw(markers, theme)
      case .text(let text):
        self.text(
          text.string, at: text.place, size: text.size, theme.ink(text.color), anchor: text.anchor, bold: text.isBold,
          upwards: text.isUpwards)
      case .shading(let shading): paint(shading.box, shading.color)
      case .picture(let picture, let x, let y): paste(picture, x: x, y: y)
      case .clipped(let box, let commands):
        try clipped(to: box) { try $0.draw(commands, theme) }
      case .sheet(let drawing, let x, let y): paste(try Canvas(drawing, theme: theme).raster, x: x, y: y)
      }
    }
  }

  private mutating func draw(_ markers: Drawing.Markers, _ theme: Theme) {
    // Colors that differ from sign to sign tell numbers or classes.
    let isOneColor = markers.colors.count <= 1
    for (index, place) in markers.places.enumerated() {
      if markers.rim > 0 { mark(markers.shape, place, markers.radius + markers.rim, theme.ground, opacity: 0.9) }
      let color = markers.color(index)
      mark(markers.shape, place, markers.radius, isOneColor ? theme.ink(color) : color, opacity: markers.opacity)
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
