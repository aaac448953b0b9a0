extension Canvas {
  /// Fills an outline, its last corner joined to its first. Where it crosses itself, what it winds around is inside. Outlines with a
  /// corner that is not finite are left out.
  public mutating func fill(_ outline: [Point], _ color: Color, opacity: Double = 1) {
    guard outline.count > 2, opacity > 0, outline.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else { return }
    let top = outline.reduce(Double.infinity) { min($0, $1.y) }
    let bottom = outline.reduce(-Double.infinity) { max($0, $1.y) }
    let box = visible(Box(left: 0, top: top, right: Double(width), bottom: bottom))
    guard box.rows.count > 0, box.columns.count > 0 else { return }
    var edges: [(top: Point, bottom: Point, winds: Int)] = []
    for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1)) where a.y != b.y {
      edges.append(a.y < b.y ? (a, b, 1) : (b, a, -1))
    }
    edges.sort { $0.top.y < $1.top.y }
    var first = 0
    var active: [(top: Point, bottom: Point, winds: Int)] = []
    var coverage = [Double](repeating: 0, count: box.columns.count)
    for row in box.rows {
      while first < edges.count, edges[first].top.y < Double(row + 1) {
        active.append(edges[first])
        first += 1
      }
      active.removeAll { $0.bottom.y <= Double(row) }
      guard !active.isEmpty else { continue }
      for index in coverage.indices { coverage[index] = 0 }
      // Lines between pixels: across, the covered part is exact.
      let slices = 5
      for slice in 0..<slices {
        let y = Double(row) + (Double(slice) + 0.5) / Double(slices)
        add(active, at: y, weight: 1 / Double(slices), from: box.columns.lowerBound, to: &coverage)
      }
      for (index, part) in coverage.enumerated() where part > 0 {
        blend(box.columns.lowerBound + index, row, color, min(part, 1) * opacity)
      }
    }
  }

  /// Adds what the edges enclose along a level line.
  private func add(
    _ edges: [(top: Point, bottom: Point, winds: Int)], at y: Double, weight: Double, from start: Int, to coverage: inout [Double]
  ) {
    var crossings: [(x: Double, winds: Int)] = []
    for edge in edges where edge.top.y <= y && edge.bottom.y > y {
      let part = (y - edge.top.y) / (edge.bottom.y - edge.top.y)
      crossings.append((edge.top.x + (edge.bottom.x - edge.top.x) * part - Double(start), edge.winds))
    }
    crossings.sort { $0.x < $1.x }
    var winding = 0
    for (left, right) in zip(crossings, crossings.dropFirst()) {
      winding += left.winds
      guard winding != 0 else { continue }
      let (from, to) = (max(left.x, 0), min(right.x, Double(coverage.count)))
      guard from < to else { continue }
      for column in Int(from)..<min(Int(to.rounded(.up)), coverage.count) {
        coverage[column] += (min(to, Double(column + 1)) - max(from, Double(column))) * weight
      }
    }
  }
}
