/// Pictures of one size laid out in rows and columns, and such a sheet cut up again.
public enum Grid {
  /// Lays out pictures of equal measures row by row from the top left.
  ///
  /// - Parameters:
  ///   - columns: the number of columns; by default the smallest whole number whose square holds them all, so that 64
  ///     pictures make 8×8.
  ///   - padding: the pixels between two pictures, and around all of them when `margin` says so.
  ///   - background: the gray level of the gaps and of unused places.
  /// - Throws: a `GraphicsError` where there is no picture, where their sizes or channels differ, or where the sheet would be
  ///   too large.
  public static func arrange(
    _ pictures: [Raster], columns: Int? = nil, padding: Int = 0, margin: Bool = false, background: UInt8 = 255
  ) throws -> Raster {
    guard let first = pictures.first else {
      throw GraphicsError(title: "there is no picture to lay out", advice: "A grid needs at least one picture.")
    }
    if let odd = pictures.firstIndex(where: {
      $0.width != first.width || $0.height != first.height || $0.channels != first.channels
    }) {
      throw GraphicsError(
        title: "the pictures of a grid must have one size",
        advice: "The first is \(describe(first)), number \(odd + 1) is \(describe(pictures[odd])).")
    }
    let columns = columns ?? nearSquareColumns(pictures.count)
    guard columns > 0, padding >= 0, padding <= 1 << 16 else {
      throw GraphicsError(
        title: "a grid cannot have \(columns) columns and a padding of \(padding)",
        advice: "It needs at least one column, and a padding from 0 to 65536.")
    }
    let used = min(columns, pictures.count)
    let rows = (pictures.count - 1) / columns + 1
    let outer = margin ? padding : 0
    var sheet = try Raster(
      width: try length(used, first.width, padding, outer), height: try length(rows, first.height, padding, outer),
      channels: first.channels, fill: background)
    for (index, picture) in pictures.enumerated() {
      try sheet.paste(
        picture, x: outer + index % columns * (first.width + padding), y: outer + index / columns * (first.height + padding))
    }
    return sheet
  }

  /// Cuts a sheet into `rows` × `columns` pictures, row by row: the inverse of `arrange`.
  ///
  /// - Throws: a `GraphicsError` where the sheet without its padding does not divide evenly.
  public static func cut(_ sheet: Raster, rows: Int, columns: Int, padding: Int = 0, margin: Bool = false) throws -> [Raster] {
    guard rows > 0, columns > 0, padding >= 0, rows <= sheet.height, columns <= sheet.width,
      padding <= max(sheet.width, sheet.height)
    else {
      throw GraphicsError(
        title: "the sheet cannot be cut into \(rows) rows and \(columns) columns with a padding of \(padding)",
        advice: "It measures \(sheet.width)×\(sheet.height) pixels, and takes 1 row and column or more, and a padding from 0 up.")
    }
    let outer = margin ? 2 * padding : 0
    let width = sheet.width - outer - padding * (columns - 1)
    let height = sheet.height - outer - padding * (rows - 1)
    guard width >= columns, height >= rows, width % columns == 0, height % rows == 0 else {
      throw GraphicsError(
        title: "the sheet cannot be cut evenly into \(rows) rows and \(columns) columns",
        advice: "\(sheet.width)×\(sheet.height) pixels less the padding leave \(width)×\(height).")
    }
    var pictures: [Raster] = []
    for row in 0..<rows {
      for column in 0..<columns {
        pictures.append(
          try sheet.cropped(
            x: outer / 2 + column * (width / columns + padding), y: outer / 2 + row * (height / rows + padding),
            width: width / columns, height: height / rows))
      }
    }
    return pictures
  }

  /// The smallest number of columns whose square holds `count` pictures.
  static func nearSquareColumns(_ count: Int) -> Int {
    guard count > 0 else { return 1 }
    return max(1, Int(Double(count).squareRoot().rounded(.up)))
  }

  private static func length(_ count: Int, _ side: Int, _ padding: Int, _ outer: Int) throws -> Int {
    let (pictures, overflow) = count.multipliedReportingOverflow(by: side + padding)
    guard !overflow else {
      throw GraphicsError(title: "the grid is too large", advice: "Lay out fewer pictures.")
    }
    return pictures - padding + 2 * outer
  }

  private static func describe(_ raster: Raster) -> String {
    "\(raster.width)×\(raster.height) with \(raster.channels) channel\(raster.channels == 1 ? "" : "s")"
  }
}
