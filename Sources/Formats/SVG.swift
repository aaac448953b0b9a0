import Base
import Graphics

extension FileFormat {
  static let svg = FileFormat(
    "SVG", "an SVG drawing", [".svg"],
    writers: Writers(drawing: { drawing, path in Array((SVG.declaration + (try SVG.element(drawing, path: path))).utf8) })
  ) { head in
    head.starts(with: Array("<svg".utf8)) || head.starts(with: Array("<?xml".utf8)) && SVG.isNamed(head)
  }
}

/// Drawings as SVG 1.1 (W3C, second edition, 2011). Text stays text, in whatever font of the usual ones there is: it can be searched,
/// copied and changed, and a viewer has letters that our own typeface has not. Bytes depend on the drawing alone.
struct SVG {
  private var text = ""
  private var clips = 0
  private let path: String

  /// Whether an XML file says early that it is SVG.
  static func isNamed(_ head: [UInt8]) -> Bool { String(decoding: head.prefix(1024), as: UTF8.self).contains("<svg") }

  static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

  /// The drawing as one element, which stands in a file behind the declaration, or in a page of HTML.
  static func element(_ drawing: Drawing, path: String) throws -> String {
    var svg = SVG(path: path)
    let (width, height) = (drawing.width, drawing.height)
    let title = drawing.title.map { Markup.escaped($0.plainLine) }
    svg.text = """
      <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" role="img" font-family="Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif" \
      stroke-linecap="round" stroke-linejoin="round">

      """
    if let title { svg.line("<title>\(title)</title>") }
    svg.line("<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>")
    try svg.write(drawing.commands)
    svg.line("</svg>")
    guard svg.clips > 0 else { return svg.text }
    // Names of clips are those of a whole page of HTML, on which other drawings may stand.
    let name = "clip" + svg.fingerprint + "-"
    return svg.text.utf8.split(separator: mark, omittingEmptySubsequences: false).map { Substring($0) }.joined(separator: name)
  }

  /// In place of what the names of clips begin with, until it is known; no text of a drawing holds it.
  private static let mark: UInt8 = 1

  /// Text that tells this drawing from others (FNV-1a, 32 bits).
  private var fingerprint: String {
    String(text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }, radix: 36)
  }

  private init(path: String) { self.path = path }

  private mutating func line(_ line: String) { text += line + "\n" }

  private mutating func write(_ commands: [Drawing.Command]) throws {
    for command in commands {
      switch command {
      case .box(let box, let color, let opacity):
        guard box.width > 0, box.height > 0 else { continue }
        line(
          "<rect x=\"\(n(box.left))\" y=\"\(n(box.top))\" width=\"\(n(box.width))\" height=\"\(n(box.height))\""
            + fill(color, opacity) + "/>")
      case .polygon(let outline, let color, let opacity):
        guard outline.count > 2 else { continue }
        line("<path d=\"\(path(outline))Z\"\(fill(color, opacity))/>")
      case .lines(let lines, let pen):
        guard !lines.isEmpty else { continue }
        line(
          "<path d=\"\(lines.map { path($0) + ($0.count == 1 ? "h0" : "") }.joined())\" fill=\"none\""
            + stroke(pen.color, pen.width, pen.opacity)
            + (pen.dashes.isEmpty ? "" : " stroke-dasharray=\"\(pen.dashes.map(n).joined(separator: " "))\"") + "/>")
      case .markers(let markers): write(markers)
      case .text(let text): write(text)
      case .shading(let shading):
        let box = shading.box
        guard box.width > 0, box.height > 0 else { continue }
        try image(shading.raster(), box.left, box.top, box.width, box.height)
      case .picture(let picture, let x, let y):
        try image(picture, Double(x), Double(y), Double(picture.width), Double(picture.height))
      case .clipped(let box, let commands):
        try clipped(box) { try $0.write(commands) }
      case .sheet(let drawing, let x, let y):
        line("<g transform=\"translate(\(x) \(y))\">")
        let sheet = Canvas.Box(left: 0, top: 0, right: Double(drawing.width), bottom: Double(drawing.height))
        try clipped(sheet) {
          $0.line("<rect width=\"\(drawing.width)\" height=\"\(drawing.height)\" fill=\"#ffffff\"/>")
          try $0.write(drawing.commands)
        }
        line("</g>")
      }
    }
  }

  private mutating func clipped(_ box: Canvas.Box, _ body: (inout SVG) throws -> Void) throws {
    clips += 1
    line(
      "<clipPath id=\"\u{1}\(clips)\"><rect x=\"\(n(box.left))\" y=\"\(n(box.top))\" width=\"\(n(max(box.width, 0)))\""
        + " height=\"\(n(max(box.height, 0)))\"/></clipPath>")
    line("<g clip-path=\"url(#\u{1}\(clips))\">")
    try body(&self)
    line("</g>")
  }

  private mutating func write(_ markers: Drawing.Markers) {
    guard !markers.places.isEmpty else { return }
    if markers.shape == .circle, markers.rim == 0, markers.places.count > 2000 {
      // Dots of one color are one line of points, which is much shorter.
      var dots: [Color: String] = [:]
      var order: [Color] = []
      for (index, place) in markers.places.enumerated() {
        let color = markers.color(index)
        if dots[color] == nil { order.append(color) }
        dots[color, default: ""] += "M\(n(place.x)) \(n(place.y))h0"
      }
      for color in order {
        line("<path d=\"\(dots[color] ?? "")\" fill=\"none\"\(stroke(color, markers.radius * 2, markers.opacity))/>")
      }
      return
    }
    guard markers.rim == 0 else {
      // Each lies with its rim over those before it.
      for (index, place) in markers.places.enumerated() {
        line(mark(markers.shape, place, markers.radius + markers.rim, fill(.white, 0.9)))
        line(mark(markers.shape, place, markers.radius, fill(markers.color(index), markers.opacity)))
      }
      return
    }
    // Neighbors of one color name it once.
    var start = 0
    while start < markers.places.count {
      let color = markers.color(start)
      let end = markers.places.indices[start...].first { markers.color($0) != color } ?? markers.places.count
      if end - start == 1 {
        line(mark(markers.shape, markers.places[start], markers.radius, fill(color, markers.opacity)))
      } else {
        line("<g\(fill(color, markers.opacity))>")
        for place in markers.places[start..<end] { line(mark(markers.shape, place, markers.radius, "")) }
        line("</g>")
      }
      start = end
    }
  }

  private func mark(_ shape: Marker, _ place: Canvas.Point, _ radius: Double, _ fill: String) -> String {
    shape == .circle
      ? "<circle cx=\"\(n(place.x))\" cy=\"\(n(place.y))\" r=\"\(n(radius))\"\(fill)/>"
      : "<path d=\"\(path(shape.outline(at: place, radius: radius)))Z\"\(fill)/>"
  }

  private mutating func write(_ words: Drawing.Text) {
    guard words.place.x.isFinite, words.place.y.isFinite else { return }
    let anchor =
      switch words.anchor {
      case .start: ""
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    let place =
      words.isUpwards
      ? " transform=\"translate(\(n(words.place.x)) \(n(words.place.y))) rotate(-90)\""
      : " x=\"\(n(words.place.x))\" y=\"\(n(words.place.y))\""
    // The capitals of these fonts are 0.72 of their size, those of our own 0.7.
    line(
      "<text\(place) font-size=\"\(n(words.size * 0.97))\"\(words.isBold ? " font-weight=\"bold\"" : "")\(anchor)"
        + " xml:space=\"preserve\"\(fill(words.color, 1))>\(Markup.escaped(words.string))</text>")
  }

  private mutating func image(_ raster: Raster, _ x: Double, _ y: Double, _ width: Double, _ height: Double) throws {
    let data = Base64.text(of: try PNG.encode(raster, path: path))
    line(
      "<image x=\"\(n(x))\" y=\"\(n(y))\" width=\"\(n(width))\" height=\"\(n(height))\" preserveAspectRatio=\"none\""
        + " xlink:href=\"data:image/png;base64,\(data)\"/>")
  }

  // MARK: Pieces

  private func n(_ value: Double) -> String { PageNumber.text(value) }

  private func path(_ points: [Canvas.Point]) -> String {
    var path = ""
    for (index, point) in points.enumerated() { path += (index == 0 ? "M" : "L") + n(point.x) + " " + n(point.y) }
    return path
  }

  private func fill(_ color: Color, _ opacity: Double) -> String {
    " fill=\"\(color.hexadecimal)\"" + (opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : "")
  }

  private func stroke(_ color: Color, _ width: Double, _ opacity: Double) -> String {
    " stroke=\"\(color.hexadecimal)\" stroke-width=\"\(n(max(width, 0.01)))\""
      + (opacity < 1 ? " stroke-opacity=\"\(n(opacity))\"" : "")
  }
}

extension Color {
  /// As SVG writes it: #1f6fb4.
  var hexadecimal: String {
    "#" + Hexadecimal.text(of: [red, green, blue])
  }
}
