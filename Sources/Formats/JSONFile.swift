import Base

extension FileFormat {
  static let json = FileFormat(
    "JSON", "a JSON file", [".json"], reader: .document(JSONFile.read),
    writers: Writers(document: { value, path in try JSONFile.write(value, to: path) }), resembles: JSONFile.resembles,
    begins: { _ in false })

  static let jsonLines = FileFormat(
    "JSON Lines", "a file of lines in JSON", [".jsonl", ".ndjson"], reader: .document(JSONFile.readLines),
    writers: Writers(document: { value, path in try JSONFile.writeLines(value, to: path) }), begins: { _ in false })
}

/// Data in JSON: one value, or one on each line.
enum JSONFile {
  /// How deep arrays and objects may lie in one another.
  static let depthLimit = 256

  static func read(_ path: String, _ encoding: TextEncoding?, _ unfolding: Unfolding) throws -> JSON {
    let text = try TextEncoding.utf8(Gzip.unpacked(path, unfolding), as: encoding, path: path)
    // Small values take several times the room of their text.
    try Memory.require(text.count, of: UInt64.self, for: "what the file holds", path)
    return try value(in: text[...], whole: text, path)
  }

  /// A list of the values on the lines; empty lines are passed over.
  static func readLines(_ path: String, _ encoding: TextEncoding?, _ unfolding: Unfolding) throws -> JSON {
    let text = try TextEncoding.utf8(Gzip.unpacked(path, unfolding), as: encoding, path: path)
    try Memory.require(text.count, of: UInt64.self, for: "what the file holds", path)
    let lines = text.split { $0 == 10 }.filter { $0.contains { $0 > 32 } }
    return .array(try lines.map { try value(in: $0, whole: text, path) })
  }

  private static func value(in part: ArraySlice<UInt8>, whole text: [UInt8], _ path: String) throws -> JSON {
    do throws(JSON.SyntaxError) {
      return try JSON(part, depthLimit: depthLimit, takesNaN: true)
    } catch {
      let place = part.startIndex + error.place
      let line = text[..<place].reduce(1) { $0 + ($1 == 10 ? 1 : 0) }
      let start = text[..<place].lastIndex(of: 10).map { $0 + 1 } ?? 0
      let column = String(decoding: text[start..<place], as: UTF8.self).unicodeScalars.count + 1
      throw FormatError(
        title: "the file is no JSON that can be read", advice: "Line \(line), column \(column): \(error.reason).", path: path)
    }
  }

  /// Whether a text begins as an object or a list does.
  static func resembles(_ head: [UInt8]) -> Bool {
    let rest = head.drop { $0 <= 32 }
    guard let first = rest.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return false }
    guard let next = rest.dropFirst().first(where: { $0 > 32 }) else { return false }
    return first == UInt8(ascii: "[") ? "[{\"-0123456789ntf]".utf8.contains(next) : "\"}".utf8.contains(next)
  }

  static func write(_ value: JSON, to path: String) throws {
    var text = ""
    try value.lay(into: &text, depth: 0)
    try AtomicFile.write(path, Array((text + "\n").utf8))
  }

  static func writeLines(_ value: JSON, to path: String) throws {
    guard case .array(let elements) = value else {
      throw FormatError(
        title: "a line in JSON is written for each element of a list", advice: "Save a list, or save as .json.", path: path)
    }
    var text = ""
    for element in elements {
      try element.layInLine(into: &text)
      text += "\n"
    }
    try AtomicFile.write(path, Array(text.utf8))
  }
}

extension JSON {
  /// Whether nothing lies in it.
  private var isScalar: Bool {
    switch self {
    case .null, .boolean, .number, .string: true
    case .array, .object: false
    }
  }

  /// Writes the value on one line, its members in their order.
  fileprivate func layInLine(into text: inout String) throws(Memory.Shortage) {
    switch self {
    case .null, .boolean, .number, .string: try text.grow(by: scalarText)
    case .array(let elements):
      text += "["
      for (place, element) in elements.enumerated() {
        if place > 0 { text += ", " }
        try element.layInLine(into: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (place, member) in members.enumerated() {
        if place > 0 { text += ", " }
        try text.grow(by: JSON.quoted(member.key) + ": ")
        try member.value.layInLine(into: &text)
      }
      text += "}"
    }
  }

  /// Writes the value for a person to read: what holds lists or objects has a line for each part of it.
  fileprivate func lay(into text: inout String, depth: Int) throws(Memory.Shortage) {
    let indent = "\n" + String(repeating: " ", count: 2 * (depth + 1))
    switch self {
    case .array(let elements) where !elements.allSatisfy(\.isScalar):
      text += "["
      for (place, element) in elements.enumerated() {
        text += place > 0 ? "," + indent : indent
        try element.lay(into: &text, depth: depth + 1)
      }
      text += indent.dropLast(2) + "]"
    case .object(let members) where members.count > 8 || !members.allSatisfy(\.value.isScalar):
      text += "{"
      for (place, member) in members.enumerated() {
        text += place > 0 ? "," + indent : indent
        try text.grow(by: JSON.quoted(member.key) + ": ")
        try member.value.lay(into: &text, depth: depth + 1)
      }
      text += indent.dropLast(2) + "}"
    case .null, .boolean, .number, .string, .array, .object: try layInLine(into: &text)
    }
  }
}
