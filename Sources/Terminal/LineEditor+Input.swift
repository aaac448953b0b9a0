import CEdit
import Glibc

extension LineEditor {
  /// Gives libedit one character; a signal that arrives meanwhile is dealt with here, in ordinary code.
  /// Returns 1, 0 at the end of the input, -1 on an error.
  func readCharacter(into character: UnsafeMutablePointer<wchar_t>?) -> Int32 {
    while true {
      guard let byte = readByte() else { return 0 }
      switch byte {
      case .interrupt:
        pendingInput.removeAll()
        queuedInput.removeAll()
        character?.pointee = 3
        return 1
      case .byte(0x1B) where isVi && pendingInput.isEmpty:
        character?.pointee = wchar_t(bitPattern: keyAfterEscape()?.rawValue ?? 0x1B)
        return 1
      case .byte(let byte):
        pendingInput.append(byte)
        if let scalar = decoded() {
          character?.pointee = wchar_t(bitPattern: scalar.value)
          return 1
        }
      }
    }
  }

  /// The key whose sequence follows an Escape at once; nil for Escape itself, and then nothing is lost.
  private func keyAfterEscape() -> Key? {
    var sequence: [UInt8] = []
    while sequence.count < 6, let byte = byteWaiting() {
      sequence.append(byte)
      if sequence.count == 1 ? byte != UInt8(ascii: "[") && byte != UInt8(ascii: "O") : (0x40...0x7E).contains(byte) { break }
    }
    let text = String(decoding: sequence, as: UTF8.self)
    if let key = Key.allCases.first(where: { $0.sequences.contains(text) }) { return key }
    queuedInput = sequence + queuedInput
    return nil
  }

  /// A byte that is there, or comes within the moment that the bytes of one key take.
  private func byteWaiting() -> UInt8? {
    if !queuedInput.isEmpty { return queuedInput.removeFirst() }
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    guard poll(&input, 1, 30) > 0, Glibc.read(0, &byte, 1) == 1 else { return nil }
    return byte
  }

  private enum Input { case byte(UInt8), interrupt }

  private func readByte() -> Input? {
    if !queuedInput.isEmpty { return .byte(queuedInput.removeFirst()) }
    var descriptors = [
      pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
      pollfd(fd: Signals.wakeDescriptor(), events: Int16(POLLIN), revents: 0),
    ]
    while true {
      if poll(&descriptors, 2, -1) < 0 {
        if errno == EINTR { continue }
        return nil
      }
      if descriptors[1].revents != 0, let signal = Signals.next() {
        if signal == SIGINT { return .interrupt }
        respond(to: signal)
        continue
      }
      guard descriptors[0].revents != 0 else { continue }
      var byte: UInt8 = 0
      let count = Glibc.read(0, &byte, 1)
      if count == 1 { return .byte(byte) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return nil
    }
  }

  /// The character that the pending bytes make up; bytes that can never make one become U+FFFD.
  private func decoded() -> Unicode.Scalar? {
    let needed =
      switch pendingInput.first ?? 0 {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    let isBroken = pendingInput.dropFirst().contains { $0 & 0xC0 != 0x80 }
    guard pendingInput.count >= needed || isBroken else { return nil }
    defer { pendingInput.removeAll() }
    return String(decoding: pendingInput, as: UTF8.self).unicodeScalars.first
  }

  /// Reads line by line, without editing: dumb terminals, and input that is no terminal (then without prompts).
  func readPlainly() -> Entry {
    let isPerson = isatty(0) == 1
    var text = ""
    var isFirst = true
    while true {
      if isPerson { prompt(isFirst ? prompt : continuationPrompt) }
      var line: [UInt8] = []
      var hasEnded = false
      reading: while true {
        switch readByte() {
        case nil:
          hasEnded = true
          break reading
        case .interrupt:
          if isPerson { prompt("\n") }
          return .interrupted
        case .byte(let byte):
          if byte == UInt8(ascii: "\n") { break reading }
          line.append(byte)
        }
      }
      if hasEnded && line.isEmpty {
        if isPerson { prompt("\n") }
        return text.isEmpty ? .end : .text(text)
      }
      text += (isFirst ? "" : "\n") + String(decoding: line, as: UTF8.self)
      isFirst = false
      if hasEnded || need?(text) ?? .nothing == .nothing { return .text(text) }
    }
  }

  private func prompt(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(1, bytes, bytes.count)
  }
}
