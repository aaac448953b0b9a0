/// Pictures of one size laid out in rows and columns, which knows how: so that fewer of them can be shown where there is little room.
public struct Sheet: Sendable {
  /// All of them, laid out.
  public let raster: Raster
  /// How many there are, at least 1.
  public let count: Int
  /// How many are beside one another in a full row.
  public let columns: Int
  /// The pixels between two pictures.
  public let padding: Int
  /// The size of each picture in pixels.
  public let tile: (width: Int, height: Int)
  /// Whether nobody asked for this number of columns.
  public let isFree: Bool

  /// Lays out pictures as `Grid.arrange` does.
  ///
  /// - Throws: what `Grid.arrange` throws.
  public init(_ pictures: [Raster], columns: Int? = nil, padding: Int = 0) throws {
    raster = try Grid.arrange(pictures, columns: columns, padding: padding)
    count = pictures.count
    let wanted = columns ?? Grid.nearSquareColumns(pictures.count)
    self.columns = min(wanted, pictures.count)
    self.padding = padding
    tile = (pictures.first?.width ?? 1, pictures.first?.height ?? 1)
    isFree = columns == nil
  }

  /// How many rows there are.
  public var rows: Int { (count - 1) / columns + 1 }

  /// Some of the pictures: where the columns are free the first ones in their order, else the first columns of the first rows.
  ///
  /// - Throws: a `GraphicsError` where rows or columns are below 1.
  public func part(rows: Int, columns: Int) throws -> (raster: Raster, count: Int) {
    let all = try Grid.cut(raster, rows: self.rows, columns: self.columns, padding: padding)
    guard isFree else {
      var kept: [Raster] = []
      for row in 0..<min(rows, self.rows) {
        for column in 0..<min(columns, self.columns) where row * self.columns + column < all.count {
          kept.append(all[row * self.columns + column])
        }
      }
      let number = (0..<min(rows, self.rows)).reduce(0) { sum, row in
        sum + max(0, min(min(columns, self.columns), count - row * self.columns))
      }
      return (try Grid.arrange(kept, columns: min(columns, self.columns), padding: padding), number)
    }
    let kept = Array(all.prefix(min(count, rows * columns)))
    return (try Grid.arrange(kept, columns: columns, padding: padding), kept.count)
  }
}
