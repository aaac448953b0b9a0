import Syntax

/// An option of the command line: one statement, of which parsing, suggestions and the usage text are made.
struct CommandOption: Sendable {
  /// What follows the option's name.
  struct Argument: Sendable {
    /// As the usage text names it.
    let word: String
    /// What an error says that the option wants.
    let wanted: String
    /// How it could be written, with what follows it on the command line.
    let example: String

    init(_ word: String, wanted: String, example: String) {
      self.word = word
      self.wanted = wanted
      self.example = example
    }
  }

  /// What becomes of the words behind the option.
  enum Sequel: Sendable {
    /// Further options, or the program.
    case options
    /// They are the script's arguments.
    case arguments
    /// They are not looked at.
    case nothing
  }

  let names: [String]
  /// Other spellings, which the usage text does not show.
  let aliases: [String]
  let argument: Argument?
  let help: String
  let sequel: Sequel
  /// `text`: the argument; empty where the option takes none. Throws `Options.Misuse`.
  let effect: @Sendable (_ options: inout Options, _ text: String) throws -> Void

  init(
    _ names: String..., aliases: [String] = [], argument: Argument? = nil, help: String, sequel: Sequel = .options,
    effect: @escaping @Sendable (_ options: inout Options, _ text: String) throws -> Void
  ) {
    self.names = names
    self.aliases = aliases
    self.argument = argument
    self.help = help
    self.sequel = sequel
    self.effect = effect
  }

  // MARK: All of them

  /// In the order in which the usage text shows them.
  static let all: [CommandOption] = [
    CommandOption(
      "-e", argument: Argument("'code'", wanted: "the code to run", example: "'1 + 1'"),
      help: "run one line and print its value", sequel: .arguments
    ) { options, text in options.program = .code(text) },
    CommandOption("-i", help: "stay in a conversation after the program") { options, _ in options.stays = true },
    CommandOption("--check", help: "find what is certainly wrong, without running") { options, _ in options.checks = true },
    CommandOption("--seed", argument: .number, help: "begin with `seed n`: the run repeats itself bit for bit") { options, text in
      options.seed = try whole(text, of: "--seed", in: -(1 << 53) + 1...(1 << 53) - 1)
    },
    CommandOption(
      "--threads", argument: Argument("n", wanted: "a number", example: "2 script.gan"),
      help: "use so many threads (all processors by default)"
    ) { options, text in options.threads = try whole(text, of: "--threads", in: 1...1024) },
    CommandOption("--profile", help: "tell at the end where the time went: kernels, plans, memory") { options, _ in
      options.profiles = true
    },
    CommandOption(
      "--dump", argument: Argument("plan", wanted: "what to show", example: "plan script.gan"),
      help: "show every plan as it is made, after each pass of the planner"
    ) { options, text in
      guard text == "plan" else {
        throw Options.Misuse(title: "--dump shows plan, not \(text)", advice: "Try: gan --dump plan script.gan")
      }
      options.dumpsPlans = true
    },
    CommandOption(
      "--html", argument: .path("page.html"), help: "write one page with prose, formulas, code, pictures and results"
    ) { options, text in try options.export(.html, text) },
    CommandOption("--ipynb", argument: .path("page.ipynb"), help: "write the same as a notebook of Jupyter") { options, text in
      try options.export(.ipynb, text)
    },
    CommandOption(
      "--markdown", argument: .path("page.md"), help: "write the same as Markdown, with the pictures in page_files beside it"
    ) { options, text in try options.export(.markdown, text) },
    CommandOption("--keep-going", help: "of a document, run the cells behind one that fails too") { options, _ in
      options.keepsGoing = true
    },
    CommandOption("--no-cache", help: "of a document, run the cells whose results are known from earlier runs too") {
      options, _ in
      options.usesCache = false
    },
    CommandOption("--force", help: "write over a notebook or program that may hold somebody's work") { options, _ in
      options.forces = true
    },
    CommandOption("--prose", help: "convert the prose alone of a notebook in another language") { options, _ in
      options.takesProse = true
    },
    CommandOption(
      "--port", argument: Argument("n", wanted: "a port", example: "8701 file.gan"), help: "serve the page of gan lab there"
    ) { options, text in options.port = try whole(text, of: "--port", in: 1...65535) },
    CommandOption("--no-browser", help: "let gan lab say its address, and open no browser") { options, _ in
      options.opensBrowser = false
    },
    CommandOption("--trace", help: "errors show every call within the standard library") { options, _ in options.traces = true },
    CommandOption("--no-color", aliases: ["--no-colour"], help: "no colors (so does the variable NO_COLOR)") { options, _ in
      options.colors = false
    },
    CommandOption("--no-start", help: "do not run ~/.config/gan/start.gan before a conversation") { options, _ in
      options.runsStart = false
    },
    CommandOption("--version", help: "print the version", sequel: .nothing) { options, _ in options.command = .version },
    CommandOption("-h", "--help", help: "print this", sequel: .nothing) { options, _ in options.command = .help(.gan) },
  ]

  /// Whether a word is an option of documents, which may stand behind the program.
  static func isOfDocuments(_ word: String) -> Bool {
    let name = word.prefix { $0 != "=" }
    return ["--html", "--ipynb", "--markdown", "--keep-going", "--no-cache", "--force", "--prose"].contains(String(name))
  }

  /// Whether a word is an option that may stand behind `lab`.
  static func isOfLab(_ word: String) -> Bool {
    ["--port", "--no-browser", "--threads", "--no-color", "--no-colour", "--version"].contains(
      String(word.prefix { $0 != "=" }))
  }

  /// What it is written behind: "gan", or "gan lab".
  static func command(of name: String) -> String { ["--port", "--no-browser"].contains(name) ? "gan lab" : "gan" }

  static func named(_ name: String) -> CommandOption? { all.first { $0.names.contains(name) || $0.aliases.contains(name) } }

  /// What help says of the options whose first name is asked for, a line each.
  static func table(_ isShown: (String) -> Bool = { _ in true }) -> String {
    let shown = all.filter { isShown($0.names[0]) }
    let heads = shown.map { $0.names.joined(separator: ", ") + ($0.argument.map { " " + $0.word } ?? "") }
    let width = (heads.map(\.count).max() ?? 0) + 2
    return zip(heads, shown).map { head, option in
      "  " + head + String(repeating: " ", count: width - head.count) + option.help
    }.joined(separator: "\n")
  }

  private static func whole(_ text: String, of name: String, in range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(text), range.contains(number) else {
      throw Options.Misuse(
        title: "\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), not \(text)",
        advice: "Try: \(command(of: name)) \(name) \(named(name)?.argument?.example ?? "")")
    }
    return number
  }
}

extension CommandOption.Argument {
  /// A file to be written.
  static func path(_ example: String) -> CommandOption.Argument {
    CommandOption.Argument("file", wanted: "the file to write", example: "\(example) file.gan")
  }

  static let number = CommandOption.Argument("n", wanted: "a number", example: "1 script.gan")
}
