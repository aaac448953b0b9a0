/// How a picture of another aspect is brought to a size.
public enum Fit: String, CaseIterable, Sendable {
  /// It covers the size, and what reaches beyond is cut off, on both sides alike (`ImageOps.fit` of Pillow).
  case crop
  /// It lies within the size as a whole, in the middle; what it does not cover is black (`ImageOps.pad` of Pillow).
  case pad
  /// Both sides are brought to the size, each by its own factor.
  case stretch

  /// What of a picture is used for one of a new size.
  public func part(of old: (width: Int, height: Int), for new: (width: Int, height: Int)) -> Raster.Part {
    switch self {
    case .crop: Raster.Part(of: old, withAspectOf: new)
    case .pad, .stretch: Raster.Part(of: old)
    }
  }

  /// The size that the part is brought to: within the new size for `pad`, else the new size.
  public func inner(of old: (width: Int, height: Int), for new: (width: Int, height: Int)) -> (width: Int, height: Int) {
    switch self {
    case .crop, .stretch: return new
    case .pad:
      let (aspect, wanted) = (Double(old.width) / Double(old.height), Double(new.width) / Double(new.height))
      func side(_ length: Double) -> Int { max(Int(length.rounded(.toNearestOrEven)), 1) }
      if aspect > wanted { return (new.width, side(Double(old.height) / Double(old.width) * Double(new.width))) }
      if aspect < wanted { return (side(Double(old.width) / Double(old.height) * Double(new.height)), new.height) }
      return new
    }
  }

  /// The size down to which a picture may be reduced before, by a decoder that can, without losing anything that the new size shows.
  public func leastSize(of old: (width: Int, height: Int), for new: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let part = part(of: old, for: new)
    let inner = inner(of: old, for: new)
    func side(_ length: Int, _ part: Range<Double>, _ new: Int) -> Int {
      Int((Double(length) * Double(new) / (part.upperBound - part.lowerBound)).rounded(.up))
    }
    return (side(old.width, part.columns, inner.width), side(old.height, part.rows, inner.height))
  }
}

/// Brings pictures to one size, one after another; what it takes is worked out once for pictures of one size.
public struct Fitting: Sendable {
  /// Of the results, in pixels.
  public let size: (width: Int, height: Int)
  /// How pictures of another aspect are brought to it.
  public let fit: Fit
  private let filter: Raster.Filter
  private var resampler: Resampler?

  /// What brings pictures to this size.
  ///
  /// - Throws: a `GraphicsError` for a size that no picture has.
  public init(width: Int, height: Int, fit: Fit, filter: Raster.Filter = .automatic) throws {
    _ = try Raster.byteCount(width: width, height: height, channels: 1)
    size = (width, height)
    self.fit = fit
    self.filter = filter
  }

  /// The picture in the size, its channels and depth kept.
  ///
  /// - Throws: a `GraphicsError` where the result would be too large.
  public mutating func fitted(_ raster: Raster) throws -> Raster {
    let old = (raster.width, raster.height)
    guard old != size else { return raster }
    let part = fit.part(of: old, for: size)
    let inner = fit.inner(of: old, for: size)
    // What is only cut off or laid into the middle keeps its pixels.
    if let cut = part.pixels, (cut.width, cut.height) == inner {
      return try raster.cropped(x: cut.x, y: cut.y, width: cut.width, height: cut.height).centered(
        width: size.width, height: size.height)
    }
    let fitting: Resampler
    if let resampler, resampler.brings(old, part, to: inner) {
      fitting = resampler
    } else {
      fitting = try Resampler(from: old, part: part, to: inner, filter: filter)
      resampler = fitting
    }
    return try fitting.resize(raster).centered(width: size.width, height: size.height)
  }
}

extension Raster {
  /// The picture in another size, in which nothing is squashed unless `fit` says so.
  ///
  /// - Throws: a `GraphicsError` for a size that no picture has.
  public func fitted(width: Int, height: Int, fit: Fit = .crop) throws -> Raster {
    var fitting = try Fitting(width: width, height: height, fit: fit)
    return try fitting.fitted(self)
  }
}
