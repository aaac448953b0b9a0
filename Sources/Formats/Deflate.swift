import Base
import CZlib

/// Bytes compressed and decompressed with zlib, never to more than the caller allows.
enum Deflate {
  enum Wrapping {
    case gzip
    /// As inside PNG and PDF (RFC 1950).
    case zlib
    /// As inside zip files.
    case none

    var windowBits: Int32 {
      switch self {
      case .gzip: return 15 + 16
      case .zlib: return 15
      case .none: return -15
      }
    }
  }

  enum Failure: Error {
    case truncated
    case corrupt
    /// More than the allowed number of bytes come out.
    case tooLarge
    /// There is no memory for what comes out.
    case shortage(Memory.Shortage)
  }

  /// Deflate cannot compress better than this: every claim beyond it is false (zlib's technical details).
  static let largestRatio = 1032

  /// All bytes, at most `limit` of them. Several gzip members in a row are one file, as the format says.
  static func decompress(_ input: UnsafeBufferPointer<UInt8>, wrapping: Wrapping, limit: Int) throws(Failure) -> [UInt8] {
    let output = try inflate(input, wrapping: wrapping, limit: limit, wholly: true)
    return output
  }

  /// The first `count` bytes, or fewer if there are fewer; whatever follows is not looked at.
  static func prefix(_ input: UnsafeBufferPointer<UInt8>, wrapping: Wrapping, count: Int) throws(Failure) -> [UInt8] {
    try inflate(input, wrapping: wrapping, limit: count, wholly: false)
  }

  private static func inflate(
    _ input: UnsafeBufferPointer<UInt8>, wrapping: Wrapping, limit: Int, wholly: Bool
  ) throws(Failure) -> [UInt8] {
    guard let start = input.baseAddress, input.count > 0 else { throw .truncated }
    var stream = z_stream()
    guard
      inflateInit2_(&stream, wrapping.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .corrupt }
    defer { inflateEnd(&stream) }
    var consumed = 0
    var output: [UInt8] = []
    try makeRoom(in: &output, for: min(limit, max(input.count, 1 << 12)))
    // One byte more than allowed tells a full buffer from one that overflows.
    var chunk = [UInt8](repeating: 0, count: min(limit, 1 << 16) + 1)
    while true {
      let offered = min(input.count - consumed, 1 << 30)
      let room = min(chunk.count, limit - output.count + 1)
      var produced = 0
      let status = chunk.withUnsafeMutableBufferPointer { chunk in
        stream.next_in = UnsafeMutablePointer(mutating: start + consumed)
        stream.avail_in = UInt32(offered)
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(room)
        let status = CZlib.inflate(&stream, Z_NO_FLUSH)
        consumed += offered - Int(stream.avail_in)
        produced = room - Int(stream.avail_out)
        return status
      }
      try makeRoom(in: &output, for: produced)
      output.append(contentsOf: chunk[..<produced])
      if output.count > limit {
        guard wholly else { return Array(output[..<limit]) }
        throw .tooLarge
      }
      switch status {
      case Z_OK: if !wholly, output.count == limit { return output }
      case Z_STREAM_END:
        let rest = UnsafeBufferPointer(rebasing: input[consumed...])
        guard wrapping == .gzip, rest.count >= 2, rest[0] == 0x1f, rest[1] == 0x8b else {
          // Archivers fill up with zeros; anything else behind the end is not ours.
          guard !wholly || wrapping != .gzip || rest.allSatisfy({ $0 == 0 }) else { throw .corrupt }
          return output
        }
        guard inflateReset(&stream) == Z_OK else { throw .corrupt }
      case Z_BUF_ERROR where consumed == input.count: throw .truncated
      default: throw .corrupt
      }
    }
  }

  private static func makeRoom(in bytes: inout [UInt8], for count: Int) throws(Failure) {
    do throws(Memory.Shortage) { try bytes.makeRoom(for: count) } catch { throw .shortage(error) }
  }

  static func compress(_ input: [UInt8], wrapping: Wrapping, level: Int32 = 6) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, level, Z_DEFLATED, wrapping.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .corrupt }
    defer { deflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var consumed = 0
    var status = Z_OK
    while status == Z_OK {
      let offered = min(input.count - consumed, 1 << 30)
      let last = consumed + offered == input.count
      var produced = 0
      status = input.withUnsafeBufferPointer { input in
        chunk.withUnsafeMutableBufferPointer { chunk in
          stream.next_in = input.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
          stream.avail_in = UInt32(offered)
          stream.next_out = chunk.baseAddress
          stream.avail_out = UInt32(chunk.count)
          let status = CZlib.deflate(&stream, last ? Z_FINISH : Z_NO_FLUSH)
          consumed += offered - Int(stream.avail_in)
          produced = chunk.count - Int(stream.avail_out)
          return status
        }
      }
      try makeRoom(in: &output, for: produced)
      output.append(contentsOf: chunk[..<produced])
    }
    guard status == Z_STREAM_END else { throw .corrupt }
    return output
  }
}
