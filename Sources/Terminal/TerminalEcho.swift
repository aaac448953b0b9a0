import Base
import Glibc

/// Whether the terminal shows what is typed. While a program runs in a conversation it does not: keys would stand in the middle of what the
/// program shows. What was typed meanwhile comes into the next entry, where it is seen, with the keys that the terminal would have obeyed by itself:
/// Ctrl-V, Ctrl-W, Ctrl-R.
public enum TerminalEcho {
  // Read in a signal handler, which is installed after they are set.
  nonisolated(unsafe) private static var shown = termios()
  nonisolated(unsafe) private static var hidden = termios()

  /// Whether it has been turned off.
  nonisolated(unsafe) public private(set) static var isOff = false

  /// Turns it off where standard input is a terminal that belongs to this program and shows what is typed. Where the program is suspended
  /// meanwhile (Ctrl-Z), the terminal is given back as it was.
  public static func turnOff() {
    guard !isOff, isatty(0) == 1, tcgetpgrp(0) == getpgrp(), tcgetattr(0, &shown) == 0 else { return }
    guard shown.c_lflag & tcflag_t(ECHO) != 0, shown.c_lflag & tcflag_t(ICANON) != 0 else { return }
    hidden = shown
    hidden.c_lflag &= ~tcflag_t(ECHO | IEXTEN)
    guard tcsetattr(0, TCSANOW, &hidden) == 0 else { return }
    isOff = true
    watchSuspension()
  }

  /// Turns it on again.
  public static func turnOn() {
    guard isOff else { return }
    isOff = false
    Signals.unwatchSuspension()
    // Others may have changed more than this.
    var modes = termios()
    guard tcgetattr(0, &modes) == 0 else { return }
    modes.c_lflag |= shown.c_lflag & tcflag_t(ECHO | IEXTEN)
    tcsetattr(0, TCSANOW, &modes)
  }

  /// Does what needs it on: reads a line, or lets another program have the terminal.
  public static func during<T>(_ body: () throws -> T) rethrows -> T {
    let wasOff = isOff
    turnOn()
    defer { if wasOff { turnOff() } }
    return try body()
  }

  private static func watchSuspension() {
    SignalHandler.install(SIGTSTP) { _ in
      // All of it is safe inside a handler.
      tcsetattr(0, TCSANOW, &TerminalEcho.shown)
      Signals.stopHere()
      TerminalEcho.watchSuspension()
      // In the background the terminal is another program's.
      if TerminalEcho.isOff, tcgetpgrp(0) == getpgrp() { tcsetattr(0, TCSANOW, &TerminalEcho.hidden) }
    }
  }
}
