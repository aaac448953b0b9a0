/// How many colors a stream's terminal shows.
public enum ColorDepth: Int, Comparable, Sendable {
  /// No escape codes at all: not a terminal, `NO_COLOR`, `--no-color`, or a dumb terminal.
  case none
  /// The sixteen named colors.
  case named
  /// The 256 colors of xterm.
  case indexed
  /// 24 bits.
  case full

  /// In the order of how many colors there are.
  public static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }

  /// What the environment says: `NO_COLOR` (no-color.org), `COLORTERM`, `TERM`, `XTERM_VERSION`.
  public static func told(by variable: (String) -> String?) -> ColorDepth {
    if let value = variable("NO_COLOR"), !value.isEmpty { return .none }
    let terminal = variable("TERM") ?? ""
    if terminal.isEmpty || terminal == "dumb" { return .none }
    let color = variable("COLORTERM") ?? ""
    if color == "truecolor" || color == "24bit" { return .full }
    if terminal.hasSuffix("-direct") || terminal.contains("kitty") || terminal.contains("ghostty") { return .full }
    if terminal.contains("256color") || !color.isEmpty { return .indexed }
    // xterm calls itself "xterm", and has had 256 colors for twenty years.
    if terminal == "xterm", !(variable("XTERM_VERSION") ?? "").isEmpty { return .indexed }
    return terminal.hasPrefix("vt") ? .none : .named
  }
}
