import Graphics

/// Takes a terminal's answers to `question` out of what comes from it. Everything else was typed, and is given on in its order.
struct TerminalAnswers {
  /// Whether kitty's protocol is known; nil without an answer.
  private(set) var knowsKitty: Bool?
  /// Whether iTerm2's inline images are known: it tells the size of its cells.
  private(set) var knowsInlineImages = false
  /// Whether sixels are shown.
  private(set) var knowsSixel = false
  /// The size of a character in pixels.
  private(set) var cell: (width: Int, height: Int)?
  /// How many colors sixels may have.
  private(set) var sixelColors: Int?
  /// The color behind the text.
  private(set) var background: Color?
  /// The terminal's name and version.
  private(set) var name = ""
  /// Whether the answer that every terminal gives has come, which is the last.
  private(set) var isComplete = false

  /// What has come of an answer that is not complete.
  private var pending: [UInt8] = []
  private var lastTime = 0.0

  private static let escape: UInt8 = 0x1B
  /// The number of the picture that kitty's protocol is asked about.
  private static let picture = 1_196_443_507

  /// The question about the background (OSC 11).
  private static let groundQuestion = "\u{1B}]11;?\u{1B}\\"

  /// Kitty's question about a picture of one pixel; the name; the size of cells as iTerm2 says it, and as others do; the colors of sixels; the
  /// background; and the device's attributes (DA1), which every terminal answers: so the end is known.
  static let question =
    "\u{1B}_Gi=\(picture),s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\\u{1B}[>q\u{1B}]1337;ReportCellSize\u{1B}\\\u{1B}[16t\u{1B}[?1;1;0S"
    + groundQuestion + "\u{1B}[c"
  /// What may be asked inside of screen, which answers for itself.
  static let questionInScreen = "\u{1B}[>q\u{1B}[16t\u{1B}[c"
  /// What may be asked inside of tmux, which answers for itself, too.
  static let questionInTmux = groundQuestion + questionInScreen

  /// The beginnings of answers, with which no key begins.
  private static let beginnings = ["\u{1B}_G", "\u{1B}P>|", "\u{1B}]1337;", "\u{1B}]11;", "\u{1B}[?", "\u{1B}[6;"].map {
    Array($0.utf8)
  }

  /// Takes in what has come; gives what was typed. `now`: seconds of a steady clock. What is left of an answer for 0.2 s is dropped.
  mutating func take(_ bytes: some Sequence<UInt8>, now: Double) -> [UInt8] {
    if !pending.isEmpty, now - lastTime > 0.2 { pending = [] }
    lastTime = now
    let all = pending + bytes
    pending = []
    var typed: [UInt8] = []
    var place = 0
    while place < all.count {
      guard let beginning = TerminalAnswers.beginnings.first(where: { all[place...].starts(with: $0) }) else {
        typed.append(all[place])
        place += 1
        continue
      }
      switch end(of: all, from: place + beginning.count, isString: beginning[1] != UInt8(ascii: "[")) {
      case .at(let end):
        // Keys with Ctrl begin like the size of cells: ESC [ 6 ; 5 ~ is Ctrl-Page-Down.
        if beginning.last == UInt8(ascii: ";"), beginning[1] == UInt8(ascii: "["), all[end - 1] != UInt8(ascii: "t") {
          typed += all[place..<end]
        } else {
          note(Array(all[place..<end]))
        }
        place = end
      case .broken(let next): place = next
      case .later:
        pending = Array(all[place...])
        place = all.count
      }
    }
    return typed
  }

  private enum End { case at(Int), broken(Int), later }

  private func end(of all: [UInt8], from start: Int, isString: Bool) -> End {
    // No answer is as long as that.
    for place in start..<min(all.count, start + 512) {
      let byte = all[place]
      if isString {
        if byte == 0x07 { return .at(place + 1) }
        if byte == TerminalAnswers.escape {
          if place + 1 == all.count { return .later }
          return all[place + 1] == UInt8(ascii: "\\") ? .at(place + 2) : .broken(place)
        }
        if byte < 0x20 || byte == 0x7F { return .broken(place) }
      } else {
        if (0x40...0x7E).contains(byte) { return .at(place + 1) }
        if !(0x20...0x3F).contains(byte) { return .broken(place) }
      }
    }
    return all.count - start < 512 ? .later : .broken(start + 512)
  }

  private mutating func note(_ answer: [UInt8]) {
    let text = String(decoding: answer.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
    if text.hasPrefix("_G") {
      let parts = text.dropFirst(2).split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[0].split(separator: ",").contains("i=\(TerminalAnswers.picture)") else { return }
      knowsKitty = parts[1].hasPrefix("OK")
    } else if text.hasPrefix("P>|") {
      name = String(text.dropFirst(3).prefix { $0 != "\\" })
    } else if text.hasPrefix("]1337;ReportCellSize=") {
      let numbers = text.dropFirst(21).split(separator: ";").map { Double($0.prefix { $0 != "\\" }) ?? 0 }
      guard numbers.count >= 2 else { return }
      knowsInlineImages = true
      let scale = numbers.count > 2 ? numbers[2] : 1
      noteCell(width: numbers[1] * scale, height: numbers[0] * scale)
    } else if text.hasPrefix("]11;") {
      background = TerminalAnswers.color(text.dropFirst(4).prefix { $0 != "\\" }) ?? background
    } else if text.hasPrefix("[") {
      noteControl(text.dropFirst())
    }
  }

  /// A color as X writes it: `rgb:` or `rgba:` with one to four hexadecimal figures for each share, or `#` with six.
  private static func color(_ text: Substring) -> Color? {
    if text.hasPrefix("#") { return text.count == 7 ? Color(String(text)) : nil }
    guard text.hasPrefix("rgb:") || text.hasPrefix("rgba:") else { return nil }
    let figures = text.drop { $0 != ":" }.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let shares = figures.compactMap { figures -> UInt8? in
      guard (1...4).contains(figures.count), figures.allSatisfy(\.isHexDigit), let share = Int(figures, radix: 16) else {
        return nil
      }
      return UInt8(share * 255 / (1 << (4 * figures.count) - 1))
    }
    guard shares.count == figures.count, shares.count == (text.hasPrefix("rgba:") ? 4 : 3) else { return nil }
    return Color(red: shares[0], green: shares[1], blue: shares[2])
  }

  private mutating func noteControl(_ text: Substring) {
    let numbers = text.drop { $0 == "?" }.dropLast().split(separator: ";", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    switch text.last {
    case "c" where text.hasPrefix("?"):
      knowsSixel = numbers.dropFirst().contains(4)
      isComplete = true
    case "S" where numbers.count == 3 && numbers[0] == 1 && numbers[1] == 0:
      if numbers[2] > 1 { sixelColors = numbers[2] }
    case "t" where numbers.count == 3 && numbers[0] == 6:
      noteCell(width: Double(numbers[2]), height: Double(numbers[1]))
    default: break
    }
  }

  private mutating func noteCell(width: Double, height: Double) {
    guard (2...200).contains(width), (2...400).contains(height) else { return }
    cell = (Int(width), Int(height))
  }
}
