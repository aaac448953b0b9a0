/// Lines of equal value in a table of numbers (marching squares: Lorensen and Cline's method in the plane).
enum Contours {
  /// The stretches of the line where the values pass `level`, in units of columns and rows of the table. Squares with a
  /// corner that is no finite number are left out. On a saddle the mean of the corners decides.
  static func stretches(
    _ values: [Double], rows: Int, columns: Int, level: Double
  ) -> [(from: Canvas.Point, to: Canvas.Point)] {
    guard rows > 1, columns > 1, values.count == rows * columns, level.isFinite else { return [] }
    var stretches: [(from: Canvas.Point, to: Canvas.Point)] = []
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        let place = row * columns + column
        let corners = [values[place], values[place + 1], values[place + columns + 1], values[place + columns]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let above = corners.map { $0 > level }
        /// Where the level lies on the side from a corner to the next one.
        func crossing(_ side: Int) -> Canvas.Point {
          let (a, b) = (corners[side], corners[(side + 1) & 3])
          let part = min(max((level - a) / (b - a), 0), 1)
          let (x, y) = (Double(column), Double(row))
          switch side {
          case 0: return Canvas.Point(x + part, y)
          case 1: return Canvas.Point(x + 1, y + part)
          case 2: return Canvas.Point(x + 1 - part, y + 1)
          default: return Canvas.Point(x, y + 1 - part)
          }
        }
        let sides = (0..<4).filter { above[$0] != above[($0 + 1) & 3] }
        if sides.count == 2 {
          stretches.append((crossing(sides[0]), crossing(sides[1])))
        } else if sides.count == 4 {
          let middleAbove = corners.reduce(0) { $0 + $1 / 4 } > level
          // The line cuts off the two corners that differ from the middle.
          let first = above[0] == middleAbove ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
          stretches += first.map { (crossing($0.0), crossing($0.1)) }
        }
      }
    }
    return stretches
  }
}

extension Plot.HeatMap {
  /// The values along which lines are drawn.
  var contourLevels: [Double] {
    switch contours {
    case .none: return []
    case .levels(let levels): return levels
    case .automatic(let count):
      let range = valueRange ?? span
      // Lines at the very ends would run along the edges of flat parts.
      return Ticks(over: range, count: max(count, 1) + 1).values.filter { $0 > range.lowerBound && $0 < range.upperBound }
    }
  }

  /// The value between the centers of the cells around a point, mixed linearly; NaN outside of the cells, and where one
  /// of them is NaN. Large cells are not mixed: there each is shown by itself.
  func value(x px: Double, y py: Double) -> Double {
    let extent = self.extent
    guard px >= extent.x.lowerBound, px <= extent.x.upperBound, py >= extent.y.lowerBound, py <= extent.y.upperBound
    else { return .nan }
    let column = place(px, x, columns)
    let row = place(py, y, rows)
    if !isSmooth { return values[Int(row.rounded()) * columns + Int(column.rounded())] }
    let (left, low) = (Int(column), Int(row))
    let (right, high) = (min(left + 1, columns - 1), min(low + 1, rows - 1))
    let (u, v) = (column - Double(left), row - Double(low))
    let below = values[low * columns + left] * (1 - u) + values[low * columns + right] * u
    let above = values[high * columns + left] * (1 - u) + values[high * columns + right] * u
    return below * (1 - v) + above * v
  }

  /// The place of a coordinate in units of cells, from 0 to the last.
  private func place(_ coordinate: Double, _ range: ClosedRange<Double>, _ count: Int) -> Double {
    let length = range.upperBound - range.lowerBound
    guard count > 1, length > 0 else { return 0 }
    return min(max((coordinate - range.lowerBound) / length * Double(count - 1), 0), Double(count - 1))
  }
}
