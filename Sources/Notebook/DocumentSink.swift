import Interpreter

/// Keeps what a cell puts out. Lines and pictures are kept up to a limit, and what is left out is counted, so that a program that prints for hours
/// makes a page that can be read.
public final class DocumentSink: OutputSink {
  /// The most bytes of text that are kept of a cell: half of them from its beginning, half from its end.
  public static let textLimit = 200_000
  /// The most pictures and values that are kept of a cell: half of them from its beginning, half from its end.
  public static let displayLimit = 100

  /// Sees everything as well, at the time when it comes: progress, above all.
  private let next: (any OutputSink)?
  /// Whether of all this the other sees progress alone: what is put out has been shown before.
  var isQuiet = false
  private var outputs: [CellOutput] = []
  private var textBytes = 0
  private var displays = 0
  /// What was left out, by the place in `outputs` at which it stood.
  private var gap: (place: Int, lines: Int, displays: Int)?

  /// A sink that hands what it gets to another as well.
  public init(next: (any OutputSink)? = nil) { self.next = next }

  /// Text for 80 columns, and everything that a page shows.
  public var reception: Reception { Self.reception }

  /// What a page shows, and text for 80 columns.
  public static var reception: Reception {
    Reception(media: [Medium.png.name, Medium.svg.name, Medium.table.name, Medium.html.name], width: 80, wantsAll: true)
  }

  /// What stands in place of what is left out.
  public static func note(lines: Int, displays: Int) -> String {
    var parts: [String] = []
    if lines > 0 { parts.append("\(lines) \(lines == 1 ? "line" : "lines")") }
    if displays > 0 { parts.append("\(displays) \(displays == 1 ? "picture" : "pictures")") }
    return "… \(parts.joined(separator: " and ")) left out …\n"
  }

  /// What has been put out since the last call.
  public func take() -> [CellOutput] {
    var taken = outputs
    if let gap, gap.lines + gap.displays > 0 {
      taken.insert(.note(Self.note(lines: gap.lines, displays: gap.displays)), at: min(gap.place, taken.count))
    }
    (outputs, textBytes, displays, gap) = ([], 0, 0, nil)
    return taken.withJoinedTexts
  }

  /// What was put out so far is not kept.
  public func clear() { (outputs, textBytes, displays, gap) = ([], 0, 0, nil) }

  /// Keeps an output; progress is only handed on.
  public func receive(_ output: Output) {
    switch output {
    case .text(let text): append(text + "\n", isNote: false)
    case .fragment(let text): append(text, isNote: false)
    // A page keeps what was shown at the end.
    case .frame(let frame): for output in frame.outputs { receive(output) }
    case .message(let text):
      append(text.hasSuffix("\n") ? text : text + "\n", isNote: true)
      if !isQuiet { next?.receive(output) }
    case .result(let shown): keep(.result(shown))
    case .display(let shown): keep(.display(shown))
    case .help(let page): outputs.append(.help(page))
    case .code(let source): outputs.append(.code(source))
    case .diagnostic(let diagnostic):
      outputs.append(.diagnostic(diagnostic))
      if !isQuiet { next?.receive(output) }
    case .interrupted(let note):
      outputs.append(.interrupted(note: note))
      if !isQuiet { next?.receive(output) }
    case .progress: next?.receive(output)
    }
  }

  /// Shows what should have been shown when it came.
  func tell(_ outputs: [CellOutput]) {
    for output in outputs {
      switch output {
      case .note(let text): next?.receive(.message(text))
      case .diagnostic(let diagnostic): next?.receive(.diagnostic(diagnostic))
      case .interrupted(let note): next?.receive(.interrupted(note: note))
      case .text, .result, .display, .help, .code: continue
      }
    }
  }

  /// Adds lines to the last output where it is of their kind. Behind the first half they are kept in pieces, which can be left out again.
  private func append(_ text: String, isNote: Bool) {
    if textBytes > Self.textLimit / 2, gap == nil { gap = (outputs.count, 0, 0) }
    textBytes += text.utf8.count
    let isJoined = outputs.count > gap?.place ?? 0 && (gap == nil || outputs.last?.textLength ?? 0 < Self.textLimit / 50)
    switch outputs.last {
    case .text(let last) where isJoined && !isNote: outputs[outputs.count - 1] = .text(last + text)
    case .note(let last) where isJoined && isNote: outputs[outputs.count - 1] = .note(last + text)
    case .text, .note, .result, .display, .help, .code, .diagnostic, .interrupted, nil:
      outputs.append(isNote ? .note(text) : .text(text))
    }
    guard textBytes > Self.textLimit, var gap else { return }
    var place = gap.place
    while textBytes > Self.textLimit, place + 1 < outputs.count {
      guard let length = outputs[place].textLength else {
        place += 1
        continue
      }
      gap.lines += outputs.remove(at: place).lineCount
      textBytes -= length
    }
    self.gap = gap
  }

  private func keep(_ output: CellOutput) {
    displays += 1
    outputs.append(output)
    guard displays > Self.displayLimit else { return }
    var seen = 0
    for place in outputs.indices where outputs[place].isShown {
      seen += 1
      guard seen > Self.displayLimit / 2 else { continue }
      outputs.remove(at: place)
      displays -= 1
      gap = (gap.map { min($0.place, place) } ?? place, gap?.lines ?? 0, (gap?.displays ?? 0) + 1)
      return
    }
  }
}

extension [CellOutput] {
  /// The same with texts that follow one another as one.
  public var withJoinedTexts: [CellOutput] {
    var joined: [CellOutput] = []
    var texts: [String] = []
    var isNote = false
    func close() {
      guard !texts.isEmpty else { return }
      joined.append(isNote ? .note(texts.joined()) : .text(texts.joined()))
      texts = []
    }
    for output in self {
      switch output {
      case .text(let text), .note(let text):
        let isOther = if case .note = output { !isNote } else { isNote }
        if isOther {
          close()
          isNote.toggle()
        }
        texts.append(text)
      case .result, .display, .help, .code, .diagnostic, .interrupted:
        close()
        joined.append(output)
      }
    }
    close()
    return joined
  }
}

extension CellOutput {
  /// The bytes of a text; nil for anything else.
  fileprivate var textLength: Int? {
    switch self {
    case .text(let text), .note(let text): text.utf8.count
    case .result, .display, .help, .code, .diagnostic, .interrupted: nil
    }
  }

  fileprivate var lineCount: Int {
    switch self {
    case .text(let text), .note(let text): text.utf8.count { $0 == UInt8(ascii: "\n") }
    case .result, .display, .help, .code, .diagnostic, .interrupted: 0
    }
  }

  fileprivate var isShown: Bool {
    switch self {
    case .result, .display: true
    case .text, .note, .help, .code, .diagnostic, .interrupted: false
    }
  }
}
