/// What it takes to bring pictures of one size, or a part of them, to another: worked out once, used for many.
public struct Resampler: Sendable {
  /// Of the pictures that are resized, in pixels.
  public let oldWidth: Int
  /// Of the pictures that are resized, in pixels.
  public let oldHeight: Int
  /// Of the results, in pixels.
  let newWidth: Int
  /// Of the results, in pixels.
  let newHeight: Int
  private let part: Raster.Part
  private let columns: ResampledAxis
  private let rows: ResampledAxis

  /// Rows of the given picture in the new width that are kept while new rows use them. Only filters wider than this
  /// work some of them out again.
  private static let keptRowLimit = 64

  /// Works out the weights for both axes.
  ///
  /// - Parameter part: what of the pictures is brought to the new size; by default all of them.
  /// - Throws: a `GraphicsError` where a side is below 1, the part reaches beyond the picture, or a picture of that size would be too
  ///   large.
  public init(
    from old: (width: Int, height: Int), part: Raster.Part? = nil, to new: (width: Int, height: Int),
    filter: Raster.Filter = .automatic
  ) throws {
    for size in [old, new] { _ = try Raster.byteCount(width: size.width, height: size.height, channels: 1) }
    let part = part ?? Raster.Part(of: old)
    guard part.columns.lowerBound >= 0, part.columns.upperBound <= Double(old.width), !part.columns.isEmpty,
      part.rows.lowerBound >= 0, part.rows.upperBound <= Double(old.height), !part.rows.isEmpty
    else {
      throw GraphicsError(
        title: "the part lies outside of the picture", advice: "The picture is \(old.width)×\(old.height) pixels.")
    }
    (oldWidth, oldHeight) = old
    (newWidth, newHeight) = new
    self.part = part
    columns = ResampledAxis(from: old.width, part: part.columns, to: new.width, filter: filter)
    rows = ResampledAxis(from: old.height, part: part.rows, to: new.height, filter: filter)
  }

  /// Whether it is made for this part of pictures of this size, and for this size of results.
  func brings(_ old: (width: Int, height: Int), _ part: Raster.Part, to new: (width: Int, height: Int)) -> Bool {
    old == (oldWidth, oldHeight) && new == (newWidth, newHeight) && part == self.part
  }

  /// The picture in the new size, its channels and its depth kept. Values are mixed as they are stored.
  ///
  /// - Throws: a `GraphicsError` where the picture's size is not the one that the resampler was made for.
  public func resize(_ raster: Raster) throws -> Raster {
    let channels = raster.channels
    let count = try Raster.byteCount(width: newWidth, height: newHeight, channels: channels)
    guard raster.width == oldWidth, raster.height == oldHeight else {
      throw GraphicsError(
        title: "the picture has another size", advice: "It is \(raster.width)×\(raster.height), not \(oldWidth)×\(oldHeight).")
    }
    if let words = raster.words {
      return Raster(trusted: newWidth, newHeight, channels, words: resize(words, channels: channels, count: count))
    }
    return Raster(trusted: newWidth, newHeight, channels, resize(raster.bytes, channels: channels, count: count))
  }

  private func resize<Sample: FixedWidthInteger>(_ samples: [Sample], channels: Int, count: Int) -> [Sample] {
    let rowLength = newWidth * channels
    let slots = min(rows.widest, Resampler.keptRowLimit)
    let largest = Float(Sample.max)
    var kept = [Float](repeating: 0, count: slots * rowLength)
    var keptRows = [Int](repeating: -1, count: slots)
    var sums = [Float](repeating: 0, count: rowLength)
    return [Sample](unsafeUninitializedCapacity: count) { result, initialized in
      samples.withUnsafeBufferPointer { samples in
        kept.withUnsafeMutableBufferPointer { kept in
          sums.withUnsafeMutableBufferPointer { sums in
            for y in 0..<newHeight {
              let window = rows.windows[y]
              sums.update(repeating: 0)
              for step in 0..<window.count {
                let source = window.start + step
                let slot = source % slots
                let row = UnsafeMutableBufferPointer(rebasing: kept[slot * rowLength..<(slot + 1) * rowLength])
                if keptRows[slot] != source {
                  resample(samples, from: source * oldWidth * channels, channels: channels, into: row)
                  keptRows[slot] = source
                }
                let weight = rows.weights[window.firstWeight + step]
                for index in 0..<rowLength { sums[index] += weight * row[index] }
              }
              for index in 0..<rowLength {
                result[y * rowLength + index] = Sample(min(max(sums[index], 0), largest).rounded())
              }
            }
          }
        }
      }
      initialized = count
    }
  }

  /// Brings one row to the new width.
  private func resample<Sample: FixedWidthInteger>(
    _ samples: UnsafeBufferPointer<Sample>, from start: Int, channels: Int, into row: UnsafeMutableBufferPointer<Float>
  ) {
    columns.windows.withUnsafeBufferPointer { windows in
      columns.weights.withUnsafeBufferPointer { weights in
        for x in 0..<newWidth {
          let window = windows[x]
          for channel in 0..<channels {
            var sum: Float = 0
            var place = start + window.start * channels + channel
            for index in window.firstWeight..<window.firstWeight + window.count {
              sum += weights[index] * Float(samples[place])
              place += channels
            }
            row[x * channels + channel] = sum
          }
        }
      }
    }
  }
}
