/// Single files compressed with gzip.
public enum Gzip {
  /// The most bytes that may come out of one file: 2 GiB. A small file can promise a thousand times its size.
  public static let largestByteCount = 2 << 30

  static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.count >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b }

  /// The bytes before compression.
  ///
  /// - Throws: `FormatError` for a damaged or cut off file, and where more than `limit` bytes come out.
  public static func decompress(_ bytes: [UInt8], path: String, limit: Int = largestByteCount) throws -> [UInt8] {
    try explained(path, tooLarge: unpacksToMore(than: limit, path)) { () throws(Deflate.Failure) in
      try unsafelyBuffered(bytes) { (input) throws(Deflate.Failure) in
        try Deflate.decompress(input, wrapping: .gzip, limit: limit)
      }
    }
  }

  /// All bytes of a file, unpacked where it is compressed.
  ///
  /// - Throws: `FormatError` where it cannot be read, is damaged, or more comes out of it than may.
  static func unpacked(_ path: String, _ unfolding: Unfolding) throws -> [UInt8] {
    let file = try FileBytes.read(path)
    guard isCompressed(file) else { return file }
    let limit = unfolding.byteCount(from: file.count)
    return try explained(path, tooLarge: unfolding.excess(over: limit, from: file.count, path: path)) {
      () throws(Deflate.Failure) in
      try unsafelyBuffered(file) { (input) throws(Deflate.Failure) in
        try Deflate.decompress(input, wrapping: .gzip, limit: limit)
      }
    }
  }

  /// The first bytes before compression, to look at a header before room is made for the rest.
  static func prefix(_ bytes: [UInt8], count: Int, path: String) throws -> [UInt8] {
    try explained(path, tooLarge: unpacksToMore(than: count, path)) { () throws(Deflate.Failure) in
      try unsafelyBuffered(bytes) { (input) throws(Deflate.Failure) in
        try Deflate.prefix(input, wrapping: .gzip, count: count)
      }
    }
  }

  /// The bytes as a gzip file; `path` is named in errors.
  ///
  /// - Throws: `FormatError` where there is no memory left for it.
  public static func compress(_ bytes: [UInt8], path: String) throws -> [UInt8] {
    try explained(path, tooLarge: unpacksToMore(than: 0, path)) { () throws(Deflate.Failure) in
      try Deflate.compress(bytes, wrapping: .gzip)
    }
  }

  private static func unsafelyBuffered(
    _ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(Deflate.Failure) -> [UInt8]
  ) throws(Deflate.Failure) -> [UInt8] {
    try bytes.withUnsafeBufferPointer(body)
  }

  private static func unpacksToMore(than limit: Int, _ path: String) -> FormatError {
    FormatError(
      title: "the gzip file unpacks to more than it should", advice: "More than \(limit) bytes come out of it.", path: path)
  }

  private static func explained(
    _ path: String, tooLarge: @autoclosure () -> FormatError, _ body: () throws(Deflate.Failure) -> [UInt8]
  ) throws -> [UInt8] {
    do {
      return try body()
    } catch .truncated {
      throw FormatError.truncated("gzip file", path)
    } catch .corrupt {
      throw FormatError.corrupt("gzip file", path, "Its contents cannot be unpacked. Fetch or write it again.")
    } catch .shortage(let shortage) {
      throw FormatError.shortage(shortage, "the gzip file", path)
    } catch .tooLarge {
      throw tooLarge()
    }
  }
}
