import Kernels

/// How a convolution is done by fewer multiplications (Winograd 1980): its results are cut into small tiles, each of which is
/// interpolated from its values at a few points; at each point of this Winograd domain all tiles are one matrix product. See `winograd.h`.
struct ConvolutionTiling {
  /// Tiles of one size.
  struct Group {
    var tiles: gan_tiles
    /// Points of a tile.
    var points: Int
    /// Tiles of an image.
    var count: Int
  }

  let groups: [Group]
  /// Numbers of an image's phases at one place: stride · stride · channels.
  let depth: Int

  /// Channels and outputs come in vectors.
  private static let unit = 16

  /// When convolutions are done so.
  enum Use: Hashable {
    case never, whereLessWork, always
  }

  /// The tiling of a convolution; nil where there is none, or where it is not wanted.
  init?(_ geometry: ConvolutionGeometry, images: Int, channels: Int, outputs: Int, use: Use) {
    guard use != .never, images > 0, channels > 0, outputs > 0, channels % Self.unit == 0, outputs % Self.unit == 0,
      let rows = Self.tiles(geometry.height), let columns = Self.tiles(geometry.width)
    else { return nil }
    depth = geometry.height.stride &* geometry.width.stride &* channels
    groups = rows.flatMap { y in
      columns.map { x in
        Group(
          tiles: gan_tiles(y: y, x: x), points: Int((y.outputs + y.taps - 1) * (x.outputs + x.taps - 1)),
          count: Int(y.count * x.count))
      }
    }
    let (images, outputs) = (Double(images), Double(outputs))
    let plain =
      images * Double(geometry.height.output * geometry.width.output) * Double(geometry.height.kernel * geometry.width.kernel)
      * Double(channels) * outputs
    var tiled = 0.0
    for group in groups {
      let (points, rows) = (Double(group.points), images * Double(group.count))
      tiled += points * (rows * Double(depth) * outputs * Tuning.winogradProductCost)
      tiled +=
        points
        * (rows * (Double(depth) + outputs) * Tuning.winogradNumberCost + Double(depth) * outputs * Tuning.winogradFilterCost)
    }
    guard use == .always || tiled < plain else { return nil }
  }

  /// Tiles that cover an axis with the fewest points, those of one size side by side; nil where there are none.
  private static func tiles(_ axis: ConvolutionGeometry.Axis) -> [gan_tile_axis]? {
    let taps = (axis.kernel + axis.stride - 1) / axis.stride
    let sizes = (1...Tuning.winogradPoints).filter { (3...Tuning.winogradPoints).contains($0 + taps - 1) }
    guard taps >= 2, axis.output >= 2, axis.output <= 1 << 16, let largest = sizes.last else { return nil }
    // Many of the largest, and at the end the best of what is left.
    let many = max(0, (axis.output - 4 * largest) / largest)
    let rest = axis.output - many * largest
    var best: [(points: Int, last: Int)?] = [(0, 0)]
    for length in 1...rest {
      best.append(
        sizes.compactMap { size in
          guard size <= length, let before = best[length - size] else { return nil }
          return (before.points + size + taps - 1, size)
        }.min { $0.points < $1.points })
    }
    guard best[rest] != nil else { return nil }
    var counts = [Int](repeating: 0, count: Tuning.winogradPoints + 1)
    counts[largest] = many
    var length = rest
    while length > 0, let (_, size) = best[length] {
      counts[size] += 1
      length -= size
    }
    var first = 0
    var tiles: [gan_tile_axis] = []
    for size in sizes.reversed() where counts[size] > 0 {
      tiles.append(
        gan_tile_axis(outputs: Int64(size), taps: Int64(taps), first: Int64(first), count: Int64(counts[size])))
      first += size * counts[size]
    }
    return tiles
  }

  // MARK: Memory

  /// Matrices of different points lie a little further apart than they are long: addresses at equal powers of two would share
  /// one place of the cache.
  static let gap = 16

  /// Floats from one point of the transformed filter to the next, where it is the packed right side of a product.
  func filterStride(outputs: Int, transposed: Bool) -> Int {
    (transposed ? Multiplication.padded(depth) * outputs : Multiplication.padded(outputs) * depth) + Self.gap
  }

  /// Floats of the whole filter in the Winograd domain.
  func filterCount(outputs: Int, transposed: Bool) -> Int {
    let stride = filterStride(outputs: outputs, transposed: transposed)
    return groups.reduce(0) { $0 + $1.points * stride }
  }

  /// Floats of the largest group's matrices of `columns` columns, for so many images.
  func count(images: Int, columns: Int) -> Int {
    groups.map { $0.points * ($0.count * images * columns + Self.gap) }.max() ?? 0
  }

  /// Images whose tiles a thread works on at a time, so that matrices of `columns` columns, `numbers` in all, stay in its cache.
  func imagesAtATime(_ images: Int, columns: Int, numbers: Int) -> Int {
    let most = groups.map { $0.points * $0.count * columns }.max() ?? 1
    return max(1, min(images, numbers / max(most, 1)))
  }
}
