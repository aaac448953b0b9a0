import Base
import Interpreter
import Notebook

/// What a cell has put out in its last run, as a page shows it: a list of pieces of HTML, of which each may still change. Of very much the
/// beginning and the end are kept, within the limits of `DocumentSink`.
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

  /// A piece of text grows up to so many bytes: it is sent anew each time it grows.
  private static let pieceLimit = 4096
  /// So many empty pieces may stand in the list before it is made anew.
  private static let mostLeftOut = 2000

  private(set) var pieces: [Piece] = []
  private var changed: Set<Int> = []
  private var textBytes = 0
  private var displays = 0
  private var leftOut = 0
  /// What was left out: the piece that says so, and what it counts.
  private var gap: (place: Int, lines: Int, displays: Int)?
  /// No piece before it can be left out any more.
  private var cursor = 0

  /// All of it, as documents keep it: neighboring texts as one.
  var contents: [CellOutput] {
    var result: [CellOutput] = []
    for piece in pieces {
      for content in piece.contents {
        switch (result.last, content) {
        case (.text(let before)?, .text(let text)): result[result.count - 1] = .text(before + text)
        case (.note(let before)?, .note(let text)): result[result.count - 1] = .note(before + text)
        default: result.append(content)
        }
      }
    }
    return result
  }

  /// The pieces that have changed since the last call, in their order, with their HTML; nil where the whole list has to be told anew.
  mutating func changes() -> [(place: Int, html: String)]? {
    if leftOut > Self.mostLeftOut {
      tidy()
      return nil
    }
    let places = changed.sorted()
    changed = []
    for place in places where pieces[place].textBytes > 0 {
      pieces[place].html = pieces[place].contents.map(PageOutput.html).joined()
    }
    return places.map { ($0, pieces[$0].html) }
  }

  // MARK: Putting out

  /// Text goes on where the last text ended.
  mutating func append(_ text: String, isNote: Bool) {
    var rest = text[...]
    while !rest.isEmpty {
      let room = room(isNote: isNote)
      let piece = Self.piece(of: rest, room)
      rest = rest[piece.endIndex...]
      write(String(piece), isNote)
    }
  }

  /// Something to be looked at; in place of what the same `live` has shown before.
  mutating func show(_ contents: [CellOutput], html: String, identity: LiveFrame.Identity? = nil) {
    if let identity, let place = pieces.lastIndex(where: { $0.identity == identity }), !pieces[place].isLeftOut {
      pieces[place].contents = contents
      pieces[place].html = html
      changed.insert(place)
      return
    }
    displays += 1
    if displays > DocumentSink.displayLimit / 2 { openGap() }
    add(Piece(contents: contents, html: html, identity: identity))
    while displays > DocumentSink.displayLimit, let place = oldest(where: { $0.textBytes == 0 }) { leaveOut(place) }
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
    while textBytes > DocumentSink.textLimit, let place = oldest(where: { $0.textBytes > 0 }), place + 1 < pieces.count {
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
    gap = (pieces.count, 0, 0)
    cursor = pieces.count + 1
    add(Piece(contents: [], html: ""))
  }

  private mutating func oldest(where isMeant: (Piece) -> Bool) -> Int? {
    while cursor < pieces.count, pieces[cursor].isLeftOut { cursor += 1 }
    return pieces.indices.dropFirst(cursor).first { !pieces[$0].isLeftOut && isMeant(pieces[$0]) }
  }

  private mutating func leaveOut(_ place: Int) {
    guard var gap else { return }
    if pieces[place].textBytes > 0 {
      textBytes -= pieces[place].textBytes
      gap.lines += pieces[place].lineCount
    } else {
      displays -= 1
      gap.displays += 1
    }
    pieces[place] = Piece(contents: [], html: "")
    changed.insert(place)
    leftOut += 1
    let note = CellOutput.note(DocumentSink.note(lines: gap.lines, displays: gap.displays))
    pieces[gap.place].contents = [note]
    pieces[gap.place].html = PageOutput.html(note)
    changed.insert(gap.place)
    self.gap = gap
  }

  /// Drops the empty pieces.
  private mutating func tidy() {
    for place in changed where pieces[place].textBytes > 0 {
      pieces[place].html = pieces[place].contents.map(PageOutput.html).joined()
    }
    pieces.removeAll { $0.isLeftOut }
    cursor = (gap?.place ?? -1) + 1
    (changed, leftOut) = ([], 0)
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
