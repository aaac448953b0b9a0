import Base

/// How the places along a resized axis come from those of the given one. Place i of the new axis covers i·s … (i + 1)·s of the given one, s
/// being the quotient of their sizes.
public enum Resizing: String, CaseIterable, Sendable {
  /// The two places next to the new one's center, on the line between them; the outermost at the edges. As PyTorch's `interpolate` has it
  /// with `align_corners=False`: where an axis shrinks to less than half, places in between are left out.
  case bilinear
  /// The place under the new one's center.
  case nearest
  /// The mean over what the new place covers, each given one by its covered part.
  case area
}

extension Tensor {
  /// An axis in another size; places are mixed by numbers that depend on the sizes alone, so that derivatives of any order pass.
  ///
  /// - Throws: a `TensorError` where there is no such axis, it is empty, or `size` is below 1 or too large.
  public func resized(axis: Int, to size: Int, by resizing: Resizing) throws -> Tensor {
    let axis = try shape.axis(axis)
    let old = shape[axis]
    guard size > 0, old > 0, size <= 1 << 24, old <= 1 << 24 else {
      throw TensorError(
        title: "an axis cannot be resized so", operands: [("x", "\(shape)"), ("size", "\(old) to \(size)")],
        advice: "Sizes are whole numbers from 1 to 16777216.")
    }
    guard size != old else { return self }
    let sources = try Sources(from: old, to: size, by: resizing)
    var sizes = shape.dimensions
    let taken = try taken(sources.places, axis: axis)
    guard sources.width > 1 else { return taken }
    sizes.replaceSubrange(axis...axis, with: [size, sources.width])
    var weightSizes = [Int](repeating: 1, count: sizes.count)
    (weightSizes[axis], weightSizes[axis + 1]) = (size, sources.width)
    let weights = try Tensor(sources.weights, shape: weightSizes)
    return try (taken.reshaped(sizes) * weights).sum(axes: [axis + 1])
  }
}

/// What the places of a resized axis are made of: `width` given places each, with a weight for each; the weights add up to 1.
private struct Sources {
  var places: [Int] = []
  var weights: [Float] = []
  var width = 1

  init(from old: Int, to new: Int, by resizing: Resizing) throws {
    let scale = Double(old) / Double(new)
    switch resizing {
    case .nearest: places = (0..<new).map { min(Int((Double($0) + 0.5) * scale), old - 1) }
    case .bilinear:
      width = 2
      for place in 0..<new {
        let center = max((Double(place) + 0.5) * scale - 0.5, 0)
        let below = min(Int(center), old - 1)
        let share = center - Double(below)
        places += [below, min(below + 1, old - 1)]
        weights += [Float(1 - share), Float(share)]
      }
    case .area:
      let windows = (0..<new).map { Sources.window($0, old: old, new: new, scale: scale) }
      width = windows.map(\.count).max() ?? 1
      try Memory.check(bytes: new * width * MemoryLayout<Int>.stride)
      for window in windows {
        // Of places that are not covered the first stands for the others, with the weight 0.
        for number in 0..<width {
          places.append(number < window.count ? window.first + number : window.first)
          weights.append(number < window.count ? Float(window.weight(number)) : 0)
        }
      }
    }
  }

  private struct Window {
    let first: Int
    let count: Int
    let low: Double
    let high: Double

    /// The covered part of a place, as a share of the window.
    func weight(_ number: Int) -> Double {
      let place = Double(first + number)
      return count == 1 ? 1 : max(min(high, place + 1) - max(low, place), 0) / (high - low)
    }
  }

  private static func window(_ place: Int, old: Int, new: Int, scale: Double) -> Window {
    // By whole numbers, so that a window that ends at the edge of a place does not reach over it by a rounding.
    let first = place * old / new
    let end = max(((place + 1) * old + new - 1) / new, first + 1)
    return Window(first: first, count: end - first, low: Double(place) * scale, high: Double(place + 1) * scale)
  }
}
