import Syntax

/// What `gan kernel` is to do.
public enum KernelCommand: Equatable, Sendable {
  /// Where a kernel is installed, and under which name.
  public struct Target: Equatable, Sendable {
    /// The folder below which it is; nil for that of the user.
    public var prefix: String?
    /// The name that programs start it by.
    public var name = "gan"
    /// The name that people see; nil: "Gan".
    public var displayName: String?
    /// Whether another program's kernel may be written over, or removed.
    public var forces = false
  }

  case install(Target)
  case remove(Target)
  /// The kernel itself, for the connection file that whoever starts it has written.
  case run(connectionFile: String)
  case help

  /// What `gan kernel --help` prints.
  public static let usage = """
    gan kernel: Gan in JupyterLab, Notebook, VS Code, jupyter console, nbclient

    gan kernel install          lets Jupyter's programs find it, for you alone
    gan kernel remove           takes that back
    gan kernel run file         is the kernel; Jupyter's programs start it with the file of a connection

      --user                 in your own folder of Jupyter's data (so without a place)
      --prefix folder        below a folder: /usr/local for all users, or an environment of Python
      --sys-prefix           in the environment of Python or conda that is active
      --name gan             the name that programs start it by
      --display-name Gan     the name that people see
      --force                write over, or remove, a kernel of another program with the name

    `gan --threads 2 kernel install` lets the kernel use two threads. It needs the library libzmq5 (Debian: apt-get install libzmq5).
    """

  /// `words`: what stands behind `gan kernel`. `environment` gives variables of the environment.
  static func parse(_ words: [String], environment: (String) -> String?) throws -> KernelCommand {
    var rest = words[...]
    let names = ["install", "remove", "run"]
    guard let verb = rest.popFirst(), !["-h", "--help"].contains(verb) else { return .help }
    switch verb {
    case "install":
      return try rest.contains("-h") || rest.contains("--help") ? .help : .install(target(rest, of: verb, environment))
    case "remove", "uninstall":
      return try rest.contains("-h") || rest.contains("--help") ? .help : .remove(target(rest, of: verb, environment))
    case "run":
      // Some programs write `-f file`, as IPython takes it.
      if rest.first == "-f" { rest.removeFirst() }
      guard let file = rest.popFirst(), rest.isEmpty else {
        throw Options.Misuse(
          title: "gan kernel run wants one connection file",
          advice: "Jupyter's programs write it and start the kernel: `gan kernel install`, then `jupyter console --kernel gan`.")
      }
      return .run(connectionFile: file)
    default:
      let near = Suggestion.nearest(to: verb, among: names)
      throw Options.Misuse(
        title: "gan kernel knows install, remove and run, not \(verb)",
        advice: near.map { "Did you mean \($0)?" } ?? "See: gan kernel --help")
    }
  }

  private static let options = ["--user", "--prefix", "--sys-prefix", "--name", "--display-name", "--force"]

  private static func target(
    _ words: ArraySlice<String>, of verb: String, _ environment: (String) -> String?
  ) throws -> Target {
    var target = Target()
    var rest = words
    var places = 0
    while let word = rest.popFirst() {
      let equal = word.firstIndex(of: "=")
      let name = equal.map { String(word[..<$0]) } ?? word
      func value(_ example: String) throws -> String {
        guard let text = equal.map({ String(word[word.index(after: $0)...]) }) ?? rest.popFirst(), !text.isEmpty else {
          throw Options.Misuse(title: "\(name) wants a value", advice: "Try: gan kernel install \(name) \(example)")
        }
        return text
      }
      switch name {
      case "--user": places += 1
      case "--prefix":
        target.prefix = try value("/usr/local")
        places += 1
      case "--sys-prefix":
        guard let prefix = environment("VIRTUAL_ENV") ?? environment("CONDA_PREFIX") else {
          throw Options.Misuse(
            title: "--sys-prefix wants an environment of Python, and none is active",
            advice: "Activate it first, or name its folder with --prefix.")
        }
        target.prefix = prefix
        places += 1
      case "--name": target.name = try value("gan-2")
      case "--display-name": target.displayName = try value("'Gan 2'")
      case "--force": target.forces = true
      default:
        guard word.hasPrefix("-") else {
          throw Options.Misuse(
            title: "the name of a kernel stands behind --name", advice: "Try: gan kernel \(verb) --name \(word)")
        }
        let near = Suggestion.nearest(to: name, among: options)
        throw Options.Misuse(
          title: "gan kernel has no option \(name)", advice: near.map { "Did you mean \($0)?" } ?? "See: gan kernel --help")
      }
    }
    guard places <= 1 else {
      throw Options.Misuse(
        title: "a kernel is installed in one place", advice: "Choose one of --user, --prefix and --sys-prefix.")
    }
    return target
  }
}
