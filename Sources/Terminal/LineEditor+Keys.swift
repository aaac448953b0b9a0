import Base
import CEdit
import Glibc

/// The keys that libedit does not have by itself: entries of several lines, completion, pasting, Ctrl-C.
extension LineEditor {
  /// Characters that no keyboard sends (C1 controls): with them our commands call libedit's own, and in vi's modes, where Escape
  /// is a command by itself, they stand for the keys that send a sequence.
  enum Key: UInt32, CaseIterable {
    case accept = 0x80
    case deleteBefore
    case up, down, left, right, home, end, deleteAfter, paste

    /// As libedit's key names have it.
    var name: String {
      switch self {
      case .accept: "\\200"
      case .deleteBefore: "\\201"
      case .up: "\\202"
      case .down: "\\203"
      case .left: "\\204"
      case .right: "\\205"
      case .home: "\\206"
      case .end: "\\207"
      case .deleteAfter: "\\210"
      case .paste: "\\211"
      }
    }

    var command: String {
      switch self {
      case .accept: "ed-newline"
      case .deleteBefore: "ed-delete-prev-char"
      case .up: "gan-up"
      case .down: "gan-down"
      case .left: "ed-prev-char"
      case .right: "ed-next-char"
      case .home: "ed-move-to-beg"
      case .end: "ed-move-to-end"
      case .deleteAfter: "ed-delete-next-char"
      case .paste: "gan-paste"
      }
    }

    /// The sequences that terminals send for it.
    var sequences: [String] {
      switch self {
      case .accept, .deleteBefore: []
      case .up: ["[A", "OA"]
      case .down: ["[B", "OB"]
      case .left: ["[D", "OD"]
      case .right: ["[C", "OC"]
      case .home: ["[H", "OH", "[1~", "[7~"]
      case .end: ["[F", "OF", "[4~", "[8~"]
      case .deleteAfter: ["[3~"]
      case .paste: ["[200~"]
      }
    }

    var text: String { Unicode.Scalar(rawValue).map { String($0) } ?? "" }
  }

  func bindKeys(_ editor: OpaquePointer) {
    func add(_ name: String, _ help: String, _ command: @escaping gan_edit_command_function) {
      gan_edit_add_command(editor, name, help, command)
    }
    add("gan-enter", "Run the entry, or go on in a new line") { editor, _ in LineEditor.enter(editor) }
    add("gan-complete", "Complete what stands at the cursor") { editor, _ in LineEditor.completeWord(editor) }
    add("gan-interrupt", "Throw the entry away") { editor, _ in LineEditor.interrupt(editor) }
    add("gan-paste", "Take in a pasted text") { editor, _ in LineEditor.paste(editor) }
    add("gan-up", "One line up, or the entry before") { editor, _ in LineEditor.move(editor, up: true) }
    add("gan-down", "One line down, or the entry after") { editor, _ in LineEditor.move(editor, up: false) }
    add("gan-backspace", "Delete to the left; an empty line as a whole") { editor, _ in LineEditor.backspace(editor) }

    add("gan-close", "A closing bracket, one step further left where it begins a line") { editor, key in
      LineEditor.closeBracket(editor, key)
    }

    isVi = gan_edit_is_vi(editor) != 0
    let ours = [("^M", "gan-enter"), ("^J", "gan-enter"), ("^C", "gan-interrupt")] + Key.allCases.map { ($0.name, $0.command) }
    for (key, command) in ours {
      gan_edit_bind(editor, key, command)
      if isVi { gan_edit_bind_alternative(editor, key, command) }
    }
    let typing = [
      ("^I", "gan-complete"), ("^R", "em-inc-search-prev"), ("^?", "gan-backspace"), ("^H", "gan-backspace"),
      ("}", "gan-close"), (")", "gan-close"), ("]", "gan-close"),
    ]
    for (key, command) in typing { gan_edit_bind(editor, key, command) }
    if isVi {
      gan_edit_bind_alternative(editor, "k", "gan-up")
      gan_edit_bind_alternative(editor, "j", "gan-down")
      return
    }
    for key in Key.allCases {
      for sequence in key.sequences { gan_edit_bind(editor, "\\e" + sequence, key.command) }
    }
    for (key, command) in [
      ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"), ("\\e[1;3C", "em-next-word"), ("\\e[1;3D", "ed-prev-word"),
    ] {
      gan_edit_bind(editor, key, command)
    }
  }

  private static func normal(_ code: Int32) -> UInt8 { UInt8(truncatingIfNeeded: code) }

  /// The entry's characters and the cursor among them.
  private static func buffer(_ editor: OpaquePointer) -> (before: String, after: String) {
    guard let line = el_wline(editor)?.pointee, let start = line.buffer, let end = line.lastchar, let cursor = line.cursor
    else { return ("", "") }
    func text(_ from: UnsafePointer<wchar_t>, _ to: UnsafePointer<wchar_t>) -> String {
      var text = ""
      for character in UnsafeBufferPointer(start: from, count: max(0, to - from)) {
        text.unicodeScalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
      }
      return text
    }
    return (text(start, cursor), text(cursor, end))
  }

  private static func insert(_ text: String, into editor: OpaquePointer) {
    guard !text.isEmpty else { return }
    var characters = text.unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    characters.append(0)
    el_winsertstr(editor, characters)
  }

  private static func delete(_ text: some StringProtocol, before editor: OpaquePointer) {
    let count = text.unicodeScalars.count
    if count > 0 { el_deletestr(editor, Int32(clamping: count)) }
  }

  private static func enter(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let owner = owner(of: editor) else { return normal(CC_EOF) }
    let (before, after) = buffer(editor)
    let margin = owner.prompt.displayWidth
    let isWhole = owner.need?(Margin.remove(margin, from: before + after)) ?? .nothing
    guard case .more = isWhole else {
      el_push(editor, Key.accept.text)
      return normal(CC_NORM)
    }
    var indentation = 0
    if case .more(let count) = owner.need?(Margin.remove(margin, from: before)) ?? .nothing { indentation = count }
    insert("\n" + String(repeating: " ", count: margin + min(indentation, 40)), into: editor)
    return normal(CC_REFRESH)
  }

  private static func interrupt(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let owner = owner(of: editor) else { return normal(CC_EOF) }
    owner.isInterrupted = true
    let (_, after) = buffer(editor)
    el_cursor(editor, Int32(clamping: after.unicodeScalars.count))
    insert("^C", into: editor)
    el_push(editor, Key.accept.text)
    return normal(CC_REFRESH)
  }

  private static func move(_ editor: OpaquePointer?, up: Bool) -> UInt8 {
    guard let editor else { return normal(CC_EOF) }
    let (before, after) = buffer(editor)
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let column = line.unicodeScalars.count
    if up, before.contains("\n") {
      let above = before.dropLast(line.count + 1).split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
      let width = above.unicodeScalars.count
      el_cursor(editor, -Int32(clamping: column + 1 + max(0, width - column)))
      return normal(CC_CURSOR)
    }
    if !up, let end = after.firstIndex(of: "\n") {
      let rest = after[..<end].unicodeScalars.count
      let below = after[after.index(after: end)...].prefix { $0 != "\n" }
      el_cursor(editor, Int32(clamping: rest + 1 + min(column, below.unicodeScalars.count)))
      return normal(CC_CURSOR)
    }
    return recall(editor, earlier: up)
  }

  /// The nearest entry, earlier or later, that begins with what was typed; below the latest one what was typed itself.
  private static func recall(_ editor: OpaquePointer, earlier: Bool) -> UInt8 {
    guard let owner = owner(of: editor) else { return normal(CC_EOF) }
    let margin = owner.prompt.displayWidth
    let (before, after) = buffer(editor)
    let text = Margin.remove(margin, from: before + after)
    let entries = owner.history.entries
    var recall = owner.recall ?? Recall(typed: text, place: entries.count, shown: text)
    if recall.shown != text { recall = Recall(typed: text, place: entries.count, shown: text) }
    let places =
      earlier
      ? Array((0..<min(recall.place, entries.count)).reversed()) : Array(min(recall.place + 1, entries.count)..<entries.count)
    if let place = places.first(where: { entries[$0].hasPrefix(recall.typed) && entries[$0] != text }) {
      recall.place = place
      recall.shown = entries[place]
    } else {
      guard !earlier, recall.place < entries.count else { return normal(CC_ERROR) }
      recall.place = entries.count
      recall.shown = recall.typed
    }
    owner.recall = recall
    var characters = Margin.add(margin, to: recall.shown).unicodeScalars.map { wchar_t(bitPattern: $0.value) }
    characters.append(0)
    el_wreplacestr(editor, characters)
    el_cursor(editor, Int32(clamping: characters.count))
    return normal(CC_REFRESH)
  }

  private static func backspace(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let owner = owner(of: editor) else { return normal(CC_EOF) }
    let (before, _) = buffer(editor)
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let margin = owner.prompt.displayWidth
    guard before.contains("\n"), !line.isEmpty, line.allSatisfy({ $0 == " " }) else {
      el_push(editor, Key.deleteBefore.text)
      return normal(CC_NORM)
    }
    // In an indentation: back by one step, or to the line before.
    let count = line.count > margin ? min(2, line.count - margin) : line.count + 1
    el_deletestr(editor, Int32(clamping: count))
    return normal(CC_REFRESH)
  }

  private static func closeBracket(_ editor: OpaquePointer?, _ key: Int32) -> UInt8 {
    guard let editor, let owner = owner(of: editor), let bracket = Unicode.Scalar(UInt32(bitPattern: key)) else {
      return normal(CC_EOF)
    }
    let (before, _) = buffer(editor)
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if before.contains("\n"), line.allSatisfy({ $0 == " " }), line.count >= owner.prompt.displayWidth + 2 {
      el_deletestr(editor, 2)
    }
    insert(String(bracket), into: editor)
    return normal(CC_REFRESH)
  }

  private static func completeWord(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let owner = owner(of: editor) else { return normal(CC_EOF) }
    let (before, after) = buffer(editor)
    let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    if line.allSatisfy({ $0 == " " }), before.contains("\n") {
      insert("  ", into: editor)
      return normal(CC_REFRESH)
    }
    let completion = owner.complete?(before + after, before.utf8.count) ?? .none
    guard !completion.candidates.isEmpty else { return normal(CC_ERROR) }
    let typed = String(decoding: before.utf8.suffix(completion.replaced), as: UTF8.self)
    let only = completion.candidates.count == 1
    let text = completion.commonPrefix + (only && !after.hasPrefix(completion.suffix) ? completion.suffix : "")
    if text != typed, only || text.utf8.count > typed.utf8.count {
      delete(typed, before: editor)
      insert(text, into: editor)
      return normal(CC_REFRESH)
    }
    guard !only else { return normal(CC_ERROR) }
    owner.show(completion, under: before, after, in: editor)
    return normal(CC_NORM)
  }

  /// Lists the candidates below the entry, which is then drawn anew under them.
  private func show(_ completion: Completion, under before: String, _ after: String, in editor: OpaquePointer) {
    let width = Screen.size(of: .output)?.columns ?? screen.width
    let start = prompt.displayWidth
    let below = Margin.rows(of: before + after, from: start, width: width) - Margin.rows(of: before, from: start, width: width)
    let lines = completion.lines(width: width) { Style.faint($0, on: screen) }
    write(String(repeating: "\n", count: max(0, below) + 1) + "\r" + lines.joined(separator: "\r\n") + "\r\n")
    gan_edit_redraw(editor)
  }

  /// All that comes until the end mark is text, line breaks included; the lines are set under the first one.
  private static func paste(_ editor: OpaquePointer?) -> UInt8 {
    guard let editor, let owner = owner(of: editor) else { return normal(CC_EOF) }
    var text = ""
    while !text.hasSuffix("\u{1B}[201~") {
      var character: wchar_t = 0
      guard el_wgetc(editor, &character) == 1, character != 3 else { break }
      text.unicodeScalars.append(Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}")
    }
    if text.hasSuffix("\u{1B}[201~") { text.removeLast(6) }
    var clean = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r", "\n": clean += "\n"
      case "\t": clean += "  "
      default: if scalar.value >= 0x20 { clean.unicodeScalars.append(scalar) }
      }
      previous = scalar
    }
    while clean.hasSuffix("\n") { clean.removeLast() }
    insert(Margin.add(owner.prompt.displayWidth, to: clean), into: editor)
    return normal(CC_REFRESH)
  }
}
