/// The numbers of samples as they are kept in memory: as small as the file has them.
public enum SampleNumbers: Equatable, Sendable {
  /// Of pictures with 8 bits a channel: 255 stands for 1.
  case bytes([UInt8])
  /// Of pictures with 16 bits a channel: 65535 stands for 1.
  case words([UInt16])
  /// As they are.
  case floats([Float])

  /// Samples of `length` numbers each, by their places.
  func rows(_ places: [Int], length: Int) -> SampleNumbers {
    func chosen<Number>(_ numbers: [Number]) -> [Number] {
      Array(places.map { numbers[$0 * length..<($0 + 1) * length] }.joined())
    }
    return switch self {
    case .bytes(let bytes): .bytes(chosen(bytes))
    case .words(let words): .words(chosen(words))
    case .floats(let floats): .floats(chosen(floats))
    }
  }
}

/// Numbers of pictures in a shape [n, height, width] or [n, height, width, channels].
public struct PictureArray: Equatable, Sendable {
  /// The length of each axis.
  public var shape: [Int]
  /// In row-major order; as many as the shape says.
  public var bytes: [UInt8]
}
