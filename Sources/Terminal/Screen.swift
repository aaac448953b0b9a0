import Base
import Glibc

/// What is known about the terminal behind a stream. Where there is none, `isTerminal` is false and the width is 80.
public struct Screen: Sendable {
  /// The standard streams, by their descriptors.
  public enum Stream: Int32, Sendable { case input = 0, output = 1, error = 2 }

  /// Whether a person sees what the stream shows.
  public var isTerminal: Bool
  /// The number of columns.
  public var width: Int
  /// The number of rows.
  public var height: Int
  /// Which colors the terminal shows.
  public var colorDepth: ColorDepth
  /// Whether text stands on dark or light, as far as it is known.
  public var ground: TextPalette.Ground
  /// Whether characters outside ASCII can be shown.
  public var isUnicode: Bool
  /// Whether the cursor can be moved: not so in a dumb terminal.
  public var movesCursor: Bool

  /// A terminal, or what is none, as a test or a program wants it to be; `init(of:)` asks the system.
  public init(
    isTerminal: Bool, width: Int = 80, height: Int = 24, colorDepth: ColorDepth = .none, isUnicode: Bool = true,
    movesCursor: Bool = false, ground: TextPalette.Ground = .unknown
  ) {
    self.isTerminal = isTerminal
    self.width = width
    self.height = height
    self.colorDepth = colorDepth
    self.isUnicode = isUnicode
    self.movesCursor = movesCursor
    self.ground = ground
  }

  /// The colors of text.
  public var palette: TextPalette { TextPalette(hasManyColors: colorDepth > .named, ground: ground) }

  /// Asks the system; cheap enough to be asked anew before each picture, so that a resized window is seen.
  public init(of stream: Stream, colors: Bool = true) {
    let isTerminal = isatty(stream.rawValue) == 1
    let size = Screen.size(of: stream)
    let terminal = Screen.environment("TERM") ?? ""
    self.init(
      isTerminal: isTerminal,
      width: size?.columns ?? Screen.number("COLUMNS") ?? 80,
      height: size?.rows ?? Screen.number("LINES") ?? 24,
      colorDepth: isTerminal && colors ? ColorDepth.told(by: Screen.environment) : .none,
      isUnicode: Screen.isUnicode(Screen.environment),
      movesCursor: isTerminal && !terminal.isEmpty && terminal != "dumb",
      ground: TextPalette.ground(told: Screen.environment))
  }

  /// Columns and rows of the terminal behind a stream.
  public static func size(of stream: Stream) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// The pixels of a character, as the system knows them; nil where it does not.
  static func cellSize(of stream: Stream) -> (width: Int, height: Int)? {
    var size = winsize()
    guard ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return nil }
    let cell = (width: Int(size.ws_xpixel) / Int(size.ws_col), height: Int(size.ws_ypixel) / Int(size.ws_row))
    return cell.width >= 2 && cell.height >= 2 ? cell : nil
  }

  /// A variable of the environment; nil where it is not set.
  public static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  private static func number(_ name: String) -> Int? {
    environment(name).flatMap { Int($0) }.flatMap { (1...10_000).contains($0) ? $0 : nil }
  }

  /// The locale's word. The bare "C" locale says nothing about the terminal: like most programs today, we then trust it with UTF-8.
  static func isUnicode(_ variable: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = variable(name), !value.isEmpty else { continue }
      if value == "C" || value == "POSIX" { return true }
      let lower = value.lowercased()
      return lower.contains("utf-8") || lower.contains("utf8")
    }
    return true
  }
}
