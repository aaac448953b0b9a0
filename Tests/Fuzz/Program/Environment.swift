import Glibc

/// What the targets find around them.
enum Environment {
  static var workingFolder: String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  /// Writes a line to standard error, past every buffer.
  static func say(_ message: String) {
    let bytes = Array((message + "\n").utf8)
    _ = write(2, bytes, bytes.count)
  }

  /// Lets all that a program keeps for its user be kept in a folder that goes, and no editor wait for a person.
  static func prepare() {
    for variable in ["HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"] {
      setenv(variable, Scratch.folder, 1)
    }
    for (variable, value) in [("TERM", "xterm-256color"), ("EDITOR", "true"), ("VISUAL", "true")] { setenv(variable, value, 1) }
  }
}
