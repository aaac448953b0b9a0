import Base

/// The colors of a rendered diagnostic: escape codes of ECMA-48, or nothing.
struct Paint {
  let palette: TextPalette?

  func bold(_ text: String) -> String { wrap(text, "1") }
  /// What tells where: paths.
  func dim(_ text: String) -> String { wrap(text, code(.faint)) }
  /// Line numbers and the bar beside them.
  func frame(_ text: String) -> String { wrap(text, code(.blue)) }
  func severity(_ text: String, _ severity: Diagnostic.Severity) -> String { wrap(text, "1;" + color(severity)) }
  /// The marks under a line and their texts.
  func mark(_ text: String, _ severity: Diagnostic.Severity) -> String { wrap(text, color(severity)) }

  private func color(_ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: return code(.red)
    case .warning: return code(.yellow)
    case .note: return code(.cyan)
    }
  }

  private func code(_ ink: TextPalette.Ink) -> String { palette?.code(ink) ?? "" }

  private func wrap(_ text: String, _ code: String) -> String {
    palette != nil && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
