/// What a file is, told by its first bytes.
enum Contents {
  /// A noun with its article, for "It is …".
  static func describe(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "empty" }
    if let format = FileFormat.beginning(bytes) { return format.noun }
    return isText(bytes) ? "a text file" : "of no kind that is known here"
  }

  /// Text has no control characters but spaces, and is UTF-8 (the last character of a piece may be cut).
  static func isText(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(1024)
    guard !head.isEmpty, !head.contains(where: { $0 < 9 || $0 > 13 && $0 < 32 && $0 != 27 }) else { return false }
    for cut in 0..<min(4, head.count) where String(validating: head.dropLast(cut), as: UTF8.self) != nil { return true }
    return false
  }
}
