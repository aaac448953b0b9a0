extension Drawing {
  /// The drawing for a page that keeps each command, and how many points were left out for it: of very many, those are kept that can be
  /// told apart, and lines end not far outside of the sheet.
  public func forPages() -> (drawing: Drawing, leftOut: Int, points: Int) {
    var page = self
    var (leftOut, points) = (0, 0)
    page.commands = page.commands.map { command in
      PageCommand(width: width, height: height).made(of: command, leftOut: &leftOut, points: &points)
    }
    return (page, leftOut, points)
  }
}

/// Commands as pages take them.
private struct PageCommand {
  let box: Canvas.Box

  init(width: Int, height: Int) {
    // Wide enough for any pen.
    box = Canvas.Box(left: -200, top: -200, right: Double(width) + 200, bottom: Double(height) + 200)
  }

  func made(of command: Drawing.Command, leftOut: inout Int, points: inout Int) -> Drawing.Command {
    switch command {
    case .box(let box, let color, let opacity):
      let kept = Canvas.Box(
        left: max(box.left, self.box.left), top: max(box.top, self.box.top), right: min(box.right, self.box.right),
        bottom: min(box.bottom, self.box.bottom))
      return .box(kept, color, opacity: opacity)
    case .polygon(let outline, let color, let opacity):
      guard outline.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return .polygon([], color, opacity: opacity) }
      return .polygon(outline.map(near), color, opacity: opacity)
    case .lines(let lines, let pen): return .lines(joined(lines.flatMap(pieces)), pen)
    case .markers(let markers):
      let seen = visible(markers)
      let kept = thinned(seen)
      points += seen.places.count
      leftOut += seen.places.count - kept.places.count
      return .markers(kept)
    case .clipped(let box, let commands):
      var made: [Drawing.Command] = []
      for command in commands { made.append(self.made(of: command, leftOut: &leftOut, points: &points)) }
      return .clipped(box, made)
    case .sheet(let drawing, let x, let y):
      let (page, dropped, all) = drawing.forPages()
      leftOut += dropped
      points += all
      return .sheet(page, x: x, y: y)
    case .text, .shading, .picture: return command
    }
  }

  private func near(_ point: Canvas.Point) -> Canvas.Point {
    Canvas.Point(min(max(point.x, -1e5), 1e5), min(max(point.y, -1e5), 1e5))
  }

  /// The pieces of a line between its gaps, as far as they are near the sheet.
  private func pieces(_ line: [Canvas.Point]) -> [[Canvas.Point]] {
    var pieces: [[Canvas.Point]] = []
    var piece: [Canvas.Point] = []
    func end() {
      if !piece.isEmpty { pieces.append(piece) }
      piece = []
    }
    var last: Canvas.Point?
    for point in line {
      guard point.x.isFinite, point.y.isFinite else {
        end()
        last = nil
        continue
      }
      if let from = last {
        if let (a, b) = cut(from, point) {
          if piece.last != a { end() }
          if piece.isEmpty { piece.append(a) }
          piece.append(b)
        } else {
          end()
        }
      } else if box.left <= point.x, point.x <= box.right, box.top <= point.y, point.y <= box.bottom {
        piece = [point]
      }
      last = point
    }
    end()
    return pieces
  }

  /// Very many stretches, such as those of contours, as long lines: each goes on where another begins.
  private func joined(_ lines: [[Canvas.Point]]) -> [[Canvas.Point]] {
    guard lines.count > 20, lines.allSatisfy({ $0.count == 2 }) else { return lines }
    struct Knot: Hashable {
      let x: Int
      let y: Int

      init(_ point: Canvas.Point) {
        // As exactly as pages give places.
        (x, y) = (Int((point.x * 100).rounded()), Int((point.y * 100).rounded()))
      }
    }
    var ends: [Knot: [Int]] = [:]
    for (number, line) in lines.enumerated() {
      for point in line { ends[Knot(point), default: []].append(number) }
    }
    var isUsed = [Bool](repeating: false, count: lines.count)
    /// The points that follow on an end.
    func following(_ start: Canvas.Point) -> [Canvas.Point] {
      var points: [Canvas.Point] = []
      var end = start
      while let next = ends[Knot(end)]?.first(where: { !isUsed[$0] }) {
        isUsed[next] = true
        end = Knot(lines[next][0]) == Knot(end) ? lines[next][1] : lines[next][0]
        points.append(end)
      }
      return points
    }
    return lines.indices.compactMap { number in
      guard !isUsed[number] else { return nil }
      isUsed[number] = true
      let after = following(lines[number][1])
      return following(lines[number][0]).reversed() + lines[number] + after
    }
  }

  /// The part of a stretch near the sheet.
  private func cut(_ from: Canvas.Point, _ to: Canvas.Point) -> (Canvas.Point, Canvas.Point)? {
    guard let part = box.part(ofStretch: from, to) else { return nil }
    func place(_ share: Double) -> Canvas.Point {
      Canvas.Point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
    }
    return (part.lowerBound == 0 ? from : place(part.lowerBound), part.upperBound == 1 ? to : place(part.upperBound))
  }

  /// The most signs that are drawn one by one.
  private static let most = 10_000

  /// Without the signs outside of the sheet.
  private func visible(_ markers: Drawing.Markers) -> Drawing.Markers {
    let reach = markers.radius * 2 + markers.rim
    let places = markers.places.indices.filter { index in
      let place = markers.places[index]
      return place.x > box.left + 200 - reach && place.x < box.right - 200 + reach && place.y > box.top + 200 - reach
        && place.y < box.bottom - 200 + reach
    }
    return places.count < markers.places.count ? markers.part(places) : markers
  }

  /// Of more than `most` signs one stays in each square, whose side is little more than the signs' radius: a sign over the others of its
  /// square hides most of them.
  private func thinned(_ markers: Drawing.Markers) -> Drawing.Markers {
    guard markers.places.count > PageCommand.most else { return markers }
    let side = max(0.75, min(markers.radius * 1.25, 4))
    var seen: Set<Int> = []
    // The last one drawn hides those before it.
    let kept = markers.places.indices.reversed().filter { index in
      let place = markers.places[index]
      return seen.insert(Int(place.x / side) << 32 | Int(place.y / side) & 0xffff_ffff).inserted
    }
    return markers.part(kept.reversed())
  }
}

extension Drawing.Markers {
  /// Some of the signs.
  fileprivate func part(_ indices: [Int]) -> Drawing.Markers {
    var part = self
    part.places = indices.map { places[$0] }
    if colors.count == places.count { part.colors = indices.map { colors[$0] } }
    return part
  }
}

extension Drawing.Shading {
  /// The rectangle as a picture: of smooth colors as many pixels along each side as units, else twice as many, for sharp edges.
  public func raster() throws -> Raster {
    let density = isSmooth ? 1.0 : 2.0
    func side(_ length: Double) -> Int { Int(min(max((length * density).rounded(), 1), 4096)) }
    let (width, height) = (side(box.width), side(box.height))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(width * height * 3)
    for row in 0..<height {
      for column in 0..<width {
        let place = Canvas.Point(
          box.left + (Double(column) + 0.5) / Double(width) * box.width,
          box.top + (Double(row) + 0.5) / Double(height) * box.height)
        let color = color(place) ?? .white
        bytes += [color.red, color.green, color.blue]
      }
    }
    return try Raster(width: width, height: height, channels: 3, bytes: bytes)
  }
}
