import Glibc

/// Shows a text that is longer than the window through the program that `PAGER` names, else through less where it is there.
public enum Pager {
  /// Shows a text, and waits until the person has seen enough; false where there is no such program, or it could not show it.
  public static func show(_ text: String) -> Bool {
    guard let command = command(Screen.environment, isThere: { access($0, X_OK) == 0 }) else { return false }
    // As git sets it: end where the text fits the window, colors as they are, leave the text on the screen.
    let settings = Screen.environment("LESS") == nil ? "LESS=FRX; export LESS; " : ""
    guard let code = TerminalEcho.during({ ShellCommand.run(settings + command, reading: text) }) else { return false }
    // The shell has not found it.
    return code != 127
  }

  /// The command for a shell; nil where the text is to be printed: there is no pager, or it is `cat`.
  static func command(_ environment: (String) -> String?, isThere: (String) -> Bool) -> String? {
    if let wish = environment("PAGER"), wish.contains(where: { !$0.isWhitespace }) { return wish == "cat" ? nil : wish }
    let folders = (environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    return folders.contains { isThere($0 + "/less") } ? "less" : nil
  }
}
