/// A text that is parsed, with the name under which errors show it (a path, `<command line>`, `std/gan.gan`).
public final class Source: Sendable {
  /// The name under which errors show it.
  public let name: String
  /// All of it, as it was given.
  public let text: String
  /// Whether it belongs to the standard library, and is not the user's own.
  public let isLibrary: Bool
  /// The text's UTF-8, into which spans are offsets.
  public let bytes: [UInt8]
  /// The number of the first line: above 1 for a part of a file, whose errors show the lines of the file.
  public let firstLine: Int
  /// The offset at which each line begins.
  private let lineStarts: [Int32]

  /// A text under a name; `isLibrary` marks the standard library's own, `firstLine` a part of a file that begins in this line of it.
  public init(name: String, text: String, isLibrary: Bool = false, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.isLibrary = isLibrary
    self.firstLine = max(1, firstLine)
    let bytes = Array(text.utf8)
    self.bytes = bytes
    lineStarts = bytes.withUnsafeBufferPointer { bytes in
      var starts: [Int32] = [0]
      for offset in bytes.indices where bytes[offset] == UInt8(ascii: "\n") { starts.append(Int32(clamping: offset + 1)) }
      return starts
    }
  }

  /// The number of the line that holds `offset`, from `firstLine`.
  public func line(at offset: Int) -> Int { index(ofLineAt: offset) + firstLine }

  private func index(ofLineAt offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Line (from `firstLine`) and column (from 1) of `offset`; the column counts characters, not bytes.
  public func location(at offset: Int) -> (line: Int, column: Int) {
    let index = index(ofLineAt: offset)
    return (index + firstLine, text(of: Span(Int(lineStarts[index]), offset)).count + 1)
  }

  /// The stretch of line `number` (from `firstLine`), without its newline; empty where there is no such line.
  public func span(ofLine number: Int) -> Span {
    let index = number - firstLine
    guard lineStarts.indices.contains(index) else { return Span(bytes.count, bytes.count) }
    let lower = Int(lineStarts[index])
    var upper = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) - 1 : bytes.count
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    return Span(lower, upper)
  }

  /// The text of line `number` (from `firstLine`), without its newline.
  public func text(ofLine number: Int) -> String { text(of: span(ofLine: number)) }

  /// The text of a span, cut to what there is.
  public func text(of span: Span) -> String {
    let lower = min(max(Int(span.lower), 0), bytes.count)
    let upper = min(max(Int(span.upper), lower), bytes.count)
    return String(decoding: bytes[lower..<upper], as: UTF8.self)
  }
}
