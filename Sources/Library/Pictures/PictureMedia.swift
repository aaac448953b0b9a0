import Formats
import Graphics
import Interpreter

extension Medium where Content == Raster {
  /// A picture's own pixels, for a sink that draws it itself.
  public static var raster: Medium { Medium("application/vnd.gan.raster") }
}

extension Medium where Content == Sheet {
  /// Pictures laid out, for a sink that may have room for some of them only.
  public static var sheet: Medium { Medium("application/vnd.gan.sheet") }
}

extension Medium where Content == Drawing {
  /// What was drawn, for a sink that puts it into pixels in colors of its own.
  public static var drawing: Medium { Medium("application/vnd.gan.drawing") }
}

extension Medium where Content == Plot {
  /// What a plot draws: its series and axes as numbers, for a sink that draws it at a size of its own.
  public static var plot: Medium { Medium("application/vnd.gan.plot") }
}

extension Representation {
  /// A picture for sinks that draw pixels, and for those that want a file.
  static func picture(_ raster: @escaping () throws -> Raster) -> [Representation] {
    [
      Representation(.raster, make: raster),
      Representation(.png) { try ImageFile.png(raster()) },
    ]
  }

  /// A picture as lines, shapes and text.
  static func svg(_ drawing: @escaping () throws -> Drawing) -> Representation {
    Representation(.svg) { try ImageFile.svg(drawing()) }
  }

  /// What a picture is, for sinks that show none.
  static func standIn(_ text: @escaping () throws -> String) -> Representation {
    Representation(.text, isStandIn: true, make: text)
  }
}
