import Base

extension Memory {
  /// Asks for so many bytes for what a file holds.
  ///
  /// - Parameter what: what needs them, as in "the file".
  /// - Throws: `FormatError` where there are fewer.
  static func require(_ bytes: Int, for what: String, _ path: String) throws(FormatError) {
    do {
      try require(bytes)
    } catch {
      throw FormatError.shortage(error, what, path)
    }
  }

  /// The same for so many elements of a type.
  static func require<Element>(_ count: Int, of type: Element.Type, for what: String, _ path: String) throws(FormatError) {
    do {
      try require(count, of: type)
    } catch {
      throw FormatError.shortage(error, what, path)
    }
  }
}
