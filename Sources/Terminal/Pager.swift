import Glibc

/// Shows a text that is longer than the window through the program that `PAGER` names, else through less where it is there.
public enum Pager {
  /// Shows a text, and waits until the person has seen enough; false where there is no such program, or it could not show it.
  public static func show(_ text: String) -> Bool {
    guard let command = command(Screen.environment, isThere: { access($0, X_OK) == 0 }) else { return false }
    return TerminalEcho.during { run(command, text) }
  }

  /// The command for a shell; nil where the text is to be printed: there is no pager, or it is `cat`.
  static func command(_ environment: (String) -> String?, isThere: (String) -> Bool) -> String? {
    if let wish = environment("PAGER"), wish.contains(where: { !$0.isWhitespace }) { return wish == "cat" ? nil : wish }
    let folders = (environment("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    return folders.contains { isThere($0 + "/less") } ? "less" : nil
  }

  private static func run(_ command: String, _ text: String) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    // As git sets it: end where the text fits the window, colors as they are, leave the text on the screen.
    let settings = Screen.environment("LESS") == nil ? "LESS=FRX; export LESS; " : ""
    let words = ["/bin/sh", "-c", settings + command]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    // Ctrl-C and Ctrl-\ are the pager's; it is started with them as they are.
    let isStarted = posix_spawn(&process, "/bin/sh", &actions, nil, arguments, environ) == 0
    close(ends[0])
    guard isStarted else {
      close(ends[1])
      return false
    }
    let before = [SIGINT, SIGQUIT].map { number -> (Int32, sigaction) in
      var (ignored, old) = (sigaction(), sigaction())
      ignored.__sigaction_handler.sa_handler = SIG_IGN
      sigaction(number, &ignored, &old)
      return (number, old)
    }
    write(text, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    for (number, old) in before {
      var old = old
      sigaction(number, &old, nil)
    }
    Signals.drain()
    // 127: the shell has not found it.
    return status >> 8 & 0xFF != 127
  }

  /// All of it, or as much as the pager takes: who has seen enough closes it.
  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if errno != EINTR { return }
    }
  }
}
