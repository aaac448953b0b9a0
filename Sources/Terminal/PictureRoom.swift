import Graphics

/// The room for a picture, in pixels of whatever it is drawn with: how large it becomes, and how much of it is shown.
struct PictureRoom {
  let width: Int
  let height: Int

  /// The least side of a picture in which a digit can be read, in pixels; pictures that are smaller are never made smaller.
  static let legible = 14

  /// What is shown of a sheet: all of it, or as many of its pictures as are legible in the room, and a line that says how many of how many.
  func legiblePart(of sheet: Sheet) throws -> (raster: Raster, note: String?) {
    let raster = sheet.raster
    let side = min(sheet.tile.width, sheet.tile.height)
    let least = min(1, Double(PictureRoom.legible) / Double(side))
    let scale = min(Double(width) / Double(raster.width), Double(height) / Double(raster.height))
    if sheet.count == 1 || scale >= least { return (raster, nil) }
    func fitting(_ room: Int, _ tile: Int) -> Int {
      max(1, Int((Double(room) / least + Double(sheet.padding)) / Double(tile + sheet.padding)))
    }
    let columns = fitting(width, sheet.tile.width)
    let rows = fitting(height, sheet.tile.height)
    let part = try sheet.part(rows: rows, columns: min(columns, sheet.isFree ? sheet.count : sheet.columns))
    guard part.count < sheet.count else { return (part.raster, nil) }
    return (part.raster, "\(part.count) of \(sheet.count) pictures: there is no room for more that can be made out")
  }

  /// A picture made to fit: shrunk where it is too large, enlarged by a whole factor up to three quarters of the room's height.
  func fitted(_ picture: Raster, enlarges: Bool = true) throws -> Raster {
    let scale = min(Double(width) / Double(picture.width), Double(height) / Double(picture.height))
    if scale < 1 {
      return try picture.resized(
        width: max(1, min(width, Int((Double(picture.width) * scale).rounded()))),
        height: max(1, min(height, Int((Double(picture.height) * scale).rounded()))))
    }
    let factor = min(width / picture.width, height * 3 / 4 / picture.height)
    return enlarges && factor > 1 ? try picture.scaledUp(by: factor) : picture
  }
}
