/// The head of a request of HTTP/1.1 (RFC 9112), read strictly: what two programs could read in two ways is none.
struct RequestHead: Equatable {
  /// More bytes than these are no head: browsers send about 1,000.
  static let most = 16 << 10

  /// "GET".
  var method: String
  /// What is asked for, up to `?`, as it came.
  var path: String
  /// What stands behind `?`; nil where there is none.
  var query: String?
  /// Names in small letters, with their values, in the order of the head.
  var headers: [(name: String, value: String)]

  /// The head in the bytes before its empty line; nil where it is none.
  init?(_ bytes: [UInt8]) {
    // Every line ends by both of its signs, and holds no other sign that is none of a text.
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return nil }
    let pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var lines: [ArraySlice<UInt8>] = []
    for (place, piece) in pieces.enumerated() {
      let isLast = place + 1 == pieces.count
      guard isLast || piece.last == 0x0D else { return nil }
      let line = isLast ? piece : piece.dropLast()
      guard !line.contains(0x0D) else { return nil }
      lines.append(line)
    }
    guard let first = lines.first else { return nil }
    let words = first.split(separator: 0x20, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else { return nil }
    guard !words[0].isEmpty, words[0].utf8.allSatisfy(Self.isNameByte), words[1].hasPrefix("/") else { return nil }
    guard words[1].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    method = words[0]
    let parts = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = String(parts[0])
    query = parts.count > 1 ? String(parts[1]) : nil
    headers = []
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy(Self.isNameByte)
      else { return nil }
      let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
      let value = line[line.index(after: colon)...].drop(while: isBlank)
      let end = value.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? value.startIndex
      headers.append(
        (String(decoding: line[..<colon], as: UTF8.self).lowercased(), String(decoding: value[..<end], as: UTF8.self)))
    }
  }

  /// The value of a header that is there once; nil where it is missing, or there several times.
  func only(_ name: String) -> String? {
    let values = headers.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }

  /// Whether a header is there at all.
  func has(_ name: String) -> Bool { headers.contains { $0.name == name } }

  /// Whether a header's list of words holds one, in whatever case.
  func lists(_ name: String, _ word: String) -> Bool {
    headers.contains { header in
      header.name == name
        && header.value.split(separator: ",").contains { $0.lowercased().filter { $0 != " " && $0 != "\t" } == word }
    }
  }

  /// What a cookie holds; nil where there is none of this name.
  func cookie(_ name: String) -> String? {
    for header in headers where header.name == "cookie" {
      for part in header.value.split(separator: ";") {
        let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if pair.count == 2, pair[0] == name { return String(pair[1]) }
      }
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }

  static func == (first: RequestHead, second: RequestHead) -> Bool {
    (first.method, first.path, first.query) == (second.method, second.path, second.query)
      && first.headers.elementsEqual(second.headers, by: ==)
  }
}
