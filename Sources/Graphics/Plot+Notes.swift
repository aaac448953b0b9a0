extension Plot {
  /// Words at a place, with an arrow from them to another place.
  public struct Note: Equatable, Sendable {
    /// What it says; may be empty where there is an arrow.
    public var text: String
    /// Where the text's middle is, in units of the data.
    public var x: Double
    /// Where the text's middle is, in units of the data.
    public var y: Double
    /// Where an arrow ends that begins at the text.
    public var tip: Tip?
    /// Of text and arrow; by default that of the axes' numbers.
    public var color: Color?
    /// The height of the line in pixels at the standard size; nil: that of the axes' numbers.
    public var size: Double?

    /// A place in units of the data.
    public struct Tip: Equatable, Sendable {
      /// Along the x axis.
      public var x: Double
      /// Along the y axis.
      public var y: Double

      /// A place by its two coordinates.
      public init(x: Double, y: Double) {
        self.x = x
        self.y = y
      }
    }

    /// Words at a place.
    public init(_ text: String, x: Double, y: Double, tip: Tip? = nil, color: Color? = nil, size: Double? = nil) {
      self.text = text
      self.x = x
      self.y = y
      self.tip = tip
      self.color = color
      self.size = size
    }
  }

  func drawNotes(_ layout: PlotLayout, on drawing: inout Drawing) {
    for note in notes where shows(note.x, note.y) {
      let color = note.color ?? PlotLayout.ink
      let box = layout.box(of: note)
      if let tip = note.tip, shows(tip.x, tip.y) {
        drawArrow(from: box, to: layout.frame.place(tip.x, tip.y), color, layout.unit, on: &drawing)
      }
      guard layout.hasWords, !note.text.isEmpty else { continue }
      let size = layout.size(of: note)
      if heatMap != nil { drawing.fill(box, .white, opacity: 0.8) }
      drawing.text(
        note.text, at: Canvas.Point((box.left + box.right) / 2, (box.top + box.bottom) / 2 + (size * 0.35).rounded(.down)),
        size: size, color, anchor: .middle)
    }
  }

  /// From the edge of the text's box, on the straight line from its middle.
  private func drawArrow(
    from box: Canvas.Box, to tip: Canvas.Point, _ color: Color, _ unit: Double, on drawing: inout Drawing
  ) {
    let middle = Canvas.Point((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    let (dx, dy) = (tip.x - middle.x, tip.y - middle.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 1e-6, length < 1e6 else { return }
    let across = dx == 0 ? Double.infinity : box.width / 2 / abs(dx)
    let along = dy == 0 ? Double.infinity : box.height / 2 / abs(dy)
    let part = min(across, along)
    guard part < 1 else { return }
    let start = Canvas.Point(middle.x + dx * part, middle.y + dy * part)
    let (u, v) = (dx / length, dy / length)
    let head = min(8 * unit, length * (1 - part))
    let base = Canvas.Point(tip.x - u * head, tip.y - v * head)
    drawing.line(from: start, to: base, width: 1.3 * unit, color)
    drawing.fill(
      [
        tip, Canvas.Point(base.x - v * head * 0.4, base.y + u * head * 0.4),
        Canvas.Point(base.x + v * head * 0.4, base.y - u * head * 0.4),
      ], color)
  }
}

extension PlotLayout {
  /// The height of a note's line.
  func size(of note: Plot.Note) -> Double { note.size.map { ($0 * unit).rounded() } ?? labelSize }

  /// Where a note's words stand, moved into the frame where they would reach out of it.
  func box(of note: Plot.Note) -> Canvas.Box {
    let size = size(of: note)
    let half = note.text.isEmpty ? 0 : Canvas.width(of: note.text, size: size) / 2 + 4 * unit
    let high = note.text.isEmpty ? 0 : size * 0.65
    var place = frame.place(note.x, note.y)
    if frame.box.width > 2 * half, !note.text.isEmpty, place.x > frame.box.left, place.x < frame.box.right {
      place.x = min(max(place.x, frame.box.left + half), frame.box.right - half)
    }
    if frame.box.height > 2 * high, !note.text.isEmpty, place.y > frame.box.top, place.y < frame.box.bottom {
      place.y = min(max(place.y, frame.box.top + high), frame.box.bottom - high)
    }
    return Canvas.Box(left: place.x - half, top: place.y - high, right: place.x + half, bottom: place.y + high)
  }
}
