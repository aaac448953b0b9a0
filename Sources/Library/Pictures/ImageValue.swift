import Graphics
import Interpreter

/// A picture as a value of the language.
public final class ImageValue: Object {
  /// The picture itself.
  public let raster: Raster
  /// How it was laid out, where it is a sheet of pictures.
  let sheet: Sheet?

  /// What it is made of, where it was drawn and not read or computed: for files that keep lines and text.
  public let drawing: Drawing?

  /// The value of a picture.
  public init(_ raster: Raster) {
    self.raster = raster
    drawing = nil
    sheet = nil
  }

  /// The value of what was drawn.
  ///
  /// - Throws: a `GraphicsError` where the picture would exceed `Raster.largestByteCount`.
  public init(_ drawing: Drawing) throws {
    raster = try Canvas(drawing).raster
    self.drawing = drawing
    sheet = nil
  }

  /// The value of a sheet of pictures.
  init(_ sheet: Sheet) {
    raster = sheet.raster
    self.sheet = sheet
    drawing = nil
  }

  /// As `type` and errors name it.
  public var typeName: String { "image" }
  /// The measures that programs read.
  public var fieldNames: [String] { ["width", "height", "channels"] }

  /// Width and height in pixels, and the number of channels.
  public func field(_ name: String) throws -> Value? {
    switch name {
    case "width": .number(Double(raster.width))
    case "height": .number(Double(raster.height))
    case "channels": .number(Double(raster.channels))
    default: nil
    }
  }

  /// One line: width and height, and whether the picture is gray or in color.
  public func printed() throws -> String {
    "image of \(raster.width)×\(raster.height) pixels, \(raster.channels == 1 ? "gray" : "color")"
  }

  /// The picture, as it was drawn where it was, and the line that `printed` gives in place of it.
  public func representations() -> [Representation] {
    let drawn = drawing.map { drawing in [Representation(.drawing) { drawing }, Representation.svg { drawing }] } ?? []
    let laidOut = sheet.map { sheet in [Representation(.sheet) { sheet }] } ?? []
    return drawn + laidOut + Representation.picture { [raster] in raster } + [.standIn { try self.printed() }]
  }

  /// The image itself.
  public func portrait() throws -> (any Object)? { self }

  /// Images are equal where all their pixels are.
  public func isEqual(_ other: Value) throws -> Bool? {
    guard case .object(let object) = other, let other = object as? ImageValue else { return false }
    return raster == other.raster
  }
}

extension Kind {
  static let image = Kind.object(ImageValue.self, "an image", word: "image")
}
