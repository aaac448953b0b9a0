extension Raster {
  /// How the pixels of a resized picture come from those of the given one.
  public enum Filter: Sendable {
    /// The mean over the area that a new pixel covers where a side shrinks, `cubic` where it grows.
    case automatic
    /// The mean over the covered area, each pixel weighted by its covered part.
    case area
    /// Straight lines between pixel centres (a triangle, widened when shrinking).
    case linear
    /// Keys' cubic with a = −1/2 ("Cubic convolution interpolation", 1981), widened when shrinking.
    case cubic
    /// The pixel under the new pixel's centre.
    case nearest
  }

  /// The picture in another size. Each side is treated on its own, so the work grows with the number of pixels; at the
  /// edges the weights of the pixels that exist are made to add up to 1. Values are mixed as they are stored.
  public func resized(width newWidth: Int, height newHeight: Int, filter: Filter = .automatic) throws -> Raster {
    let count = try Raster.byteCount(width: newWidth, height: newHeight, channels: channels)
    guard newWidth != width || newHeight != height else { return self }
    let columns = ResampledAxis(from: width, to: newWidth, filter: filter)
    let rows = ResampledAxis(from: height, to: newHeight, filter: filter)
    let rowLength = newWidth * channels
    let channels = self.channels
    let width = self.width
    // One row of the given picture at a time is brought to the new width, and added to the new rows that it touches.
    // The new rows' windows only move down, so a ring of finished rows is not needed: rows are kept while in use.
    let narrowed = [Float](unsafeUninitializedCapacity: height * rowLength) { narrowed, initialized in
      bytes.withUnsafeBufferPointer { bytes in
        for y in 0..<height {
          let source = y * width * channels
          for x in 0..<newWidth {
            let window = columns.windows[x]
            for channel in 0..<channels {
              var sum: Float = 0
              var place = source + window.start * channels + channel
              for weight in window.firstWeight..<window.firstWeight + window.count {
                sum += columns.weights[weight] * Float(bytes[place])
                place += channels
              }
              narrowed[y * rowLength + x * channels + channel] = sum
            }
          }
        }
      }
      initialized = height * rowLength
    }
    let result = [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
      narrowed.withUnsafeBufferPointer { narrowed in
        var sums = [Float](repeating: 0, count: rowLength)
        for y in 0..<newHeight {
          let window = rows.windows[y]
          for index in 0..<rowLength { sums[index] = 0 }
          for step in 0..<window.count {
            let weight = rows.weights[window.firstWeight + step]
            let source = (window.start + step) * rowLength
            for index in 0..<rowLength { sums[index] += weight * narrowed[source + index] }
          }
          for index in 0..<rowLength {
            result[y * rowLength + index] = UInt8(min(max(sums[index], 0), 255).rounded())
          }
        }
      }
      initialized = count
    }
    return Raster(trusted: newWidth, newHeight, channels, result)
  }
}

/// For each new pixel along one side: which given pixels it is made of, and with what weights (they add up to 1).
struct ResampledAxis {
  struct Window {
    let start: Int
    let firstWeight: Int
    let count: Int
  }

  private(set) var windows: [Window] = []
  private(set) var weights: [Float] = []

  init(from old: Int, to new: Int, filter: Raster.Filter) {
    windows.reserveCapacity(new)
    let scale = Double(old) / Double(new)
    for index in 0..<new {
      switch filter {
      case .nearest:
        append(start: min(Int((Double(index) + 0.5) * scale), old - 1), weights: [1])
      case .area:
        appendArea(index, old: old, scale: scale)
      case .automatic:
        if new <= old {
          appendArea(index, old: old, scale: scale)
        } else {
          appendKernel(index, old: old, scale: scale, support: 2, ResampledAxis.cubic)
        }
      case .linear:
        appendKernel(index, old: old, scale: scale, support: 1) { max(0, 1 - abs($0)) }
      case .cubic:
        appendKernel(index, old: old, scale: scale, support: 2, ResampledAxis.cubic)
      }
    }
  }

  private mutating func append(start: Int, weights new: [Double]) {
    let sum = new.reduce(0, +)
    windows.append(Window(start: start, firstWeight: weights.count, count: new.count))
    weights.append(contentsOf: new.map { Float($0 / sum) })
  }

  private mutating func appendArea(_ index: Int, old: Int, scale: Double) {
    let low = Double(index) * scale
    let high = min(Double(index + 1) * scale, Double(old))
    let first = min(Int(low), old - 1)
    let last = max(first, min(Int(high.rounded(.up)) - 1, old - 1))
    append(
      start: first,
      weights: (first...last).map { max(min(high, Double($0 + 1)) - max(low, Double($0)), first == last ? 1 : 0) })
  }

  private mutating func appendKernel(
    _ index: Int, old: Int, scale: Double, support: Double, _ kernel: (Double) -> Double
  ) {
    let stretch = max(scale, 1)
    let center = (Double(index) + 0.5) * scale
    let first = max(Int((center - support * stretch).rounded(.down)), 0)
    let last = max(first, min(Int((center + support * stretch).rounded(.up)) - 1, old - 1))
    append(start: first, weights: (first...last).map { kernel((Double($0) + 0.5 - center) / stretch) })
  }

  private static func cubic(_ distance: Double) -> Double {
    let x = abs(distance)
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }
}
