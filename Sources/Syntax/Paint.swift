/// The colors of a rendered diagnostic: escape codes of ECMA-48, or nothing.
struct Paint {
  let isOn: Bool

  func bold(_ text: String) -> String { wrap(text, "1") }
  /// What tells where: paths.
  func dim(_ text: String) -> String { wrap(text, "2") }
  /// Line numbers and the bar beside them. Light blue: the dark one of most terminals cannot be read on black.
  func frame(_ text: String) -> String { wrap(text, "94") }
  func severity(_ text: String, _ severity: Diagnostic.Severity) -> String { wrap(text, "1;" + color(severity)) }
  /// The marks under a line and their texts.
  func mark(_ text: String, _ severity: Diagnostic.Severity) -> String { wrap(text, color(severity)) }

  private func color(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: return "31"
    case .warning: return "33"
    case .note: return "36"
    }
  }

  private func wrap(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
