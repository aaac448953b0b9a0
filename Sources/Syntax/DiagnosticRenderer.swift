import Base

/// Turns a diagnostic into the text a person reads in a terminal or a file:
///
///     error: the shapes do not fit a matrix product
///       examples/broken.gan:4:9
///        4 │ y = x @ w
///          │     ─   ─
///          │     │   [128, 10]
///          │     [64, 100]
///       The last axis of the left side (100) must equal the first axis of the right side (128).
public struct DiagnosticRenderer: Sendable {
  /// Plain text, or text with the escape codes that a terminal shows as colors.
  public enum Style: Sendable { case plain, terminal }

  /// The colors of the terminal's text.
  public var palette: TextPalette

  /// What the rendered text is for.
  public var style: Style
  /// Columns of the screen: longer lines of source are cut around the mark, sentences are broken.
  public var width: Int
  /// Whether a window shows it, which would break longer lines in the middle of words: then titles and the names of calls are broken too.
  public var isInWindow: Bool

  /// A renderer that breaks advice and cuts source lines at `width` columns.
  public init(style: Style = .plain, width: Int = 100, palette: TextPalette = .named, isInWindow: Bool = false) {
    self.style = style
    self.palette = palette
    self.width = width
    self.isInWindow = isInWindow
  }

  /// The whole text, each line of it ended by a newline. The place in its second line is that of the first label.
  public func render(_ diagnostic: Diagnostic) -> String {
    let paint = Paint(palette: style == .terminal ? palette : nil)
    var lines = [headline(diagnostic, paint)]
    let digits = max(2, lineNumberWidth(diagnostic))
    for (source, labels) in groups(diagnostic.labels) {
      lines.append("  " + paint.dim(place(labels[0])))
      lines += excerpt(source, labels, digits, paint, diagnostic.severity)
    }
    if let interior = diagnostic.interior {
      lines.append(through(interior.calls, paint, advice: "; `gan --trace` or `last_error` shows the lines"))
    }
    lines += called(diagnostic, digits, paint)
    for sentence in diagnostic.advice where !sentence.isEmpty {
      let room = max(width - 2, 20)
      lines += Lines.filled(Paragraph.words(Self.clean(sentence), room: room), width: room).map { "  " + $0 }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func headline(_ diagnostic: Diagnostic, _ paint: Paint) -> String {
    let severity = diagnostic.severity.rawValue
    let text = inWindow(severity + ": " + Self.clean(diagnostic.title))
    let lines = text.dropFirst(severity.count).split(separator: "\n").map { paint.bold(String($0)) }
    return paint.severity(severity, diagnostic.severity) + lines.joined(separator: "\n")
  }

  /// A line as it is, or broken between its words where a window would break it.
  private func inWindow(_ line: String) -> String { isInWindow ? Paragraph.folded(line, width: width) : line }

  // MARK: Calls

  /// The calls below the error: one that repeats itself is shown once, and of very many the first and the last.
  private func called(_ diagnostic: Diagnostic, _ digits: Int, _ paint: Paint) -> [String] {
    var calls: [(label: Diagnostic.Label, times: Int)] = []
    // Calls within the standard library are one line above the user's own call that led to them.
    var passed: [Int: [Diagnostic.Label]] = [:]
    var waiting: [Diagnostic.Label] = []
    for call in diagnostic.calls {
      if call.source.isLibrary, !diagnostic.isInFull, diagnostic.calls.contains(where: { !$0.source.isLibrary }) {
        waiting.append(call)
        continue
      }
      defer { waiting = [] }
      if !waiting.isEmpty { passed[calls.count] = waiting + [call] }
      if waiting.isEmpty, let last = calls.last?.label, last.source === call.source, last.span == call.span {
        calls[calls.count - 1].times += 1
      } else {
        calls.append((call, 1))
      }
    }
    let isFolded = calls.count > 6 && !diagnostic.isInFull
    // What was not kept of a recursion is more of the same.
    if !isFolded, diagnostic.omittedCalls > 0, let most = calls.indices.max(by: { calls[$0].times < calls[$1].times }) {
      calls[most].times += diagnostic.omittedCalls
    }
    var lines: [String] = []
    for (index, call) in calls.enumerated() {
      if isFolded, index >= 3, index < calls.count - 2 {
        let folded = calls[3..<(calls.count - 2)].reduce(0) { $0 + $1.times } + diagnostic.omittedCalls
        if index == 3 { lines.append("  " + paint.dim("… \(folded) more calls")) }
        continue
      }
      let times = call.times > 1 ? ", \(call.times) times" : ""
      if let library = passed[index] { lines.append(through(library, paint)) }
      lines.append("  " + paint.dim("called from " + place(call.label) + times))
      lines += excerpt(call.label.source, [call.label], digits, paint, .note)
    }
    return lines
  }

  /// What was called within the standard library, on one line; the last of `calls` is the user's own.
  private func through(_ calls: [Diagnostic.Label], _ paint: Paint, advice: String = "") -> String {
    var names: [String] = []
    // Functions and blocks without a name say nothing here.
    for name in calls.reversed().map(\.text) where !name.hasPrefix("a ") && name != names.last { names.append(name) }
    // Where it came in and where it failed; those between are for who asks for the lines.
    if names.count > 3 { names = [names[0], "…", names[names.count - 1]] }
    let line = inWindow(Self.clean("  in \(names.joined(separator: ", ")) (standard library\(advice))"))
    return line.split(separator: "\n").map { "  " + paint.dim(String($0.dropFirst(2))) }.joined(separator: "\n")
  }

  // MARK: Places

  private func place(_ label: Diagnostic.Label) -> String {
    let (line, column) = label.source.location(at: min(Int(label.span.lower), label.source.bytes.count))
    return "\(Self.clean(label.source.name)):\(line):\(column)"
  }

  private func lineNumberWidth(_ diagnostic: Diagnostic) -> Int {
    let lines = (diagnostic.labels + diagnostic.calls).map { $0.source.line(at: Int($0.span.upper)) }
    return String(lines.max() ?? 0).count
  }

  /// The labels of each source, in the order in which the sources first appear.
  private func groups(_ labels: [Diagnostic.Label]) -> [(Source, [Diagnostic.Label])] {
    var groups: [(Source, [Diagnostic.Label])] = []
    for label in labels {
      if let index = groups.firstIndex(where: { $0.0 === label.source }) {
        groups[index].1.append(label)
      } else {
        groups.append((label.source, [label]))
      }
    }
    return groups
  }

  // MARK: Lines of source

  /// A stretch of one line, in columns of the screen from 0, with what is said about it.
  private struct Mark {
    var columns: Range<Int>
    var text: String
  }

  private func excerpt(
    _ source: Source, _ labels: [Diagnostic.Label], _ digits: Int, _ paint: Paint, _ severity: Diagnostic.Severity
  ) -> [String] {
    var marks: [Int: [Mark]] = [:]
    for label in labels {
      let lower = min(Int(label.span.lower), source.bytes.count)
      let upper = min(max(Int(label.span.upper), lower), source.bytes.count)
      let first = source.line(at: lower)
      // A span that ends with a newline ends on the line before it.
      let last = max(first, source.line(at: max(lower, upper - 1)))
      let line = source.span(ofLine: first)
      let text = Self.clean(label.text)
      let start = ExcerptLine.column(of: lower, from: Int(line.lower), in: source)
      guard last > first else {
        marks[first, default: []].append(
          Mark(columns: start..<ExcerptLine.column(of: upper, from: Int(line.lower), in: source), text: text))
        continue
      }
      marks[first, default: []].append(
        Mark(columns: start..<ExcerptLine.column(of: Int(line.upper), from: Int(line.lower), in: source), text: text))
      let end = source.span(ofLine: last)
      let indentation = source.bytes[Int(end.lower)..<Int(end.upper)].prefix { $0 == 0x20 || $0 == 0x09 }.count
      let from = ExcerptLine.column(of: Int(end.lower) + indentation, from: Int(end.lower), in: source)
      marks[last, default: []].append(
        Mark(columns: from..<ExcerptLine.column(of: upper, from: Int(end.lower), in: source), text: ""))
    }
    var lines: [String] = []
    var shown: Int?
    for number in marks.keys.sorted() {
      if let shown, number == shown + 2 { lines.append(numbered(source, number - 1, digits, paint)) }
      if let shown, number > shown + 2 { lines.append(gutter("", digits, "⋮", paint)) }
      shown = number
      lines += marked(source, number, marks[number] ?? [], digits, paint, severity)
    }
    return lines
  }

  private var room: Int { max(width - 8, 20) }

  private func gutter(_ number: String, _ digits: Int, _ bar: String, _ paint: Paint) -> String {
    paint.frame("  " + String(repeating: " ", count: max(0, digits - number.count)) + number + " " + bar)
  }

  private func numbered(_ source: Source, _ number: Int, _ digits: Int, _ paint: Paint) -> String {
    let line = ExcerptLine(source.text(ofLine: number))
    return row(gutter(String(number), digits, "│", paint), line.cut(from: 0, room: room).text)
  }

  private func row(_ gutter: String, _ text: String) -> String { text.isEmpty ? gutter : gutter + " " + text }

  /// The line, its marks under it, and the texts under those: each begins where its mark does, the rightmost first.
  private func marked(
    _ source: Source, _ number: Int, _ marks: [Mark], _ digits: Int, _ paint: Paint, _ severity: Diagnostic.Severity
  ) -> [String] {
    let line = ExcerptLine(source.text(ofLine: number))
    let left = marks.map(\.columns.lowerBound).min() ?? 0
    let right = marks.map { max($0.columns.upperBound, $0.columns.lowerBound + 1) }.max() ?? 0
    let cut = line.cut(from: ExcerptLine.beginning(left: left, right: right, width: line.width, room: room), room: room)
    func visible(_ column: Int) -> Int { min(max(column - cut.start, 0), room - 1) }

    var underline = [Character](repeating: " ", count: room)
    for mark in marks {
      let from = visible(mark.columns.lowerBound)
      let to = max(visible(mark.columns.upperBound - 1), from)
      for column in from...to { underline[column] = "─" }
    }
    let bar = gutter("", digits, "│", paint)
    var lines = [row(gutter(String(number), digits, "│", paint), cut.text)]
    lines.append(row(bar, paint.mark(Self.trimmed(underline), severity)))
    let texts = marks.filter { !$0.text.isEmpty }.sorted { $0.columns.lowerBound > $1.columns.lowerBound }
    for (index, mark) in texts.enumerated() {
      let column = visible(mark.columns.lowerBound)
      var connectors = [Character](repeating: " ", count: column)
      for later in texts[(index + 1)...] where visible(later.columns.lowerBound) < column {
        connectors[visible(later.columns.lowerBound)] = "│"
      }
      let lead = connectors.isEmpty ? "" : paint.mark(String(connectors), severity)
      lines.append(row(bar, lead + paint.mark(mark.text, severity)))
    }
    return lines
  }

  private static func trimmed(_ characters: [Character]) -> String {
    String(characters[..<((characters.lastIndex { $0 != " " } ?? -1) + 1)])
  }

  // MARK: Text

  /// Without the control characters that could move a terminal's cursor.
  static func clean(_ text: String) -> String { text.harmless }
}
