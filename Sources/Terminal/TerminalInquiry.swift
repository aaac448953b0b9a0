import Base
import Glibc

/// Finds out how the terminal shows pictures, by asking it once, when the first of them is to be shown.
///
/// It stands between the terminal and whoever reads keys: what comes while an answer is awaited goes through it, so that neither a key is lost
/// nor an answer taken for keys.
public final class TerminalInquiry {
  private let screen: Screen
  private let input: Int32
  private let output: Int32
  private var answers: TerminalAnswers?
  private var found: PictureTraits?
  /// Keys that came with the answers.
  private var typed: [UInt8] = []
  /// The terminal's modes, where they are not as they were: an answer that comes late must not be echoed.
  private var modes: termios?
  /// When it was asked, in seconds of the steady clock.
  private var time = 0.0
  private var remark: String?

  /// The seconds that an answer is awaited, before anything else is done; far terminals may be given more, by `GAN_GRAPHICS_WAIT`.
  private static var patience: Double {
    let wish = Screen.environment("GAN_GRAPHICS_WAIT").flatMap(Double.init) ?? 0.1
    return wish.isFinite ? min(max(wish, 0), 5) : 0.1
  }
  /// The seconds after which no answer will come any more.
  private static let lateness = 10.0

  /// Of the terminal behind two descriptors, which stay open; nothing is asked yet.
  public init(screen: Screen, input: Int32 = 0, output: Int32 = 1) {
    self.screen = screen
    self.input = input
    self.output = output
  }

  /// How pictures are shown. The first call asks the terminal, where it can answer, and waits for 0.1 s at most; what was printed before must
  /// have been written out.
  public func traits() -> PictureTraits {
    if let found { return found }
    let traits = settled()
    found = traits
    return traits
  }

  /// A word about the user's own wish, which is told once.
  public func takeRemark() -> String? {
    defer { remark = nil }
    return remark
  }

  private func settled() -> PictureTraits {
    var wish: PictureMethod?
    switch PictureMethod.wish(Screen.environment) {
    case .none: break
    case .method(let method): wish = method
    case .unknown(let word):
      let names = PictureMethod.allCases.map(\.rawValue).joined(separator: ", ")
      remark = "note: GAN_GRAPHICS is \"\(word)\", which is none of \(names); the terminal is asked instead"
    }
    if let wish, !wish.isPixels { return PictureTraits(method: wish) }
    if canAsk { ask() }
    var traits = PictureTraits(answers, isUnicode: screen.isUnicode)
    if isInsideTmux, wish == nil, traits.method == nil, let tmux = TmuxClient.ask(), tmux.showsKittyPlaceholders {
      traits.method = .kitty
      traits.wrapping = .tmux
    }
    if let wish {
      traits.method = wish
      traits.wrapping = isInsideTmux ? .tmux : .none
    }
    return traits
  }

  private var isInsideTmux: Bool { !(Screen.environment("TMUX") ?? "").isEmpty }

  /// Only a terminal on both sides, that belongs to us now, and is one that understands questions.
  private var canAsk: Bool {
    guard screen.movesCursor, isatty(input) == 1, isatty(output) == 1, tcgetpgrp(input) == getpgrp() else { return false }
    let name = Screen.environment("TERM") ?? ""
    // These show a part of what they do not know as text.
    return !["linux", "emacs", "eterm", "eterm-color", "vt52", "cons25"].contains(name)
  }

  private func ask() {
    var before = termios()
    guard tcgetattr(input, &before) == 0 else { return }
    var raw = before
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(input, TCSANOW, &raw) == 0 else { return }
    modes = before
    answers = TerminalAnswers()
    let isInScreen = (Screen.environment("TERM") ?? "").hasPrefix("screen")
    write(
      isInsideTmux
        ? TerminalAnswers.questionInTmux : isInScreen ? TerminalAnswers.questionInScreen : TerminalAnswers.question)
    time = SteadyClock.seconds
    listen(for: TerminalInquiry.patience)
    if answers?.isComplete == true { restoreModes() }
  }

  /// Takes in what comes within some seconds, until the answer is complete.
  private func listen(for seconds: Double) {
    let end = SteadyClock.seconds + seconds
    while isAwaiting {
      let rest = end - SteadyClock.seconds
      var wait = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, Int32(max(0, rest * 1000).rounded(.up)))
      if ready < 0, errno == EINTR, rest > 0 { continue }
      guard ready > 0, wait.revents & Int16(POLLIN) != 0 else { return }
      var piece = [UInt8](repeating: 0, count: 4096)
      let count = Glibc.read(input, &piece, piece.count)
      guard count > 0 else { return }
      typed += answers?.take(piece[..<count], now: SteadyClock.seconds) ?? []
      if rest <= 0 { return }
    }
  }

  /// Whether some of the answer may still come.
  var isAwaiting: Bool {
    guard let answers, !answers.isComplete else { return false }
    return SteadyClock.seconds - time < TerminalInquiry.lateness
  }

  /// What was typed of what has come just now.
  func typed(of bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard isAwaiting else { return Array(bytes) }
    return answers?.take(bytes, now: SteadyClock.seconds) ?? Array(bytes)
  }

  /// Keys that came while the answer was awaited, before anybody reads keys: they are handed over, and forgotten here.
  func takeTyped() -> [UInt8] {
    defer { typed = [] }
    return typed
  }

  /// Gives the terminal its modes back, before others read from it, and at the end. `isEnd`: nobody reads after this, so an answer that is
  /// late is awaited a little longer, lest the shell takes it for keys.
  public func settle(isEnd: Bool = false) {
    if isEnd, isAwaiting, modes != nil { listen(for: max(0.3, TerminalInquiry.patience)) }
    restoreModes()
    guard isEnd else { return }
    // Keys meant for whoever comes next: given back where the system allows it.
    for byte in takeTyped() {
      var character = CChar(bitPattern: byte)
      if ioctl(input, UInt(TIOCSTI), &character) != 0 { break }
    }
  }

  private func restoreModes() {
    guard var before = modes else { return }
    modes = nil
    guard tcgetpgrp(input) == getpgrp() else { return }
    tcsetattr(input, TCSANOW, &before)
  }

  private func write(_ text: String) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if errno != EINTR { return }
    }
  }
}
