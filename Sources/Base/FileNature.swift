import Glibc

/// What stands at a path, or behind a descriptor: reading or writing some of these would wait for ever or never end.
public enum FileNature: Sendable {
  /// An ordinary file.
  case file
  case folder
  /// A pipe, with a name or without.
  case pipe
  case socket
  /// A screen and its keyboard.
  case terminal
  /// `/dev/null`, `/dev/zero` and `/dev/full`, which take whatever is written.
  case sink(endsAtOnce: Bool)
  /// Any other device: a disk, memory, a source of chance.
  case device

  /// What the system's facts say.
  public init(_ facts: stat) {
    switch facts.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFCHR:
      let (major, minor) = (facts.st_rdev >> 8 & 0xFFF, facts.st_rdev & 0xFF)
      switch (major, minor) {
      case (1, 3): self = .sink(endsAtOnce: true)
      case (1, 5), (1, 7): self = .sink(endsAtOnce: false)
      // Consoles, serial lines and pseudo-terminals, as Linux numbers them.
      case (4...5, _), (136...143, _): self = .terminal
      default: self = .device
      }
    default: self = .device
    }
  }

  /// What an open descriptor leads to; nil for a closed one.
  public init?(descriptor: Int32) {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return nil }
    self.init(facts)
  }

  /// With its article, for "It is …".
  public var noun: String {
    switch self {
    case .file: "a file"
    case .folder: "a folder"
    case .pipe: "a pipe"
    case .socket: "a socket"
    case .terminal: "a terminal"
    case .sink, .device: "a device"
    }
  }
}
