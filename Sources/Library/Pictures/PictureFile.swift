import Formats
import Graphics
import Interpreter

/// Pictures and plots written to files.
enum PictureFile {
  /// How a picture is written.
  struct Options {
    /// How many times as large; nil: as it is.
    var scale: Double?
    /// Of a plot, in pixels; nil: as the plot has it.
    var width: Int?
    var height: Int?
  }

  /// Writes an image, a plot or a tensor in the format that the path ends with, and says what is not as it is.
  ///
  /// - Returns: false where the value is none of these.
  static func write(_ value: Value, to path: String, _ options: Options, in session: Session) throws -> Bool {
    guard case .object(let object) = value else { return false }
    if let plot = (object as? PlotValue)?.plot {
      let scale = options.scale ?? 1
      let drawing = try drawing(of: plot, options, scale)
      let (leftOut, points) = try ImageFile.write(drawing, to: path)
      if leftOut > 0 {
        session.emit(
          .message(
            "\(points - leftOut) of \(points) points are in \(path): those beside them would be hidden or outside of the frame"))
      }
      return true
    }
    guard options.width == nil, options.height == nil else {
      throw Failure(
        "a picture has a size of its own", [(.argument(options.width == nil ? "height" : "width"), "")],
        advice: "Width and height are those of a plot; `scale: 4` makes pixels larger.")
    }
    if options.scale == nil, let drawing = (object as? ImageValue)?.drawing, FileFormat.named(path)?.writers.drawing != nil {
      try ImageFile.write(drawing, to: path)
      return true
    }
    guard var raster = try Pictures.raster(of: value) else { return false }
    if let scale = options.scale {
      guard scale == scale.rounded(), scale >= 1, scale <= 1000 else {
        throw Failure(
          "pixels become larger by a whole factor", [(.argument("scale"), scale.brief)],
          advice: "Give a whole number from 1 to 1000.")
      }
      raster = try raster.scaledUp(by: Int(scale))
    }
    try ImageFile.write(raster, to: path)
    return true
  }

  private static func drawing(of plot: Plot, _ options: Options, _ scale: Double) throws -> Drawing {
    guard scale.isFinite, scale >= 0.25, scale <= 20 else {
      throw Failure(
        "a plot is written 0.25 to 20 times as large", [(.argument("scale"), scale.brief)],
        advice: "2 or 3 are good for a projector.")
    }
    var plot = plot
    plot.width = options.width ?? plot.width
    plot.height = options.height ?? plot.height
    let drawing = try plot.drawing(scale: scale)
    guard drawing.width <= 16_384, drawing.height <= 16_384 else {
      throw Failure(
        "a plot of \(drawing.width)×\(drawing.height) pixels is too large", [(.argument("scale"), scale.brief)],
        advice: "Its sides are at most 16384 pixels; .svg and .pdf are sharp in every size.")
    }
    return drawing
  }
}
