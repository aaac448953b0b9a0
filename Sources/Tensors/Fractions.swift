import Kernels

/// Whole numbers that stand for fractions of the greatest one, as pictures hold them: 255 is 1.
public enum Fractions {
  /// Writes byte / 255 for each byte. Both have the same count, which the caller must ensure.
  public static func convert(_ bytes: UnsafeBufferPointer<UInt8>, into floats: UnsafeMutablePointer<Float>) {
    guard let start = bytes.baseAddress else { return }
    gan_floats_of_bytes(start, 255, floats, Int64(bytes.count))
  }

  /// Writes word / 65535 for each word of 16 bits, as above.
  public static func convert(_ words: UnsafeBufferPointer<UInt16>, into floats: UnsafeMutablePointer<Float>) {
    guard let start = words.baseAddress else { return }
    gan_floats_of_words(start, 65535, floats, Int64(words.count))
  }
}
