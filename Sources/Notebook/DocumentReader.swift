import Formats
import Syntax

/// Reads a text as a document: line by line, and token by token where a `##` line may be prose or belong to code.
struct DocumentReader {
  private let bytes: [UInt8]
  /// The first offset of each line; the last ends where the text ends.
  private let starts: [Int]
  private var cells: [Cell] = []
  /// Where the text of the next cell begins.
  private var done = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts: [Int] = []
    var isStart = true
    for offset in bytes.indices {
      if isStart { starts.append(offset) }
      isStart = bytes[offset] == UInt8(ascii: "\n")
    }
    self.starts = starts
  }

  mutating func document(named name: String) -> Document {
    var line = 0
    var metadata: [String: JSON]?
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { done = 3 }
    if bytes[done...].starts(with: "#!".utf8) {
      done = end(of: 0)
      line = 1
    }
    if let end = endOfYAML(from: line) {
      done = self.end(of: end)
      line = end + 1
    }
    if line < starts.count, CellMarker.isMarker(content(line)), case let marker = CellMarker(line: Array(content(line))),
      marker.kind == .notebook
    {
      metadata = marker.properties.metadata
      done = end(of: line)
      line += 1
    }
    let head = text(0, done)
    while line < starts.count { line = readSegment(from: line) }
    return Document(name: name, head: head, cells: cells, tail: text(done, bytes.count), metadata: metadata)
  }

  /// The last line of the YAML that a text begins with in comments, as Jupytext and Quarto have it: between `# ---` and `# ---`, or `## ---`; nil
  /// where there is none.
  private func endOfYAML(from first: Int) -> Int? {
    guard first + 2 < starts.count else { return nil }
    let border = Self.withoutBlanksAtEnd(content(first))
    guard border.elementsEqual("# ---".utf8) || border.elementsEqual("## ---".utf8) else { return nil }
    let mark = border.dropLast(4)
    // Its first line names something: rulers around prose are none.
    let key = content(first + 1).dropFirst(mark.count + 1).prefix { $0 > 0x20 }
    guard key.count > 1, key.last == UInt8(ascii: ":") else { return nil }
    for line in first + 1..<starts.count {
      let words = Self.withoutBlanksAtEnd(content(line))
      guard words.starts(with: mark), [nil, UInt8(ascii: " ")].contains(words.dropFirst(mark.count).first) else { return nil }
      if words.elementsEqual(border) { return line }
    }
    return nil
  }

  private static func withoutBlanksAtEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.dropLast(line.reversed().prefix { [0x20, 0x09, 0x0D].contains($0) }.count)
  }

  // MARK: Lines

  /// The offset behind a line and its newline.
  private func end(of line: Int) -> Int { line + 1 < starts.count ? starts[line + 1] : bytes.count }

  /// A line without its newline; the mark of UTF-8 is none of the first one.
  private func content(_ line: Int) -> ArraySlice<UInt8> {
    var upper = end(of: line)
    if upper > starts[line], bytes[upper - 1] == UInt8(ascii: "\n") { upper -= 1 }
    return bytes[min(max(starts[line], done), upper)..<upper]
  }

  private func isBlank(_ line: Int) -> Bool { content(line).allSatisfy { [0x20, 0x09, 0x0D, 0x0B, 0x0C].contains($0) } }

  private func isMarker(_ line: Int) -> Bool { CellMarker.isMarker(content(line)) }

  private func text(_ lower: Int, _ upper: Int) -> String { String(decoding: bytes[lower..<max(lower, upper)], as: UTF8.self) }

  // MARK: Segments

  /// Reads what stands from a line, which may be a marker, up to the next marker; gives the line behind.
  private mutating func readSegment(from first: Int) -> Int {
    let marker = isMarker(first) ? CellMarker(line: Array(content(first))) : nil
    let begin = marker == nil ? first : first + 1
    if let marker, let count = marker.lineCount, let end = endOfCounted(count, from: begin) {
      let kind = Self.kind(of: marker)
      let lines = (begin..<begin + count).map { kind == .code ? content($0) : unmarked(content($0), kind == .raw ? 1 : 2) }
      add(kind, lines, begin..<begin + count, marker)
      return end
    }
    var end = begin
    while end < starts.count, !isMarker(end) { end += 1 }
    var line = begin
    while line < end, isBlank(line) { line += 1 }
    guard line < end else {
      if let marker { add(Self.kind(of: marker), [], begin..<begin, marker) }
      return end
    }
    if let marker, Self.kind(of: marker) != .code {
      line = readComments(from: line, to: end, marker)
      readMixed(line..<end, nil)
    } else {
      readMixed(line..<end, marker)
    }
    return end
  }

  private static func kind(of marker: CellMarker) -> Cell.Kind {
    switch marker.kind {
    case .prose: .prose
    case .raw: .raw
    case .notebook, nil: .code
    }
  }

  /// Where `count` lines are all that stands up to the next marker or the end: the line behind them, and behind blank ones.
  private func endOfCounted(_ count: Int, from begin: Int) -> Int? {
    guard count <= starts.count - begin else { return nil }
    var end = begin + count
    while end < starts.count, isBlank(end) { end += 1 }
    return end == starts.count || isMarker(end) ? begin + count : nil
  }

  /// The prose or raw text that a marker announces: its lines are comments. In prose they may have one `#`, as other editors write them.
  private mutating func readComments(from first: Int, to end: Int, _ marker: CellMarker) -> Int {
    let kind = Self.kind(of: marker)
    let width = kind == .prose && Self.isDocumentation(content(first)) ? 2 : 1
    var line = first
    while line < end, width == 2 ? Self.isDocumentation(content(line)) : Self.trimmed(content(line)).first == UInt8(ascii: "#") {
      line += 1
    }
    add(kind, (first..<line).map { unmarked(content($0), width) }, first..<line, marker)
    return line
  }

  // MARK: Prose and code

  /// Reads a stretch without markers; what `marker` says is said of the first cell.
  private mutating func readMixed(_ lines: Range<Int>, _ marker: CellMarker?) {
    var marker = marker
    var line = lines.lowerBound
    for prose in proseBlocks(lines) {
      addCode(line..<prose.lowerBound, &marker)
      add(.prose, prose.map { unmarked(content($0), 2) }, prose, marker)
      marker = nil
      line = prose.upperBound
    }
    addCode(line..<lines.upperBound, &marker)
  }

  private mutating func addCode(_ lines: Range<Int>, _ marker: inout CellMarker?) {
    var (first, end) = (lines.lowerBound, lines.upperBound)
    while first < end, isBlank(first) { first += 1 }
    while first < end, isBlank(end - 1) { end -= 1 }
    guard first < end else { return }
    add(.code, (first..<end).map(content), first..<end, marker)
    marker = nil
  }

  /// The blocks of `##` lines that are prose, in their order.
  private func proseBlocks(_ lines: Range<Int>) -> [Range<Int>] {
    guard lines.contains(where: { Self.isDocumentation(content($0)) }) else { return [] }
    let lower = max(starts[lines.lowerBound], done)
    let source = Source(name: "", text: text(lower, end(of: lines.upperBound - 1)))
    return ProseBlocks(source).lineNumbers.map { $0.lowerBound - 1 + lines.lowerBound..<$0.upperBound - 1 + lines.lowerBound }
  }

  // MARK: Cells

  private mutating func add(_ kind: Cell.Kind, _ content: [ArraySlice<UInt8>], _ lines: Range<Int>, _ marker: CellMarker?) {
    // A cell without lines ends with its marker.
    let upper =
      lines.isEmpty ? (lines.lowerBound < starts.count ? starts[lines.lowerBound] : bytes.count) : end(of: lines.upperBound - 1)
    let lower = lines.isEmpty ? upper : max(starts[lines.lowerBound], done)
    cells.append(
      Cell(
        kind, String(decoding: Array(content.joined(separator: [UInt8(ascii: "\n")])), as: UTF8.self),
        properties: marker?.properties ?? CellProperties(), written: text(done, upper),
        span: Span(lower, upper), firstLine: lines.lowerBound + 1))
    done = upper
  }

  /// A line without its mark, `##` or `#` and one blank.
  private func unmarked(_ line: ArraySlice<UInt8>, _ width: Int) -> ArraySlice<UInt8> {
    var rest = Self.trimmed(line)
    for _ in 0..<width where rest.first == UInt8(ascii: "#") { rest.removeFirst() }
    if rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    return rest
  }

  /// Without the blanks before it.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.drop { $0 == 0x20 || $0 == 0x09 } }

  /// Whether it begins with `##` and not with `###`.
  private static func isDocumentation(_ line: ArraySlice<UInt8>) -> Bool {
    let line = trimmed(line)
    return line.starts(with: "##".utf8) && line.dropFirst(2).first != UInt8(ascii: "#")
  }
}
