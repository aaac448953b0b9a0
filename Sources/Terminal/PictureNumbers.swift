import Glibc

/// Numbers for pictures, by which a terminal that replaces them knows them: others than those of earlier programs in the same window.
public struct PictureNumbers {
  private var last = 0
  private let base = Int(UInt32(truncatingIfNeeded: Int(getpid()) &* 2_654_435_761) >> 8) << 8

  /// Begins at another place in each process.
  public init() {}

  /// The next one. `isSmall`: 1…255, as colors have to tell it.
  public mutating func next(isSmall: Bool) -> Int {
    last += 1
    return isSmall ? (last + base >> 8) % 255 + 1 : max(1, base + last)
  }
}
