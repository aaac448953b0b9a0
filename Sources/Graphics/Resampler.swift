/// What it takes to bring pictures of one size to another: worked out once, used for many.
public struct Resampler: Sendable {
  /// Of the pictures that are resized, in pixels.
  public let oldWidth: Int
  /// Of the pictures that are resized, in pixels.
  public let oldHeight: Int
  /// Of the results, in pixels.
  let newWidth: Int
  /// Of the results, in pixels.
  let newHeight: Int
  private let columns: ResampledAxis
  private let rows: ResampledAxis

  /// Rows of the given picture in the new width that are kept while new rows use them. Only filters wider than this
  /// work some of them out again.
  private static let keptRowLimit = 64

  /// Works out the weights for both axes.
  ///
  /// - Throws: a `GraphicsError` where a side is below 1 or a picture of that size would be too large.
  public init(
    from old: (width: Int, height: Int), to new: (width: Int, height: Int), filter: Raster.Filter = .automatic
  ) throws {
    for size in [old, new] { _ = try Raster.byteCount(width: size.width, height: size.height, channels: 1) }
    (oldWidth, oldHeight) = old
    (newWidth, newHeight) = new
    columns = ResampledAxis(from: old.width, to: new.width, filter: filter)
    rows = ResampledAxis(from: old.height, to: new.height, filter: filter)
  }

  /// The picture in the new size, its channels kept. Values are mixed as they are stored.
  ///
  /// - Throws: a `GraphicsError` where the picture's size is not the one that the resampler was made for.
  public func resize(_ raster: Raster) throws -> Raster {
    let channels = raster.channels
    let count = try Raster.byteCount(width: newWidth, height: newHeight, channels: channels)
    guard raster.width == oldWidth, raster.height == oldHeight else {
      throw GraphicsError(
        title: "the picture has another size", advice: "It is \(raster.width)×\(raster.height), not \(oldWidth)×\(oldHeight).")
    }
    let rowLength = newWidth * channels
    let slots = min(rows.widest, Resampler.keptRowLimit)
    var kept = [Float](repeating: 0, count: slots * rowLength)
    var keptRows = [Int](repeating: -1, count: slots)
    var sums = [Float](repeating: 0, count: rowLength)
    let result = [UInt8](unsafeUninitializedCapacity: count) { result, initialized in
      raster.bytes.withUnsafeBufferPointer { bytes in
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
                  resample(bytes, from: source * oldWidth * channels, channels: channels, into: row)
                  keptRows[slot] = source
                }
                let weight = rows.weights[window.firstWeight + step]
                for index in 0..<rowLength { sums[index] += weight * row[index] }
              }
              for index in 0..<rowLength {
                result[y * rowLength + index] = UInt8(min(max(sums[index], 0), 255).rounded())
              }
            }
          }
        }
      }
      initialized = count
    }
    return Raster(trusted: newWidth, newHeight, channels, result)
  }

  /// Brings one row to the new width.
  private func resample(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, channels: Int, into row: UnsafeMutableBufferPointer<Float>
  ) {
    columns.windows.withUnsafeBufferPointer { windows in
      columns.weights.withUnsafeBufferPointer { weights in
        for x in 0..<newWidth {
          let window = windows[x]
          for channel in 0..<channels {
            var sum: Float = 0
            var place = start + window.start * channels + channel
            for index in window.firstWeight..<window.firstWeight + window.count {
              sum += weights[index] * Float(bytes[place])
              place += channels
            }
            row[x * channels + channel] = sum
          }
        }
      }
    }
  }
}
