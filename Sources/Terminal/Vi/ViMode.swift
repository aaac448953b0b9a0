/// vi's command mode: takes keys as they come, and does what they say to an entry.
struct ViMode {
  /// What a key asks of the editor beyond the changed entry.
  enum Effect: Equatable {
    case nothing
    /// More keys belong to the command.
    case waits
    /// Text is typed now, over what is there with `overwrites`.
    case insert(overwrites: Bool)
    /// A line begins here: it has the indentation that the language wants.
    case insertLine
    case olderEntry, newerEntry
    case searchBack, searchOn
    case undo, redo, editor
    /// What cannot be done, in a few words.
    case refused(String)
  }

  /// Whether keys are commands: an entry begins with typing.
  var isCommanding = false
  /// What was taken out or copied last.
  var register = ""
  /// Whether it is whole lines.
  var registerIsLines = false
  private var keys: [Character] = []
  private var lastLook: (key: Character, looked: Character)?
  /// The last change, and what was typed with it.
  private var lastChange: (command: ViCommand, typed: String)?
  private var insertion: (start: EditedText, command: ViCommand)?

  /// A new entry: registers and the last change stay.
  mutating func begin() {
    isCommanding = false
    keys = []
    insertion = nil
  }

  /// Escape: typing ends, or the keys of a command are forgotten. The cursor goes back onto the last character.
  mutating func escape(_ text: inout EditedText) {
    keys = []
    if !isCommanding {
      if let insertion { lastChange = (insertion.command, ViMode.typed(from: insertion.start, to: text)) }
      insertion = nil
      isCommanding = true
      if text.cursor > text.lineStart { text.move(to: text.cursor - 1) }
    }
    settle(&text)
  }

  /// While keys are commands the cursor stands on a character.
  func settle(_ text: inout EditedText) {
    if isCommanding, text.cursor == text.lineEnd, text.cursor > text.lineStart { text.move(to: text.cursor - 1) }
  }

  private static func typed(from start: EditedText, to end: EditedText) -> String {
    let tail = start.characters.count - start.cursor
    guard end.characters.count >= start.characters.count, end.characters[..<start.cursor] == start.characters[..<start.cursor],
      end.characters.suffix(tail) == start.characters.suffix(tail)
    else { return "" }
    return String(end.characters[start.cursor..<end.characters.count - tail])
  }

  /// Takes a key of the command mode.
  mutating func take(_ key: Character, _ text: inout EditedText) -> Effect {
    isCommanding = true
    keys.append(key)
    switch ViCommand.read(keys) {
    case .waits: return .waits
    case .unknown:
      let typed = String(keys)
      keys = []
      return .refused("\(typed.allSatisfy { $0.isASCII && !$0.isWhitespace } ? "`\(typed)`" : "this") is no command of vi's here")
    case .command(let command):
      keys = []
      var effect = run(command, &text)
      if case .insert(overwrites: false) = effect { insertion = (text, command) }
      if case .plain(".") = command.action, let lastChange {
        let again = ViCommand(count: command.count ?? lastChange.command.count, action: lastChange.command.action)
        effect = repeatChange(again, lastChange.typed, &text)
        self.lastChange = (again, lastChange.typed)
      }
      switch effect {
      case .insert, .insertLine: isCommanding = false
      default: settle(&text)
      }
      return effect
    }
  }

  private mutating func repeatChange(_ command: ViCommand, _ typed: String, _ text: inout EditedText) -> Effect {
    let effect = run(command, &text)
    switch effect {
    case .insertLine where !typed.isEmpty: text.insert("\n" + typed)
    case .insert: text.insert(typed)
    default: return effect
    }
    if text.cursor > text.lineStart { text.move(to: text.cursor - 1) }
    return .nothing
  }

  // MARK: Commands

  private mutating func run(_ command: ViCommand, _ text: inout EditedText) -> Effect {
    let before = text
    defer {
      if case .move = command.action {
      } else if command.action != .plain("."), text.characters != before.characters {
        lastChange = (command, "")
      }
    }
    switch command.action {
    case .move(let target):
      guard let span = span(target, command.count, text, operation: nil) else { return atEdge(target) }
      text.move(to: span.place)
      return .nothing
    case .apply(let operation, let target):
      guard let span = span(target, command.count, text, operation: operation) else { return .nothing }
      return apply(operation, span, &text)
    case .replaceCharacter(let character):
      let count = command.count ?? 1
      guard text.cursor + count <= text.lineEnd, !character.isNewline, character.unicodeScalars.allSatisfy({ $0.value >= 0x20 })
      else { return .nothing }
      text.replace(text.cursor..<text.cursor + count, with: String(repeating: character, count: count))
      text.move(to: text.cursor - 1)
      return .nothing
    case .plain(let key): return plain(key, command.count, &text)
    }
  }

  /// At the first and the last line the entries before and after are next.
  private func atEdge(_ target: ViCommand.Target) -> Effect {
    switch target {
    case .motion("k", _), .motion("-", _): .olderEntry
    case .motion("j", _), .motion("+", _): .newerEntry
    default: .nothing
    }
  }

  private mutating func span(
    _ target: ViCommand.Target, _ count: Int?, _ text: EditedText, operation: Character?
  ) -> EditedText.ViSpan? {
    switch target {
    case .lines: return text.viLines(count ?? 1)
    case .object(let object, let isInner):
      return text.viObject(object, isInner: isInner).map { EditedText.ViSpan(place: $0.lowerBound, range: $0) }
    case .motion(let key, let looked):
      if operation == "c", key == "w" || key == "W" {
        let range = text.changedWord(count: count ?? 1, isBig: key == "W")
        return EditedText.ViSpan(place: range.lowerBound, range: range)
      }
      if key == ";" || key == "," {
        guard let last = lastLook else { return nil }
        let other: [Character: Character] = ["f": "F", "F": "f", "t": "T", "T": "t"]
        return text.viMotion(key == ";" ? last.key : other[last.key] ?? last.key, last.looked, count: count)
      }
      if let looked { lastLook = (key, looked) }
      return text.viMotion(key, looked, count: count)
    }
  }

  private mutating func apply(_ operation: Character, _ span: EditedText.ViSpan, _ text: inout EditedText) -> Effect {
    register = String(text.characters[span.range])
    registerIsLines = span.isLines
    switch operation {
    case "y":
      if !span.isLines { text.move(to: span.range.lowerBound) }
      return .nothing
    case "c":
      text.delete(span.range)
      return .insert(overwrites: false)
    default:
      var range = span.range
      if span.isLines {
        // With the break behind them, or that of the line before.
        if range.upperBound < text.characters.count {
          range = range.lowerBound..<range.upperBound + 1
        } else if range.lowerBound > 0 {
          range = range.lowerBound - 1..<range.upperBound
        }
      }
      text.delete(range)
      if span.isLines { text.move(to: text.firstOfLine) }
      return .nothing
    }
  }

  private mutating func plain(_ key: Character, _ count: Int?, _ text: inout EditedText) -> Effect {
    let times = count ?? 1
    func characters(_ range: Range<Int>) -> EditedText.ViSpan { EditedText.ViSpan(place: range.lowerBound, range: range) }
    switch key {
    case "i": return .insert(overwrites: false)
    case "a":
      text.move(to: min(text.lineEnd, text.cursor + 1))
      return .insert(overwrites: false)
    case "I":
      text.move(to: text.firstOfLine)
      return .insert(overwrites: false)
    case "A":
      text.move(to: text.lineEnd)
      return .insert(overwrites: false)
    case "R": return .insert(overwrites: true)
    case "o":
      text.move(to: text.lineEnd)
      return .insertLine
    case "O":
      let indentation = String(text.characters[text.lineStart..<text.firstOfLine])
      text.move(to: text.lineStart)
      text.insert(indentation + "\n")
      text.move(to: text.cursor - 1)
      return .insert(overwrites: false)
    case "s": return apply("c", characters(text.cursor..<min(text.lineEnd, text.cursor + times)), &text)
    case "S": return apply("c", text.viLines(times), &text)
    case "C": return apply("c", characters(text.cursor..<text.lineEnd), &text)
    case "D": return apply("d", characters(text.cursor..<text.lineEnd), &text)
    case "Y": return apply("y", text.viLines(times), &text)
    case "x": return text.isEmpty ? .nothing : apply("d", characters(text.cursor..<min(text.lineEnd, text.cursor + times)), &text)
    case "X":
      return text.isEmpty ? .nothing : apply("d", characters(max(text.lineStart, text.cursor - times)..<text.cursor), &text)
    case "~": return exchangeCase(times, &text)
    case "J": return join(&text)
    case "p", "P": return put(isAfter: key == "p", times, &text)
    case "u": return .undo
    case "U": return .redo
    case "v": return .editor
    case "/", "n": return .searchBack
    case "?", "N": return .searchOn
    default: return .nothing
    }
  }

  private func exchangeCase(_ count: Int, _ text: inout EditedText) -> Effect {
    let range = text.cursor..<min(text.lineEnd, text.cursor + count)
    guard !range.isEmpty else { return .nothing }
    text.replace(range, with: text.characters[range].map { $0.isUppercase ? $0.lowercased() : $0.uppercased() }.joined())
    return .nothing
  }

  /// The line below goes on in this one, behind one blank.
  private func join(_ text: inout EditedText) -> Effect {
    guard text.hasLineBelow else { return .nothing }
    let end = text.lineEnd
    var next = end + 1
    while next < text.characters.count, text.characters[next] == " " { next += 1 }
    text.replace(end..<next, with: " ")
    text.move(to: end)
    return .nothing
  }

  private func put(isAfter: Bool, _ count: Int, _ text: inout EditedText) -> Effect {
    guard !register.isEmpty || registerIsLines else { return .nothing }
    guard register.utf8.count <= LineEditor.longestEntry / max(1, count) else { return .refused("this is too much for an entry") }
    let copies = Array(repeating: register, count: count)
    if registerIsLines {
      let lines = copies.joined(separator: "\n")
      let place = isAfter ? text.lineEnd : text.lineStart
      text.move(to: place)
      text.insert(isAfter ? "\n" + lines : lines + "\n")
      text.move(to: isAfter ? place + 1 : place)
      text.move(to: text.firstOfLine)
    } else {
      text.move(to: isAfter ? min(text.lineEnd, text.cursor + 1) : text.cursor)
      text.insert(copies.joined())
      text.move(to: text.cursor - 1)
    }
    return .nothing
  }
}
