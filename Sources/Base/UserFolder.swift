import Glibc

/// The folders of a person for what programs keep, as the XDG Base Directory Specification names them.
public enum UserFolder: Sendable {
  /// For what may be deleted at any time.
  case cache
  /// For what stays from one run to the next.
  case state

  /// The folder: what its variable says, else the usual one in the home; nil where neither is an absolute path.
  public func path(_ variable: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }) -> String? {
    let (name, usual) =
      switch self {
      case .cache: ("XDG_CACHE_HOME", "/.cache")
      case .state: ("XDG_STATE_HOME", "/.local/state")
      }
    func absolute(_ name: String) -> String? { variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil } }
    return absolute(name) ?? absolute("HOME").map { $0 + usual }
  }
}
