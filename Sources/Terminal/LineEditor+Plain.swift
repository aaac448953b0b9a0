import Glibc

extension LineEditor {
  /// Reads line by line, without editing: dumb terminals, and input that is no terminal (then without prompts).
  func readPlainly() -> Entry {
    let isPerson = isatty(0) == 1
    var text = ""
    var isFirst = true
    while true {
      if isPerson { write(isFirst ? prompt : continuationPrompt) }
      var line: [UInt8] = []
      var hasEnded = false
      reading: while true {
        switch input.byte(within: nil, isPerson: true) {
        case .none:
          hasEnded = true
          break reading
        case .interrupt:
          if isPerson { write("\n") }
          return .interrupted
        case .late: continue
        case .byte(let byte):
          if byte == UInt8(ascii: "\n") { break reading }
          line.append(byte)
        }
      }
      if hasEnded && line.isEmpty {
        if isPerson { write("\n") }
        return text.isEmpty ? .end : .text(text)
      }
      text += (isFirst ? "" : "\n") + String(decoding: line, as: UTF8.self)
      isFirst = false
      if hasEnded { return .text(text) }
      if language.need(text) == .nothing, !nextLineContinues { return .text(text) }
    }
  }

  /// Whether a line that has come already, as where several are pasted, belongs to the lines before it.
  var nextLineContinues: Bool {
    guard input.hasPending else { return false }
    let line = input.pending().drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }
      .prefix { $0 != 0x0A && $0 != 0x0D }
    return !line.isEmpty && language.continues(String(decoding: line, as: UTF8.self))
  }
}
