extension Raster {
  /// A rectangle of a picture, in pixels; its edges may lie between pixels.
  public struct Part: Equatable, Sendable {
    /// The columns that it reaches over.
    public let columns: Range<Double>
    /// The rows that it reaches over.
    public let rows: Range<Double>

    private init(_ columns: Range<Double>, _ rows: Range<Double>) {
      (self.columns, self.rows) = (columns, rows)
    }

    /// All of a picture of this size.
    public init(of size: (width: Int, height: Int)) {
      self.init(0..<Double(max(size.width, 1)), 0..<Double(max(size.height, 1)))
    }

    /// The largest part in the middle of a picture that has another's aspect, as `ImageOps.fit` of Pillow says it; where nothing needs to be
    /// resized, at whole pixels.
    public init(of size: (width: Int, height: Int), withAspectOf other: (width: Int, height: Int)) {
      let (width, height) = (Double(max(size.width, 1)), Double(max(size.height, 1)))
      let (aspect, wanted) = (width / height, Double(max(other.width, 1)) / Double(max(other.height, 1)))
      func middle(_ whole: Double, _ part: Double, _ new: Int) -> Range<Double> {
        let part = min(max(part, 1), whole)
        let start = part == Double(new) ? ((whole - part) / 2).rounded(.down) : (whole - part) / 2
        return start..<start + part
      }
      if aspect == wanted {
        self.init(of: size)
      } else if aspect > wanted {
        self.init(middle(width, wanted * height, other.width), 0..<height)
      } else {
        self.init(0..<width, middle(height, width / wanted, other.height))
      }
    }

    /// The same in whole pixels; nil where an edge lies between pixels.
    var pixels: (x: Int, y: Int, width: Int, height: Int)? {
      guard let left = Int(exactly: columns.lowerBound), let right = Int(exactly: columns.upperBound),
        let top = Int(exactly: rows.lowerBound), let bottom = Int(exactly: rows.upperBound)
      else { return nil }
      return (left, top, right - left, bottom - top)
    }
  }
}
