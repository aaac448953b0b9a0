extension FileFormat {
  static let idx = FileFormat("IDX", "an IDX array", ["-ubyte"], reader: .pictures(IDX.numbers)) { head in
    guard Gzip.isCompressed(head) else { return IDX.begins(head) }
    return IDX.begins((try? Gzip.prefix(head, count: 4, path: "")) ?? [])
  }
}

/// The format of MNIST (Y. LeCun): a magic number with element kind and rank, the shape, then the numbers, all big-endian.
public enum IDX {
  /// The longest header: the magic number and 255 lengths.
  private static let headerLimit = 4 + 255 * 4

  /// What a file holds: bytes in three axes or more are pictures.
  public enum Numbers: Equatable, Sendable {
    case pictures(PictureArray)
    case array(NumericArray)

    /// The length of each axis.
    public var shape: [Int] {
      switch self {
      case .pictures(let pictures): pictures.shape
      case .array(let array): array.shape
      }
    }
  }

  /// Reads an IDX file, gzip-compressed or not.
  ///
  /// - Throws: `FormatError` where the file cannot be read, is cut off or contradicts its header.
  public static func read(_ path: String) throws -> NumericArray { try decode(unpacked(path), path: path) }

  /// The same, with pictures as the bytes that they are in the file.
  ///
  /// - Throws: as `read` does.
  public static func numbers(_ path: String, _ unfolding: Unfolding = .plausible) throws -> Numbers {
    var file = try unpacked(path, unfolding)
    let header = try wholeHeader(file, path: path)
    guard header.element == .uint8, header.shape.count >= 3 else { return .array(try decode(file, path: path)) }
    // In place: the pixels are not copied.
    file.removeFirst(header.size)
    return .pictures(PictureArray(shape: header.shape, bytes: file))
  }

  /// The bytes of an IDX file as they are without compression.
  private static func unpacked(_ path: String, _ unfolding: Unfolding = .plausible) throws -> [UInt8] {
    let file = try FileBytes.read(path)
    guard Gzip.isCompressed(file) else { return file }
    let start = try Gzip.prefix(file, count: headerLimit, path: path)
    let header = try Header(start, path: path)
    guard header.fileSize / Deflate.largestRatio <= file.count else {
      throw FormatError.corrupt(
        "IDX file", path,
        "It claims \(header.shape.count == 1 ? "a length" : "a shape") of \(header.shape), for which it is too short.")
    }
    try unfolding.check(header.fileSize, from: file.count, path: path)
    return try Gzip.decompress(file, path: path, limit: header.fileSize)
  }

  /// The array in the bytes of an uncompressed IDX file.
  static func decode(_ file: [UInt8], path: String) throws -> NumericArray {
    let header = try wholeHeader(file, path: path)
    return try file.withUnsafeBytes { bytes in
      let numbers = UnsafeRawBufferPointer(rebasing: bytes[header.size...])
      let values = try NumericArray.decode(numbers, as: header.element, bigEndian: true, path: path)
      return NumericArray(
        shape: header.shape, values: values, element: header.element,
        rounded: NumericArray.rounded(numbers, as: header.element, bigEndian: true, values))
    }
  }

  /// The header of a file that has as many bytes as it says.
  private static func wholeHeader(_ file: [UInt8], path: String) throws -> Header {
    let header = try Header(file, path: path)
    guard file.count >= header.fileSize else {
      throw FormatError.truncated(
        "IDX file", path, "Its header promises \(header.fileSize) bytes, there are \(file.count).")
    }
    guard file.count == header.fileSize else {
      throw FormatError.corrupt(
        "IDX file", path, "Its header promises \(header.fileSize) bytes, but there are \(file.count).")
    }
    return header
  }

  /// Whether bytes begin like an IDX file.
  static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && Header.element(bytes[2]) != nil && bytes[3] > 0
  }

  private struct Header {
    let element: NumericArray.Element
    let shape: [Int]
    let size: Int
    /// Of the header and all numbers, in bytes.
    let fileSize: Int

    init(_ bytes: [UInt8], path: String) throws {
      guard bytes.count >= 4 else { throw FormatError.truncated("IDX file", path) }
      guard bytes[0] == 0, bytes[1] == 0, let element = Header.element(bytes[2]), bytes[3] > 0 else {
        throw FormatError(
          title: "this is not an IDX file", advice: "It is \(Contents.describe(bytes)).", path: path)
      }
      let rank = Int(bytes[3])
      guard bytes.count >= 4 + 4 * rank else { throw FormatError.truncated("IDX file", path) }
      let shape = (0..<rank).map { axis in
        (0..<4).reduce(0) { $0 << 8 | Int(bytes[4 + 4 * axis + $1]) }
      }
      guard let count = NumericArray.count(of: shape) else { throw NumericArray.tooLarge(shape, "IDX file", path) }
      self.element = element
      self.shape = shape
      size = 4 + 4 * rank
      fileSize = size + count * element.byteCount
    }

    static func element(_ code: UInt8) -> NumericArray.Element? {
      switch code {
      case 0x08: return .uint8
      case 0x09: return .int8
      case 0x0b: return .int16
      case 0x0c: return .int32
      case 0x0d: return .float32
      case 0x0e: return .float64
      default: return nil
      }
    }
  }
}
