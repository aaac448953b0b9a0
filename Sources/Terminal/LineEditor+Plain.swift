import Glibc

extension LineEditor {
  /// Reads line by line, without editing: dumb terminals, and input that is no terminal (then without prompts).
  func readPlainly() -> Entry {
    let isPerson = isatty(0) == 1
    var text = ""
    var isFirst = true
    while true {
      if isPerson { write(isFirst ? prompt : continuationPrompt) }
      switch lines.read() {
      case .interrupted:
        if isPerson { write("\n") }
        return .interrupted
      case .end:
        if isPerson { write("\n") }
        return text.isEmpty ? .end : .text(text)
      case .tooLong: continue
      case .text(let line): text += (isFirst ? "" : "\n") + line
      }
      isFirst = false
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
