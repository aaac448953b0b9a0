import Glibc

/// A command that is run by the shell, in the terminal of this program.
enum ShellCommand {
  /// Runs a command, and waits until it has ended; gives its exit code, 128 and more for a signal, or nil where it was not started.
  /// The keys for interrupts that come meanwhile are the command's.
  ///
  /// - Parameters:
  ///   - arguments: what `$1`, `$2`, … are in the command.
  ///   - text: what the command reads; nil: what is typed.
  static func run(_ command: String, _ arguments: [String] = [], reading text: String? = nil) -> Int32? {
    var ends: [Int32] = [-1, -1]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if text != nil {
      guard pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    }
    let words = ["/bin/sh", "-c", command, "sh"] + arguments
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process = pid_t()
    let isStarted = posix_spawn(&process, "/bin/sh", &actions, nil, &pointers, environ) == 0
    if text != nil { close(ends[0]) }
    guard isStarted else {
      if text != nil { close(ends[1]) }
      return nil
    }
    // Only now: the command is started with these signals as they are.
    let before = [SIGINT, SIGQUIT].map { number -> (Int32, sigaction) in
      var (ignored, old) = (sigaction(), sigaction())
      ignored.__sigaction_handler.sa_handler = SIG_IGN
      sigaction(number, &ignored, &old)
      return (number, old)
    }
    if let text {
      write(text, to: ends[1])
      close(ends[1])
    }
    var status: Int32 = 0
    var ended = waitpid(process, &status, 0)
    while ended < 0, errno == EINTR { ended = waitpid(process, &status, 0) }
    for (number, old) in before {
      var old = old
      sigaction(number, &old, nil)
    }
    // What came meanwhile, such as changes of the window, was the command's.
    Signals.drain()
    guard ended == process else { return nil }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F)
  }

  /// All of it, or as much as the command takes.
  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { start += count } else if errno != EINTR { return }
    }
  }
}
