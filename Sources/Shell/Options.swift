import Glibc
import Syntax
import Terminal

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
    /// A conversation that begins with a lesson; nil: the next one.
    case learn(String?)
    /// The program is run as a document, and what it put out is written to `exports`.
    case export(Program)
    /// A document is written in another format, without being run.
    case convert(from: String, to: String)
    /// A document is shown in the browser, where it is edited and run; nil: a new one.
    case lab(path: String?)
    case kernel(KernelCommand)
    case help(CommandHelp)
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
  /// `--html`, `--ipynb`, `--markdown`: the files that a document is written to.
  public var exports: [DocumentExport] = []
  /// `--keep-going`: the cells behind one that fails are run too.
  public var keepsGoing = false
  /// Whether cells of a document whose results are known are not run again; `--no-cache`: all are run.
  public var usesCache = true
  /// `--force`: a file that may hold somebody's work is written over.
  public var forces = false
  /// `--prose`: of a notebook in another language its prose is taken.
  public var takesProse = false
  /// `--port`: where `gan lab` serves its page; nil: a port that is free.
  public var port: Int?
  /// Whether `gan lab` opens the browser; `--no-browser`: it says the address alone.
  public var opensBrowser = true
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

  /// The words behind `gan` that are no files.
  static let commands = ["convert", "docs", "help", "kernel", "lab", "learn", "run"]

  static let names = CommandOption.all.flatMap(\.names)

  /// `words`: the command line without the program's own name.
  public static func parse(_ words: [String]) throws -> Options {
    var options = Options()
    var rest = words[...]
    guard try options.takeOptions(&rest) else { return options }
    if options.program == nil, let word = rest.popFirst() {
      switch word {
      case "docs":
        options.command = try .reference(Array(rest))
        return options
      case "learn":
        options.command = try .learning(Array(rest))
        return options
      case "convert":
        try options.takeConversion(&rest)
        return options
      case "lab":
        try options.takeLab(&rest)
        return options
      case "kernel":
        options.command = .kernel(try KernelCommand.parse(Array(rest), environment: Screen.environment))
        return options
      case "run": guard try options.takeProgram(&rest) else { return options }
      // As at the prompt, unless there is a program of this name.
      case "help" where access(word, F_OK) != 0:
        options.program = .code((["help"] + rest).joined(separator: " "))
        rest = []
      default: options.program = .file(word)
      }
    }
    try options.checkTogether()
    options.arguments = Array(rest)
    let program = options.program ?? .standardInput
    options.command = options.checks ? .check(program) : options.exports.isEmpty ? .run(program) : .export(program)
    return options
  }

  static func asksForHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

  /// Takes the options that stand first; false where nothing behind them is to be looked at.
  private mutating func takeOptions(_ rest: inout ArraySlice<String>) throws -> Bool {
    while let word = rest.first {
      if word == "-" {
        rest.removeFirst()
        readsInput = true
        program = .standardInput
        return true
      }
      guard word.hasPrefix("-") else { return true }
      rest.removeFirst()
      if word == "--" { return true }
      switch try take(word, &rest).sequel {
      case .options: continue
      case .arguments: return true
      case .nothing: return false
      }
    }
    return true
  }

  /// What stands behind `run`: options, the program, and options of documents again; then the script's arguments.
  private mutating func takeProgram(_ rest: inout ArraySlice<String>) throws -> Bool {
    guard try takeOptions(&rest) else {
      if command == .help(.gan) { command = .help(.run) }
      return false
    }
    guard program == nil else { return true }
    guard let path = rest.popFirst() else {
      throw Misuse(title: "gan run wants a program", advice: "Try: gan run --html page.html file.gan")
    }
    program = .file(path)
    while let word = rest.first, CommandOption.isOfDocuments(word) {
      rest.removeFirst()
      _ = try take(word, &rest)
    }
    if rest.first == "--" { rest.removeFirst() }
    return true
  }

  /// What stands behind `convert`: two files, and options anywhere.
  private mutating func takeConversion(_ rest: inout ArraySlice<String>) throws {
    var paths: [String] = []
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        paths.append(word)
        continue
      }
      if Self.asksForHelp(word) { return command = .help(.convert) }
      guard CommandOption.isOfDocuments(word), !word.hasPrefix("--html") else {
        throw Misuse(title: "gan convert has no option \(word)", advice: "It has --force and --prose.")
      }
      _ = try take(word, &rest)
    }
    guard paths.count == 2, exports.isEmpty else {
      throw Misuse(
        title: "gan convert wants two files: from which, and to which",
        advice: "Try: gan convert notebook.ipynb program.gan. A page is made by: gan run --html page.html program.gan")
    }
    command = .convert(from: paths[0], to: paths[1])
  }

  /// What stands behind `lab`: a file, or none, and options anywhere.
  private mutating func takeLab(_ rest: inout ArraySlice<String>) throws {
    var path: String?
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        guard path == nil, word != "-" else {
          throw Misuse(
            title: "gan lab wants one file, or none", advice: "Try: gan lab \(path ?? "file.gan"). Several run beside each other."
          )
        }
        path = word
        continue
      }
      if Self.asksForHelp(word) { return command = .help(.lab) }
      guard CommandOption.isOfLab(word) else {
        throw Misuse(title: "gan lab has no option \(word)", advice: "It has --port, --no-browser and --threads.")
      }
      guard try take(word, &rest).sequel != .nothing else { return }
    }
    for (option, isGiven) in [
      ("--check", checks), ("-i", stays), ("--profile", profiles), ("--dump", dumpsPlans), ("--seed", seed != nil),
      ("--keep-going", keepsGoing), ("--force", forces), ("--no-cache", !usesCache), ("--prose", takesProse),
    ] where isGiven {
      throw Misuse(title: "\(option) is nothing for gan lab", advice: "It has --port, --no-browser and --threads.")
    }
    guard exports.isEmpty, program == nil else {
      throw Misuse(title: "gan lab makes no files", advice: "The page exports; so does: gan run --html page.html file.gan")
    }
    command = .lab(path: path)
  }

  /// Throws where options are given that have no meaning together.
  private func checkTogether() throws {
    if checks, profiles {
      throw Misuse(title: "--check runs nothing that --profile could look at", advice: "Try: gan --profile script.gan")
    }
    if checks, dumpsPlans {
      throw Misuse(title: "--check makes no plan that --dump could show", advice: "Try: gan --dump plan script.gan")
    }
    let isDocument = !exports.isEmpty
    for (option, isGiven) in [("--check", checks), ("-i", stays), ("--profile", profiles), ("--dump", dumpsPlans)]
    where isDocument && isGiven {
      throw Misuse(
        title: "\(option) and --\(exports[0].format.rawValue) do not go together", advice: "Run the program twice, with one each."
      )
    }
    if isDocument, program == nil {
      throw Misuse(
        title: "--\(exports[0].format.rawValue) wants a program",
        advice: "Try: gan run --\(exports[0].format.rawValue) \(exports[0].path) file.gan, or `-` for standard input")
    }
    for (option, isGiven) in [("--keep-going", keepsGoing), ("--force", forces), ("--no-cache", !usesCache)]
    where isGiven && !isDocument {
      throw Misuse(title: "\(option) is for documents", advice: "Try: gan run --html page.html \(option) file.gan")
    }
    for (option, isGiven) in [("--port", port != nil), ("--no-browser", !opensBrowser)] where isGiven {
      throw Misuse(
        title: "\(option) is for gan lab", advice: "Try: gan lab \(option)\(option == "--port" ? " 8701" : "") file.gan")
    }
    if takesProse {
      throw Misuse(title: "--prose is for gan convert", advice: "Try: gan convert --prose notebook.ipynb prose.gan")
    }
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
      throw Misuse(
        title: "\(name) wants \(argument.wanted)", advice: "Try: \(CommandOption.command(of: name)) \(name) \(argument.example)")
    }
    try option.effect(&self, text)
    return option
  }
}

extension Options.Command {
  /// What `gan docs` and the words behind it ask for.
  fileprivate static func reference(_ words: [String]) throws -> Options.Command {
    if words.contains(where: Options.asksForHelp) { return .help(.docs) }
    if let option = words.first(where: { $0.hasPrefix("-") }) {
      throw Options.Misuse(title: "gan docs has no option \(option)", advice: "Try: gan docs docs/reference.md")
    }
    guard words.count < 2 else {
      throw Options.Misuse(title: "gan docs takes one path", advice: "Try: gan docs docs/reference.md")
    }
    return .docs(path: words.first ?? "docs/reference.md")
  }
}
