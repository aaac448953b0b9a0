import Glibc

/// The program `gan` itself, as it was built beside these tests.
enum GanProgram {
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/gan"
  }()

  struct Ending: Equatable {
    var code: Int32
    var output: String
    var error: String
  }

  /// Runs the program to its end, with pipes for its streams.
  static func run(_ arguments: String..., input: String = "", environment: [String: String] = [:]) -> Ending {
    run(path, arguments, input: input, environment: environment)
  }

  static func run(_ program: String, _ arguments: [String], input: String = "", environment: [String: String] = [:]) -> Ending {
    let (inputRead, inputWrite) = makePipe()
    let (outputRead, outputWrite) = makePipe()
    let (errorRead, errorWrite) = makePipe()
    let process = spawn(
      program, arguments, environment: environment, descriptors: [inputRead, outputWrite, errorWrite])
    for end in [inputRead, outputWrite, errorWrite] { close(end) }
    let bytes = Array(input.utf8)
    _ = write(inputWrite, bytes, bytes.count)
    close(inputWrite)
    var texts: [Int32: [UInt8]] = [outputRead: [], errorRead: []]
    var open = [outputRead, errorRead]
    while !open.isEmpty {
      var polled = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&polled, UInt(polled.count), 60_000) > 0 else { break }
      for entry in polled where entry.revents != 0 {
        var piece = [UInt8](repeating: 0, count: 4096)
        let count = read(entry.fd, &piece, piece.count)
        if count <= 0 { open.removeAll { $0 == entry.fd } } else { texts[entry.fd]?.append(contentsOf: piece[..<count]) }
      }
    }
    close(outputRead)
    close(errorRead)
    return Ending(
      code: wait(for: process), output: String(decoding: texts[outputRead] ?? [], as: UTF8.self),
      error: String(decoding: texts[errorRead] ?? [], as: UTF8.self))
  }

  static func makePipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// A terminal of its own: our side of it, its other side, and the name of that.
  static func openTerminal(columns: UInt16, rows: UInt16) -> (master: Int32, slave: Int32, name: String) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var (master, slave): (Int32, Int32) = (-1, -1)
    // `ttyname` would give a buffer that all tests share.
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&master, &slave, nil, nil, &size) == 0, ttyname_r(slave, &name, name.count) == 0 else {
      preconditionFailure("no terminal can be had: \(String(cString: strerror(errno)))")
    }
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (master, slave, String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// The exit code; 128 and more for a signal.
  static func wait(for process: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  static func spawn(
    _ program: String, _ arguments: [String], environment: [String: String], descriptors: [Int32],
    terminal: String? = nil
  ) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The threads of a test runner block signals; the program shall not inherit that.
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    let setsSession: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | (terminal == nil ? 0 : setsSession))
    if let terminal {
      // A session of its own, whose terminal is the first that it opens.
      posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    for (target, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
    }
    var variables = ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8", "PAGER": "cat"]
    // Under a sanitizer (Tests/sanitize) the program is to be judged as the tests are.
    for name in ["ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"] {
      if let options = getenv(name) { variables[name] = String(cString: options) }
    }
    variables.merge(environment) { $1 }
    var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var process = pid_t()
    let code = posix_spawn(&process, program, &actions, &attributes, &argv, &envp)
    precondition(code == 0, "\(program) does not start: \(String(cString: strerror(code)))")
    return process
  }
}

/// The program in a terminal of its own, as a person uses it.
final class GanTerminal {
  private let terminal: Int32
  private let process: pid_t
  private(set) var output = ""
  private var hasEnded = false

  init(_ arguments: [String] = [], environment: [String: String] = [:], columns: UInt16 = 80) {
    let (master, slave, name) = GanProgram.openTerminal(columns: columns, rows: 24)
    terminal = master
    defer { close(slave) }
    var variables = ["TERM": "xterm", "NO_COLOR": "1"]
    variables.merge(environment) { $1 }
    process = GanProgram.spawn(
      GanProgram.path, arguments, environment: variables, descriptors: [], terminal: name)
  }

  deinit {
    if !hasEnded {
      kill(process, SIGKILL)
      _ = GanProgram.wait(for: process)
    }
    close(terminal)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(terminal, bytes, bytes.count)
  }

  /// What the last `shows` has gone over, up to the text that it waited for.
  private(set) var seen = ""

  /// Whether the terminal shows what is typed.
  var echoes: Bool {
    var modes = termios()
    return tcgetattr(terminal, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  /// Sends the program a signal.
  func send(_ signal: Int32) { kill(process, signal) }

  /// Reads on until the output since the last call holds a text; false when it does not come.
  func shows(_ text: String) -> Bool {
    while true {
      if let range = output.firstRange(of: text) {
        seen = String(output[..<range.lowerBound])
        output = String(output[range.upperBound...])
        return true
      }
      guard readMore() else { return false }
    }
  }

  /// What is shown until nothing more comes for a moment.
  func settle() -> String {
    while readMore(within: 300) {}
    defer { output = "" }
    return output
  }

  private func readMore(within milliseconds: Int32 = 30_000) -> Bool {
    var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var piece = [UInt8](repeating: 0, count: 4096)
    let count = read(terminal, &piece, piece.count)
    guard count > 0 else { return false }
    output += String(decoding: piece[..<count], as: UTF8.self)
    return true
  }

  /// The exit code, once the program has ended by itself.
  func end() -> Int32 {
    while readMore() {}
    hasEnded = true
    // A program that has not ended within the time is not waited for.
    var status: Int32 = 0
    for _ in 0..<500 {
      if waitpid(process, &status, WNOHANG) == process {
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      }
      usleep(20_000)
    }
    kill(process, SIGKILL)
    _ = GanProgram.wait(for: process)
    return -1
  }
}
