import Glibc

/// A moment as text.
public enum DateText {
  /// Seconds since the beginning of 1970 in UTC, with their fraction.
  public static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Why a moment could not be written.
  public enum Failure: Error, Equatable {
    /// The format has a `%` before something that stands for no part of a date.
    case unknownPart(String)
    /// The moment is so far away that it has no date, or its text would be very long.
    case noDate
  }

  /// A moment in the format of C's `strftime`, with English names whatever the locale says.
  ///
  /// - Parameters:
  ///   - seconds: Since the beginning of 1970 in UTC; the part of a second is not shown.
  ///   - isUniversal: Whether it is shown in UTC, not in the local time.
  public static func text(_ seconds: Double, format: String, isUniversal: Bool) throws(Failure) -> String {
    guard var time = time_t(exactly: seconds.rounded(.down)) else { throw .noDate }
    let format = try completed(format, time)
    var parts = tm()
    guard (isUniversal ? gmtime_r(&time, &parts) : localtime_r(&time, &parts)) != nil else { throw .noDate }
    let locale = newlocale(1 << LC_TIME, "C", nil)
    defer { if let locale { freelocale(locale) } }
    guard let locale else { throw .noDate }
    for capacity in [256, 1 << 16] {
      var buffer = [CChar](repeating: 0, count: capacity)
      // 0 says that the buffer is too small; the blank makes sure that it never says that the text is empty.
      let count = strftime_l(&buffer, capacity, " " + format, &parts, locale)
      if count > 0 { return String(decoding: buffer[1..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    }
    throw .noDate
  }

  /// The letters of C that stand for parts of a date.
  private static let letters = Set("aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%".unicodeScalars)

  /// The format with the parts that do not depend on where one is put in, once all of its parts are known.
  private static func completed(_ format: String, _ time: time_t) throws(Failure) -> String {
    var result = ""
    var scalars = format.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      // A C string would end there.
      guard scalar.value != 0 else { throw .unknownPart("\\0") }
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      guard var letter = scalars.next() else { throw .unknownPart("%") }
      // Without zeros in front.
      let flag = letter == "-" ? "-" : ""
      if letter == "-" {
        guard let next = scalars.next() else { throw .unknownPart("%-") }
        letter = next
      }
      guard letters.contains(letter) else { throw .unknownPart("%\(flag)\(letter)") }
      result += letter == "s" ? "\(time)" : "%\(flag)\(letter)"
    }
    return result
  }
}
