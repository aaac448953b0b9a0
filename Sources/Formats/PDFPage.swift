import Graphics

/// The operators that draw a page of PDF, and what they refer to.
struct PDFPage {
  private(set) var content = ""
  /// The opacities below 1 that are used, rising in the order of their first use.
  private(set) var opacities: [Double] = []
  private(set) var images: [Raster] = []
  private(set) var regular = PDFFont(isBold: false)
  private(set) var bold = PDFFont(isBold: true)

  /// - Parameter height: of the sheet in units.
  init(height: Double) {
    // From here on `y` grows downwards, as in a drawing.
    line("0.75 0 0 -0.75 0 \(PageNumber.text(height * 0.75)) cm 1 J 1 j")
  }

  /// The name of the graphics state of an opacity.
  static func state(_ opacity: Double) -> String { "G\(Int((min(max(opacity, 0), 1) * 100).rounded()))" }

  private mutating func line(_ line: String) { content += line + "\n" }

  private func n(_ value: Double) -> String { PageNumber.text(value) }

  private func p(_ point: Canvas.Point) -> String { n(point.x) + " " + n(point.y) }

  private func rgb(_ color: Color) -> String {
    // Three decimals tell 256 steps apart.
    [color.red, color.green, color.blue].map { level in
      let thousandths = (Int(level) * 1000 + 127) / 255
      if thousandths == 1000 || thousandths == 0 { return String(thousandths / 1000) }
      let digits = String(thousandths)
      return "." + String(repeating: "0", count: 3 - digits.count) + digits
    }.joined(separator: " ")
  }

  /// Draws within a graphics state of its own where the opacity asks for it.
  private mutating func drawn(_ opacity: Double, _ operators: String) {
    let rounded = (min(max(opacity, 0), 1) * 100).rounded() / 100
    guard rounded < 1 else { return line(operators) }
    if !opacities.contains(rounded) { opacities.append(rounded) }
    line("q /\(PDFPage.state(rounded)) gs \(operators) Q")
  }

  mutating func write(_ commands: [Drawing.Command]) throws {
    for command in commands {
      switch command {
      case .box(let box, let color, let opacity):
        guard box.width > 0, box.height > 0 else { continue }
        drawn(opacity, "\(rgb(color)) rg \(rectangle(box)) f")
      case .polygon(let outline, let color, let opacity):
        guard outline.count > 2 else { continue }
        drawn(opacity, "\(rgb(color)) rg \(path(outline)) h f")
      case .lines(let lines, let pen):
        guard !lines.isEmpty else { continue }
        let dashes = pen.dashes.isEmpty ? "[] 0 d" : "[\(pen.dashes.map(n).joined(separator: " "))] 0 d"
        drawn(
          pen.opacity,
          "\(rgb(pen.color)) RG \(n(max(pen.width, 0.01))) w \(dashes) \(lines.map(path).joined(separator: " ")) S")
      case .markers(let markers): write(markers)
      case .text(let text): write(text)
      case .shading(let shading):
        guard shading.box.width > 0, shading.box.height > 0 else { continue }
        image(try shading.raster(), shading.box)
      case .picture(let picture, let x, let y):
        image(
          picture,
          Canvas.Box(
            left: Double(x), top: Double(y), right: Double(x + picture.width), bottom: Double(y + picture.height)))
      case .clipped(let box, let commands):
        line("q \(rectangle(box)) W n")
        try write(commands)
        line("Q")
      case .sheet(let drawing, let x, let y):
        let sheet = Canvas.Box(left: 0, top: 0, right: Double(drawing.width), bottom: Double(drawing.height))
        line("q 1 0 0 1 \(x) \(y) cm \(rectangle(sheet)) W n 1 g \(rectangle(sheet)) f")
        try write(drawing.commands)
        line("Q")
      }
    }
  }

  private func rectangle(_ box: Canvas.Box) -> String {
    "\(n(box.left)) \(n(box.top)) \(n(max(box.width, 0))) \(n(max(box.height, 0))) re"
  }

  private func path(_ points: [Canvas.Point]) -> String {
    guard points.count > 1 else { return points.first.map { "\(p($0)) m \(p($0)) l" } ?? "" }
    return points.enumerated().map { p($1) + ($0 == 0 ? " m" : " l") }.joined(separator: " ")
  }

  private mutating func write(_ markers: Drawing.Markers) {
    guard markers.shape != .circle || markers.rim > 0 || markers.places.count <= 2000 else {
      // Dots of one color are one line of points, which is much shorter.
      var dots: [Color: [String]] = [:]
      var order: [Color] = []
      for (index, place) in markers.places.enumerated() {
        let color = markers.color(index)
        if dots[color] == nil { order.append(color) }
        dots[color, default: []].append("\(p(place)) m \(p(place)) l")
      }
      for color in order {
        drawn(
          markers.opacity,
          "\(rgb(color)) RG \(n(markers.radius * 2)) w [] 0 d \((dots[color] ?? []).joined(separator: " ")) S")
      }
      return
    }
    for (index, place) in markers.places.enumerated() {
      if markers.rim > 0 { mark(markers.shape, place, markers.radius + markers.rim, .white, 0.9) }
      mark(markers.shape, place, markers.radius, markers.color(index), markers.opacity)
    }
  }

  private mutating func mark(_ shape: Marker, _ place: Canvas.Point, _ radius: Double, _ color: Color, _ opacity: Double) {
    if shape == .circle {
      drawn(opacity, "\(rgb(color)) RG \(n(radius * 2)) w [] 0 d \(p(place)) m \(p(place)) l S")
    } else {
      drawn(opacity, "\(rgb(color)) rg \(path(shape.outline(at: place, radius: radius))) h f")
    }
  }

  private mutating func write(_ text: Drawing.Text) {
    guard text.place.x.isFinite, text.place.y.isFinite, !text.string.isEmpty else { return }
    let codes = text.isBold ? bold.codes(of: text.string) : regular.codes(of: text.string)
    let width = Letter.width(of: text.string, bold: text.isBold) * text.size / 10
    let shift: Double
    switch text.anchor {
    case .start: shift = 0
    case .middle: shift = width / 2
    case .end: shift = width
    }
    let matrix =
      text.isUpwards
      ? "0 -1 -1 0 \(n(text.place.x)) \(n(text.place.y + shift))" : "1 0 0 -1 \(n(text.place.x - shift)) \(n(text.place.y))"
    line(
      "BT /F\(text.isBold ? 1 : 0) \(n(text.size)) Tf \(rgb(text.color)) rg \(matrix) Tm <\(codes.map(PDF.hexadecimal).joined())> Tj ET"
    )
  }

  private mutating func image(_ raster: Raster, _ box: Canvas.Box) {
    images.append(raster)
    // An image's own unit square has its `y` upwards.
    line("q \(n(box.width)) 0 0 \(n(-box.height)) \(n(box.left)) \(n(box.bottom)) cm /I\(images.count - 1) Do Q")
  }
}
