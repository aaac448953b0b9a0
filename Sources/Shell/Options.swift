import Syntax

/// What the command line asks for.
public struct Options: Equatable, Sendable {
  public enum Program: Equatable, Sendable {
    /// Nothing was named: a conversation on a terminal, the piped text otherwise.
    case standardInput
    case file(String)
    case code(String)
  }

  public enum Command: Equatable, Sendable {
    case run(Program)
    case check(Program)
    case docs(path: String)
    case help
    case version
  }

  public var command: Command = .run(.standardInput)
  /// What the script sees.
  public var arguments: [String] = []
  /// `-i`: a conversation after the program.
  public var stays = false
  /// `-`: the program comes from standard input even where that is a terminal.
  public var readsInput = false
  public var seed: Int?
  public var threads: Int?
  public var colors = true
  /// `--profile`: tells where the program's time went.
  public var profiles = false
  /// `--trace`: errors show every call within the standard library.
  public var traces = false
  /// Whether `start.gan` is run before a conversation.
  public var runsStart = true

  public init() {}

  /// Wrong usage: exit code 2.
  public struct Misuse: Error, Equatable {
    public var title: String
    public var advice: String
  }

  static let names = [
    "-e", "-i", "--check", "--seed", "--threads", "--no-color", "--no-start", "--profile", "--trace", "--version", "--help", "-h",
  ]

  /// `words`: the command line without the program's own name.
  public static func parse(_ words: [String]) throws -> Options {
    var options = Options()
    var rest = words[...]
    var program: Program?
    var checks = false
    while let word = rest.first {
      if word == "-" {
        rest.removeFirst()
        options.readsInput = true
        program = .standardInput
        break
      }
      guard word.hasPrefix("-") else { break }
      rest.removeFirst()
      if word == "--" { break }
      var (name, attached) = (word, String?.none)
      if word.hasPrefix("--"), let equal = word.firstIndex(of: "=") {
        name = String(word[..<equal])
        attached = String(word[word.index(after: equal)...])
      }
      func argument(_ what: String) throws -> String {
        if let attached { return attached }
        guard let next = rest.popFirst() else {
          throw Misuse(title: "\(name) wants \(what)", advice: "Try: gan \(name) \(example(of: name))")
        }
        return next
      }
      if attached != nil, name != "--seed", name != "--threads" {
        throw Misuse(title: "\(name) takes no value", advice: "Try: gan \(name)")
      }
      switch name {
      case "-e":
        program = .code(try argument("the code to run"))
      case "-i": options.stays = true
      case "--check": checks = true
      case "--profile": options.profiles = true
      case "--trace": options.traces = true
      case "--seed": options.seed = try whole(try argument("a number"), of: name, in: -(1 << 53) + 1...(1 << 53) - 1)
      case "--threads": options.threads = try whole(try argument("a number"), of: name, in: 1...1024)
      case "--no-color", "--no-colour": options.colors = false
      case "--no-start": options.runsStart = false
      case "--version":
        options.command = .version
        return options
      case "-h", "--help":
        options.command = .help
        return options
      default:
        let near = Suggestion.nearest(to: name, among: names)
        throw Misuse(
          title: "there is no option \(name)", advice: near.map { "Did you mean \($0)?" } ?? "See: gan --help")
      }
      if case .code = program { break }
    }
    if program == nil, let word = rest.popFirst() {
      if word == "docs" {
        options.command = .docs(path: rest.popFirst() ?? "docs/reference.md")
        guard rest.isEmpty else { throw Misuse(title: "gan docs takes one path", advice: "Try: gan docs docs/reference.md") }
        return options
      }
      program = .file(word)
    }
    if checks, options.profiles {
      throw Misuse(title: "--check runs nothing that --profile could look at", advice: "Try: gan --profile script.gan")
    }
    options.arguments = Array(rest)
    options.command = checks ? .check(program ?? .standardInput) : .run(program ?? .standardInput)
    return options
  }

  private static func whole(_ text: String, of name: String, in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw Misuse(
        title: "\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), not \(text)",
        advice: "Try: gan \(name) \(example(of: name))")
    }
    return number
  }

  private static func example(of name: String) -> String {
    switch name {
    case "-e": "'1 + 1'"
    case "--threads": "2 script.gan"
    default: "1 script.gan"
    }
  }

  public static let usage = """
    gan: a small language for generative adversarial networks

    gan                         a conversation (or the program piped in)
    gan file.gan [arguments]    runs a script
    gan -e 'code' [arguments]   runs one line and prints its value
    gan - [arguments]           runs the program from standard input
    gan docs [path]             writes the reference (docs/reference.md)

      -i             stay in a conversation after the program
      --check        find what is certainly wrong, without running
      --seed n       begin with `seed n`: the run repeats itself bit for bit
      --threads n    use so many threads (all processors by default)
      --profile      tell at the end where the time went: kernels, plans, memory
      --trace        errors show every call within the standard library
      --no-color     no colours (so does the variable NO_COLOR)
      --no-start     do not run ~/.config/gan/start.gan before a conversation
      --version      print the version
      -h, --help     print this

    Exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted.
    In a conversation, `help` tells about the language.
    """
}
