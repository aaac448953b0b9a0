/// How a number between 0 and 1 becomes a color.
///
/// Viridis and magma are those of matplotlib (S. van der Walt, N. Smith; CC0), sampled at 16 and 10 even places and mixed linearly
/// between them: their brightness rises evenly, so that a heat map also reads in gray.
public enum ColorMap: String, CaseIterable, Sendable {
  case viridis
  case magma
  case gray
  /// White to a soft slate blue: behind points that shall stand out.
  case pale
  /// Blue through near-white to red: for values around a middle.
  case diverging

  /// The color of `value`, 0…1; what lies outside is cut off, NaN is a light gray.
  public func color(_ value: Double) -> Color {
    guard !value.isNaN else { return Color(0xd8d8d8) }
    let stops = self.stops
    let place = min(max(value, 0), 1) * Double(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return Color(stops[index]).mixed(with: Color(stops[index + 1]), part: place - Double(index))
  }

  private var stops: [UInt32] {
    switch self {
    case .viridis: return ColorMap.viridisStops
    case .magma: return ColorMap.magmaStops
    case .gray: return [0x000000, 0xffffff]
    case .pale: return ColorMap.paleStops
    case .diverging: return ColorMap.divergingStops
    }
  }

  private static let viridisStops: [UInt32] = [
    0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e, 0x1f988b, 0x22a884, 0x35b779,
    0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725,
  ]
  private static let magmaStops: [UInt32] = [
    0x000004, 0x180f3e, 0x451077, 0x721f81, 0x9f2f7f, 0xcd4071, 0xf1605d, 0xfd9567, 0xfec98d, 0xfcfdbf,
  ]
  private static let paleStops: [UInt32] = [0x93a9c6, 0xb3c3d9, 0xcfdae8, 0xe6edf4, 0xf8fafc]
  private static let divergingStops: [UInt32] = [
    0x23527c, 0x3b7eb5, 0x7fb0d6, 0xc3daea, 0xf5f3ef, 0xf6cdb8, 0xe78f72, 0xc94a45, 0x8c1a2f,
  ]
}
