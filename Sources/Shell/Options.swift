import Syntax

/// What the command line asks for.
public struct Options: Equatable, Sendable {
  /// Where the text to run comes from.
  public enum Program: Equatable, Sendable {
    /// Nothing was named: a conversation on a terminal, the piped text otherwise.
    case standardInput
    case file(String)
    case code(String)
  }

  /// What `gan` is to do.
  public enum Command: Equatable, Sendable {
    case run(Program)
    case check(Program)
    case docs(path: String)
    case help
    case version
  }

  /// What is to be done; by default what standard input says is run.
  public var command: Command = .run(.standardInput)
  /// The program that the options name themselves.
  var program: Program?
  /// `--check`: the program is looked at, and not run.
  var checks = false
  /// What the script sees.
  public var arguments: [String] = []
  /// `-i`: a conversation after the program.
  public var stays = false
  /// `-`: the program comes from standard input even where that is a terminal.
  public var readsInput = false
  /// `--seed`: the run begins with `seed n`; nil: with a seed from the clock.
  public var seed: Int?
  /// `--threads`: 1…1024; nil: as many as there are processors.
  public var threads: Int?
  /// Whether output has colors where the terminal shows them; `--no-color` turns them off.
  public var colors = true
  /// `--profile`: tells where the program's time went.
  public var profiles = false
  /// `--dump plan`: shows each plan that is made, after each pass of the planner.
  public var dumpsPlans = false
  /// `--trace`: errors show every call within the standard library.
  public var traces = false
  /// Whether `start.gan` is run before a conversation.
  public var runsStart = true

  /// What `gan` without arguments means.
  public init() {}

  /// Wrong usage: exit code 2.
  public struct Misuse: Error, Equatable {
    /// What is wrong, as one short clause.
    public var title: String
    /// What to try instead.
    public var advice: String
  }

  static let names = CommandOption.all.flatMap(\.names)

  /// `words`: the command line without the program's own name.
  public static func parse(_ words: [String]) throws -> Options {
    var options = Options()
    var rest = words[...]
    reading: while let word = rest.first {
      if word == "-" {
        rest.removeFirst()
        options.readsInput = true
        options.program = .standardInput
        break
      }
      guard word.hasPrefix("-") else { break }
      rest.removeFirst()
      if word == "--" { break }
      let option = try options.take(word, &rest)
      switch option.sequel {
      case .options: continue
      case .arguments: break reading
      case .nothing: return options
      }
    }
    if options.program == nil, let word = rest.popFirst() {
      if word == "docs" {
        options.command = .docs(path: rest.popFirst() ?? "docs/reference.md")
        guard rest.isEmpty else { throw Misuse(title: "gan docs takes one path", advice: "Try: gan docs docs/reference.md") }
        return options
      }
      options.program = .file(word)
    }
    if options.checks, options.profiles {
      throw Misuse(title: "--check runs nothing that --profile could look at", advice: "Try: gan --profile script.gan")
    }
    if options.checks, options.dumpsPlans {
      throw Misuse(title: "--check makes no plan that --dump could show", advice: "Try: gan --dump plan script.gan")
    }
    options.arguments = Array(rest)
    let program = options.program ?? .standardInput
    options.command = options.checks ? .check(program) : .run(program)
    return options
  }

  /// Takes one option, and its argument: `--seed 3` or `--seed=3`.
  private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) throws -> CommandOption {
    var (name, attached) = (word, String?.none)
    if word.hasPrefix("--"), let equal = word.firstIndex(of: "=") {
      name = String(word[..<equal])
      attached = String(word[word.index(after: equal)...])
    }
    guard let option = CommandOption.named(name) else {
      let near = Suggestion.nearest(to: name, among: Options.names)
      throw Misuse(title: "there is no option \(name)", advice: near.map { "Did you mean \($0)?" } ?? "See: gan --help")
    }
    guard let argument = option.argument else {
      guard attached == nil else { throw Misuse(title: "\(name) takes no value", advice: "Try: gan \(name)") }
      try option.effect(&self, "")
      return option
    }
    guard let text = attached ?? rest.popFirst() else {
      throw Misuse(title: "\(name) wants \(argument.wanted)", advice: "Try: gan \(name) \(argument.example)")
    }
    try option.effect(&self, text)
    return option
  }

  /// What `gan --help` prints.
  public static var usage: String {
    """
    gan: a small language for generative adversarial networks

    gan                         a conversation (or the program piped in)
    gan file.gan [arguments]    runs a script
    gan -e 'code' [arguments]   runs one line and prints its value
    gan - [arguments]           runs the program from standard input
    gan docs [path]             writes the reference (docs/reference.md)

    \(CommandOption.usage)

    Exit codes: 0 done, 1 the script failed, 2 wrong usage, 130 interrupted.
    In a conversation, `help` tells about the language.
    """
  }
}
