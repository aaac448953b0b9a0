import Glibc

/// The terminal that tmux runs in, as tmux knows it.
struct TmuxClient {
  /// Whether tmux hands on what is marked for the terminal.
  let passes: Bool
  /// The terminal's own name and version: "kitty(0.32.1)".
  let name: String

  /// What tmux says; nil where it cannot be asked.
  static func ask() -> TmuxClient? {
    guard let text = output(of: ["tmux", "display-message", "-p", "#{allow-passthrough} #{client_termtype}"]) else { return nil }
    return TmuxClient(text)
  }

  /// Reads what tmux says.
  init(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    passes = ["on", "all", "1", "2"].contains(words.first ?? "")
    name = words.dropFirst().joined(separator: " ")
  }

  /// Pictures that stand in characters of their own, which tmux moves like text (kitty 0.28).
  var showsKittyPlaceholders: Bool {
    guard passes else { return false }
    if name.hasPrefix("ghostty") { return true }
    guard name.hasPrefix("kitty(") else { return false }
    let version = name.dropFirst(6).split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
    return version.count >= 2 && (version[0] > 0 || version[1] >= 28)
  }

  private static func output(of words: [String]) -> String? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    let isStarted = posix_spawnp(&process, words[0], &actions, nil, &arguments, environ) == 0
    close(ends[1])
    guard isStarted else { return nil }
    var bytes: [UInt8] = []
    while bytes.count < 4096 {
      var wait = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, 500)
      if ready < 0, errno == EINTR { continue }
      var piece = [UInt8](repeating: 0, count: 1024)
      let count = ready > 0 ? read(ends[0], &piece, piece.count) : -1
      guard count > 0 else {
        if count < 0 { kill(process, SIGKILL) }
        break
      }
      bytes += piece[..<count]
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0 ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
