import Base

/// How much may come out of a compressed file: a small one can promise a thousand times its size.
public struct Unfolding: Sendable {
  /// In bytes; nil: as much as is plausible.
  public let limit: Int?

  /// What is plausible: 256 MB, or a hundred times the size of the file, and no more than 2 GB.
  public static let plausible = Unfolding(limit: nil)

  static let alwaysAllowed = 256_000_000
  static let plausibleRatio = 100
  static let largestByteCount = 2_000_000_000

  /// A limit that is known; nil: as much as is plausible.
  public init(limit: Int?) { self.limit = limit }

  /// How much may come out of a file of this size.
  func byteCount(from size: Int) -> Int {
    limit
      ?? min(
        max(Unfolding.alwaysAllowed, size.multipliedReportingOverflow(by: Unfolding.plausibleRatio).partialValue),
        Unfolding.largestByteCount)
  }

  /// What is said of a file out of which more comes than `limit`, of which no more is known.
  func excess(over limit: Int, from size: Int, path: String) -> FormatError {
    FormatError(
      title: "the file unfolds to more than it may",
      advice: "More than \(SizeText.bytes(limit)) would come out of \(SizeText.bytes(size)). "
        + "If that is right, say how many may: load(path, limit: 1e9).", path: path)
  }

  /// Refuses what is too much, before anything is unfolded.
  ///
  /// - Parameter count: of bytes that are to come out.
  /// - Throws: `FormatError` where they are more than may be, or than there is memory for.
  func check(_ count: Int, from size: Int, path: String) throws {
    let most = byteCount(from: size)
    guard count <= most else {
      throw FormatError(
        title: "the file unfolds to more than it may",
        advice: "\(SizeText.bytes(count)) would come out of \(SizeText.bytes(size)); the limit is \(SizeText.bytes(most)). "
          + "If that is right, lift it: load(path, limit: \(count)).", path: path)
    }
    try Memory.require(count, for: "what comes out of the file", path)
  }
}
