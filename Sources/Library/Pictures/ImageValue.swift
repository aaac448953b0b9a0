import Graphics
import Interpreter

/// A picture as a value of the language.
public final class ImageValue: Object {
  public let raster: Raster

  public init(_ raster: Raster) { self.raster = raster }

  public var typeName: String { "image" }
  public var fieldNames: [String] { ["width", "height", "channels"] }

  public func field(_ name: String) throws -> Value? {
    switch name {
    case "width": .number(Double(raster.width))
    case "height": .number(Double(raster.height))
    case "channels": .number(Double(raster.channels))
    default: nil
    }
  }

  public func printed() throws -> String {
    "image of \(raster.width)×\(raster.height) pixels, \(raster.channels == 1 ? "gray" : "color")"
  }

  public func representations() -> [Representation] {
    Representation.picture { [raster] in raster } + [.standIn { try self.printed() }]
  }

  public func portrait() throws -> (any Object)? { self }

  public func isEqual(_ other: Value) throws -> Bool? {
    guard case .object(let object) = other, let other = object as? ImageValue else { return false }
    return raster == other.raster
  }
}

extension Kind {
  static let image = Kind.object(ImageValue.self, "an image", word: "image")
}
