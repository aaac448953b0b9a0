import Base
import Interpreter
import Notebook

/// What a cell has put out in its last run, as a page shows it: a list of pieces of HTML, of which each may still change. Of very much the
/// beginning and the end are kept, within the limits of `DocumentSink`; the text that is left out can be had as a whole (`OutputText`).
///
/// To put something out is cheap: texts are cut into pieces, and pieces become HTML, when pages are told.
struct CellOutputs {
  /// One piece.
  struct Piece {
    /// What it shows; empty where it was left out.
    var contents: [CellOutput]
    /// As HTML, as of the last `changes`.
    var html: String
    /// Bytes of its text; 0 for anything else.
    var textBytes = 0
    var isNote = false
    /// By which the next frame of a `live` finds it.
    var identity: LiveFrame.Identity?

    var isLeftOut: Bool { contents.isEmpty }
  }

  /// What was left out: the piece that says so, and what it counts.
  private struct Gap {
    let place: Int
    var lines = 0
    var displays = 0
    var bytes = 0
  }

  /// A piece of text grows up to so many bytes: it is sent anew each time it grows.
  private static let pieceLimit = 4096
  /// So many bytes of text wait before they are cut into pieces.
  private static let waitingLimit = 64 << 10
  /// So many empty pieces may stand in the list before it is made anew.
  private static let mostLeftOut = 2000

  /// Where a page gets the whole text; nil where it cannot.
  private let address: String?
  private(set) var pieces: [Piece] = []
  /// All text, once some is left out.
  private(set) var whole: OutputText?
  /// Text that is not in the pieces yet.
  private var waiting: (text: String, isNote: Bool) = ("", false)
  private var changed: Set<Int> = []
  private var textBytes = 0
  private var displays = 0
  private var leftOut = 0
  private var gap: Gap?
  /// No piece before it can be left out any more: of text, and of others.
  private var cursors = (text: 0, displays: 0)

  /// Nothing yet. `address`: where a page gets the whole text.
  init(address: String? = nil) { self.address = address }

  /// All of it, as documents keep it: neighboring texts as one.
  var contents: [CellOutput] {
    var settled = self
    settled.settle()
    if let gap = settled.gap { settled.layGap(gap) }
    return settled.pieces.flatMap(\.contents).withJoinedTexts
  }

  /// The pieces that have changed since the last call, in their order, with their HTML; nil where the whole list has to be told anew.
  mutating func changes() -> [(place: Int, html: String)]? {
    settle()
    for place in changed { lay(place) }
    if leftOut > Self.mostLeftOut {
      tidy()
      return nil
    }
    let places = changed.sorted()
    changed = []
    return places.map { ($0, pieces[$0].html) }
  }

  /// Makes a piece's HTML. What a notebook held is HTML from the start.
  private mutating func lay(_ place: Int) {
    if let gap, gap.place == place { return layGap(gap) }
    guard pieces[place].textBytes > 0 || pieces[place].html.isEmpty else { return }
    pieces[place].html = pieces[place].contents.map(PageOutput.html).joined()
  }

  private mutating func layGap(_ gap: Gap) {
    guard gap.bytes + gap.displays > 0 else { return }
    let note = CellOutput.note(Self.words(gap))
    pieces[gap.place].contents = [note]
    pieces[gap.place].html = PageOutput.html(note)
    guard gap.bytes > 0, let whole, let address else { return }
    let size = SizeText.bytes(whole.byteCount)
    let link = whole.isWhole ? "All of the text, \(size)" : "The first \(size) of the text"
    pieces[gap.place].html += "<p class=\"whole\"><a href=\"\(address)\" target=\"_blank\">\(link)</a></p>\n"
  }

  /// "… 12 lines and 3 pictures left out …"
  private static func words(_ gap: Gap) -> String {
    gap.lines == 0 && gap.displays == 0
      ? "… \(SizeText.bytes(gap.bytes)) of a line left out …\n" : DocumentSink.note(lines: gap.lines, displays: gap.displays)
  }

  // MARK: Putting out

  /// Text goes on where the last text ended.
  mutating func append(_ text: String, isNote: Bool) {
    if waiting.isNote != isNote || waiting.text.utf8.count > Self.waitingLimit { settle() }
    waiting.isNote = isNote
    waiting.text += text
  }

  /// Something to be looked at; in place of what the same `live` has shown before. `html`: where it is HTML already.
  mutating func show(_ contents: [CellOutput], html: String = "", identity: LiveFrame.Identity? = nil) {
    settle()
    if let identity, let place = pieces.lastIndex(where: { $0.identity == identity }), !pieces[place].isLeftOut {
      (pieces[place].contents, pieces[place].html) = (contents, html)
      changed.insert(place)
      return
    }
    displays += 1
    if displays > DocumentSink.displayLimit / 2 { openGap() }
    add(Piece(contents: contents, html: html, identity: identity))
    while displays > DocumentSink.displayLimit,
      let place = Self.oldest(&cursors.displays, in: pieces, where: { $0.textBytes == 0 })
    {
      leaveOut(place)
    }
  }

  /// Puts the text that waits into pieces.
  private mutating func settle() {
    guard !waiting.text.isEmpty else { return }
    let (text, isNote) = waiting
    waiting.text = ""
    if let whole {
      whole.append(text)
    } else if textBytes + text.utf8.count > DocumentSink.textLimit {
      // Some will be left out now, or soon.
      let whole = OutputText()
      for piece in pieces where piece.textBytes > 0 {
        for content in piece.contents { if let text = content.text { whole.append(text) } }
      }
      whole.append(text)
      self.whole = whole
    }
    var rest = text[...]
    while !rest.isEmpty {
      let piece = Self.piece(of: rest, room(isNote: isNote))
      rest = rest[piece.endIndex...]
      write(String(piece), isNote)
    }
  }

  /// How many bytes still fit into the last piece.
  private func room(isNote: Bool) -> Int {
    guard let last = pieces.last, last.textBytes > 0, last.isNote == isNote, last.textBytes < Self.pieceLimit else {
      return Self.pieceLimit
    }
    return Self.pieceLimit - last.textBytes
  }

  /// The beginning of a text that fits, up to the end of a line where there is one.
  private static func piece(of text: Substring, _ room: Int) -> Substring {
    guard text.utf8.count > room else { return text }
    let head = text.utf8.prefix(room)
    if let newline = head.lastIndex(of: UInt8(ascii: "\n")) { return text[..<text.utf8.index(after: newline)] }
    // A character is not cut, however long it is.
    var end = head.endIndex
    while end > text.startIndex, String.Index(end, within: text) == nil { end = text.utf8.index(before: end) }
    return end > text.startIndex ? text[..<end] : text.prefix(1)
  }

  private mutating func write(_ text: String, _ isNote: Bool) {
    if textBytes > DocumentSink.textLimit / 2 { openGap() }
    let count = text.utf8.count
    textBytes += count
    if let last = pieces.last, last.textBytes > 0, last.isNote == isNote, last.textBytes < Self.pieceLimit {
      pieces[pieces.count - 1].textBytes += count
      pieces[pieces.count - 1].extend(by: text)
      changed.insert(pieces.count - 1)
    } else {
      add(Piece(contents: [isNote ? .note(text) : .text(text)], html: "", textBytes: count, isNote: isNote))
    }
    while textBytes > DocumentSink.textLimit, let place = Self.oldest(&cursors.text, in: pieces, where: { $0.textBytes > 0 }),
      place + 1 < pieces.count
    {
      leaveOut(place)
    }
  }

  private mutating func add(_ piece: Piece) {
    changed.insert(pieces.count)
    pieces.append(piece)
  }

  // MARK: Leaving out

  /// From here on the oldest pieces make room for new ones.
  private mutating func openGap() {
    guard gap == nil else { return }
    gap = Gap(place: pieces.count)
    cursors = (pieces.count + 1, pieces.count + 1)
    add(Piece(contents: [], html: ""))
  }

  /// The first piece from a cursor on that is meant; the cursor goes there.
  private static func oldest(_ cursor: inout Int, in pieces: [Piece], where isMeant: (Piece) -> Bool) -> Int? {
    while cursor < pieces.count, pieces[cursor].isLeftOut || !isMeant(pieces[cursor]) { cursor += 1 }
    return cursor < pieces.count ? cursor : nil
  }

  private mutating func leaveOut(_ place: Int) {
    guard gap != nil else { return }
    if pieces[place].textBytes > 0 {
      textBytes -= pieces[place].textBytes
      gap?.bytes += pieces[place].textBytes
      gap?.lines += pieces[place].lineCount
    } else {
      displays -= 1
      gap?.displays += 1
    }
    pieces[place] = Piece(contents: [], html: "")
    changed.insert(place)
    leftOut += 1
    if let gap { changed.insert(gap.place) }
  }

  /// Drops the empty pieces.
  private mutating func tidy() {
    let kept = gap?.place
    pieces = pieces.indices.filter { $0 == kept || !pieces[$0].isLeftOut }.map { pieces[$0] }
    let start = (gap?.place ?? -1) + 1
    (cursors, changed, leftOut) = ((start, start), [], 0)
  }
}

extension CellOutputs.Piece {
  mutating func extend(by text: String) {
    switch contents.last {
    case .text(let before): contents[contents.count - 1] = .text(before + text)
    case .note(let before): contents[contents.count - 1] = .note(before + text)
    case .result, .display, .help, .code, .diagnostic, .interrupted, nil: contents.append(isNote ? .note(text) : .text(text))
    }
  }

  var lineCount: Int {
    contents.reduce(0) { count, content in
      switch content {
      case .text(let text), .note(let text): count + text.utf8.count { $0 == UInt8(ascii: "\n") }
      case .result, .display, .help, .code, .diagnostic, .interrupted: count
      }
    }
  }
}

extension CellOutput {
  /// Text as it was put out; nil for anything else.
  fileprivate var text: String? {
    switch self {
    case .text(let text), .note(let text): text
    case .result, .display, .help, .code, .diagnostic, .interrupted: nil
    }
  }
}
