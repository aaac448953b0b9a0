import Glibc

/// The bytes that a terminal sends, as characters, keys and pasted texts. They are taken for UTF-8, whatever the locale says.
final class KeyInput {
  enum Event: Equatable {
    case character(Unicode.Scalar)
    case key(Key)
    case paste(String)
    /// A sequence that the person's own settings name: its characters follow.
    case escape
    case interrupt
    /// No key came for a while.
    case pause
    case end
  }

  /// Bytes that were read ahead.
  private var queue: [UInt8] = []
  private var start = 0
  private let descriptor: Int32
  /// Whether the end was read ahead: a terminal tells Ctrl-D once.
  private var hasEnded = false
  /// Takes answers of the terminal out of what comes.
  var inquiry: TerminalInquiry?
  /// Whether an Escape is a key by itself, which the next one does not belong to.
  var isVi = false
  /// What the person's own settings say of a sequence (without its Escape): those are not ours to read.
  var isOwn: (String) -> Bool = { _ in false }
  /// Deals with signals other than Ctrl-C that arrive while a key is awaited.
  var respond: (Int32) -> Void = { _ in }
  /// Called before waiting for a person.
  var willWait: () -> Void = {}

  /// The longest text that a paste puts in; what is beyond it is left out.
  static let longestPaste = 1 << 18

  init(descriptor: Int32 = 0) { self.descriptor = descriptor }

  /// Forgets what was read ahead.
  func clear() {
    queue.removeAll()
    start = 0
  }

  /// Takes in what was typed while nobody was reading keys.
  func begin() {
    inquiry?.settle()
    guard let typed = inquiry?.takeTyped(), !typed.isEmpty else { return }
    queue.append(contentsOf: typed)
  }

  /// The next thing that the person does. `pause`: after so many milliseconds without a key there is one; nil: never.
  func next(pause: Int32?) -> Event {
    while true {
      switch byte(within: pause, isPerson: true) {
      case .none: return .end
      case .late: return .pause
      case .interrupt: return .interrupt
      case .byte(0x1B):
        if let event = escape() { return event }
      case .byte(let first):
        let scalar = scalar(after: first)
        if scalar == "\u{3}" { return .interrupt }
        // What no keyboard sends stands for keys.
        if !(0x80..<0xA0).contains(scalar.value) { return .character(scalar) }
      }
    }
  }

  // MARK: Sequences

  private func escape() -> Event? {
    guard case .byte(let second) = byte(within: 30, isPerson: false) else { return .character("\u{1B}") }
    switch second {
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      guard let sequence = sequence(after: second) else { return .character("\u{1B}") }
      if sequence == "[200~" { return .paste(paste()) }
      if isOwn(sequence) {
        putBack(Array(sequence.utf8))
        return .escape
      }
      // A sequence that means nothing here is not typed text either.
      return Key.sending(sequence).map { .key($0) }
    case 0x0D, 0x0A: return .key(.newline)
    case 0x1B where !isVi:
      // The Escape that some terminals send before a key for Alt.
      putBack([second])
      return nil
    default:
      putBack([second])
      return .character("\u{1B}")
    }
  }

  /// The rest of a key's sequence with its first character; nil where a person typed the first two characters alone.
  private func sequence(after first: UInt8) -> String? {
    var bytes = [first]
    while bytes.count < 64 {
      guard case .byte(let byte) = byte(within: 100, isPerson: false) else {
        if bytes.count == 1 { putBack(bytes) }
        return bytes.count == 1 ? nil : String(decoding: bytes, as: UTF8.self)
      }
      guard (0x20...0x7E).contains(byte) else {
        putBack([byte])
        break
      }
      bytes.append(byte)
      if first == UInt8(ascii: "O") || (0x40...0x7E).contains(byte) && !(bytes.count == 2 && byte == UInt8(ascii: "[")) { break }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// All that comes until the end mark; a mark that does not come is not awaited for ever.
  private func paste() -> String {
    let mark = Array("\u{1B}[201~".utf8)
    var bytes: [UInt8] = []
    while true {
      let input = byte(within: 2000, isPerson: false)
      // A Ctrl-C among them is text too: what is pasted does nothing.
      if case .interrupt = input { continue }
      guard case .byte(let byte) = input else { break }
      bytes.append(byte)
      if byte == UInt8(ascii: "~"), bytes.suffix(mark.count).elementsEqual(mark) {
        bytes.removeLast(mark.count)
        break
      }
      if bytes.count > 2 * KeyInput.longestPaste { bytes.removeSubrange(KeyInput.longestPaste..<bytes.count - mark.count) }
    }
    return String(decoding: bytes.prefix(KeyInput.longestPaste), as: UTF8.self)
  }

  /// The character that begins with a byte; bytes that can never make one are U+FFFD.
  private func scalar(after first: UInt8) -> Unicode.Scalar {
    let needed =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    var bytes = [first]
    while bytes.count < needed {
      guard case .byte(let next) = byte(within: 100, isPerson: false) else { break }
      guard next & 0xC0 == 0x80 else {
        putBack([next])
        break
      }
      bytes.append(next)
    }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  // MARK: Bytes

  enum Input { case byte(UInt8), interrupt, late, none }

  private func putBack(_ bytes: [UInt8]) {
    queue.replaceSubrange(0..<start, with: bytes)
    start = 0
  }

  /// The bytes that have come already, up to a limit, without taking them.
  func pending(upTo limit: Int = 4096) -> ArraySlice<UInt8> {
    while queue.count - start < limit, fill(within: 0) {}
    return queue[start...]
  }

  /// Takes what was typed while the terminal kept lines itself, which hands on a Ctrl-D of that time as 0.
  func takeTypedAhead() {
    let known = queue.count - start
    _ = pending()
    for place in queue.indices.dropFirst(start + known) where queue[place] == 0 { queue[place] = 4 }
  }

  /// Whether something was typed that nobody has looked at.
  var hasPending: Bool { start < queue.count || fill(within: 0) }

  /// Reads what has come within some milliseconds, -1 for ever; false where nothing has.
  private func fill(within milliseconds: Int32) -> Bool {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, milliseconds) > 0 else { return false }
    return take() && start < queue.count
  }

  /// Reads what has come; false where nothing has.
  private func take() -> Bool {
    var piece = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &piece, piece.count)
    guard count > 0 else {
      hasEnded = count == 0 || (errno != EINTR && errno != EAGAIN)
      return false
    }
    if start == queue.count { clear() }
    queue.append(contentsOf: inquiry?.typed(of: piece[..<count]) ?? Array(piece[..<count]))
    return true
  }

  /// One byte. `isPerson`: a person is waited for, and signals are dealt with.
  func byte(within milliseconds: Int32?, isPerson: Bool) -> Input {
    while true {
      if isPerson, let signal = Signals.next() {
        if signal == SIGINT {
          clear()
          return .interrupt
        }
        respond(signal)
      }
      if start < queue.count {
        defer { start += 1 }
        return .byte(queue[start])
      }
      if isPerson, !fill(within: 0) { willWait() }
      if start < queue.count { continue }
      if hasEnded {
        hasEnded = false
        return .none
      }
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: Signals.wakeDescriptor(), events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&descriptors, 2, milliseconds ?? -1)
      if ready == 0 { return .late }
      if ready < 0 {
        if errno == EINTR { continue }
        return .none
      }
      if descriptors[1].revents != 0, let signal = Signals.next() {
        if signal == SIGINT { return .interrupt }
        respond(signal)
        continue
      }
      if descriptors[0].revents != 0 { _ = take() }
    }
  }
}
