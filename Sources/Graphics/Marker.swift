/// A small sign at a place, by whose shape series are told apart where there are more of them than colors.
public enum Marker: String, CaseIterable, Sendable {
  case circle
  case square
  case triangle
  case diamond
  case cross

  /// The outline of a sign that looks as large as a circle of this radius; empty for a circle, which has no corners.
  public func outline(at center: Canvas.Point, radius: Double) -> [Canvas.Point] {
    Marker.corners(self).map { Canvas.Point(center.x + $0.x * radius, center.y + $0.y * radius) }
  }

  /// For a circle of radius 1; areas are near π.
  private static func corners(_ marker: Marker) -> [(x: Double, y: Double)] {
    switch marker {
    case .circle: []
    case .square: [(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)]
    case .triangle: [(0, -1.35), (1.2, 0.8), (-1.2, 0.8)]
    case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
    case .cross:
      [
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4),
        (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
      ]
    }
  }
}
