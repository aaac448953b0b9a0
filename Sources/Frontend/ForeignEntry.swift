import Base
import Interpreter
import Syntax

/// Entries that are no programs: lines for a shell, and ways to leave or to ask for help elsewhere.
public enum ForeignEntry {
  /// What is said of such an entry; nil for all others. `isKnown`: whether a name has a value, which goes before.
  public static func diagnostic(for entry: String, isKnown: (String) -> Bool) -> Diagnostic? {
    let words = entry.split(whereSeparator: \.isWhitespace).map(String.init)
    guard let first = words.first, !entry.trimmingBlanks.contains(where: \.isNewline) else { return nil }
    let name = String(first.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    if let mark = first.first, "!;]".contains(mark), !isKnown(String(first.dropFirst())) {
      guard let word = first.count > 1 ? String(first.dropFirst()) : words.dropFirst().first, word.first?.isLetter == true else {
        return nil
      }
      return ofShell(word)
    }
    if let ending = leaving(words) { return ending }
    if words.count > 2, words[1] == "<-", name == first, !name.isEmpty, !isKnown(name) {
      return Diagnostic(title: "`<-` sets nothing here", advice: ["Write `\(name) = …`; `a < -b` compares."])
    }
    if let program = program(words, isKnown) { return program }
    guard !name.isEmpty, !isKnown(name), shell[name] != nil || programs.contains(name) else { return nil }
    // `ls = 3`, `cat.x`, `git + 1` are for the language; `ls()` and `cd("x")` are not.
    let behind = entry.trimmingBlanks.dropFirst(name.count)
    guard behind.isEmpty || behind.first == "(" || behind.first?.isWhitespace == true else { return nil }
    let next = behind.drop(while: \.isWhitespace)
    guard next.isEmpty || !"=+*%^@<>|,".contains(next.first ?? " ") else { return nil }
    return ofShell(name)
  }

  private static func ofShell(_ word: String) -> Diagnostic {
    Diagnostic(
      title: "`\(word)` is a command of a shell",
      advice: [shell[word] ?? "It is typed in a shell, in another window."])
  }

  /// Commands of a shell whose work has a way to do it here.
  private static let shell: [String: String] = {
    var texts = [
      "ls": "Write `files(\"*\")` for the files of this folder.", "ll": "Write `files(\"*\")` for the files of this folder.",
      "pwd": "Write `environment(\"PWD\")`.",
      "cd": "Paths may lead elsewhere: `load \"../data\"`. To work in another folder, start gan there.",
      "mkdir": "Write `make_folder \"name\"`.", "rm": "Write `delete_file \"name\"`.", "mv": "Write `rename \"old\", \"new\"`.",
      "env": "Write `environment(\"HOME\")`.", "printenv": "Write `environment(\"HOME\")`.",
    ]
    for name in ["cat", "less", "more", "head", "tail"] {
      texts[name] = "`load \"a.csv\"` reads a file; `source name` shows a function's text."
    }
    for name in ["man", "info", "which", "whatis", "apropos"] {
      texts[name] = "Write `help name`, or `help some words` to look for them."
    }
    for name in ["pip", "pip3", "conda", "apt", "brew", "npm", "uv"] {
      texts[name] = "Nothing has to be installed from here: the toolbox comes with `use gan`."
    }
    return texts
  }()

  private static let programs: Set<String> = [
    "python", "python3", "ipython", "jupyter", "bash", "sh", "zsh", "ssh", "git", "make", "cp", "touch", "sudo", "grep", "awk",
    "sed", "vi", "vim",
    "nano", "emacs", "code", "htop", "ps", "kill", "curl", "wget", "tar", "unzip", "chmod", "nvidia", "swift", "docker",
  ]

  /// `:q`, `bye`, `--help` and their kind.
  private static func leaving(_ words: [String]) -> Diagnostic? {
    guard words.count == 1 else { return nil }
    switch words[0] {
    case ":q", ":q!", ":wq", ":quit", ":exit", "\\q", ".exit", ".quit":
      return Diagnostic(title: "`\(words[0])` has no meaning here", advice: ["`quit`, `exit()` or Ctrl-D end the conversation."])
    case "--help", "-h", "-help", ":help", ":h", "\\h", ".help", "\\?":
      return Diagnostic(title: "`\(words[0])` has no meaning here", advice: ["Write `help`, or `help name`."])
    case "--version", "-v", "-V":
      return Diagnostic(title: "`\(words[0])` has no meaning here", advice: ["`gan --version` is typed in a shell."])
    default: return nil
    }
  }

  /// `gan lab x.gan`, `run x.gan`, `./x.gan`.
  private static func program(_ words: [String], _ isKnown: (String) -> Bool) -> Diagnostic? {
    let path = words.last.map { $0.hasSuffix(".gan") && !$0.contains("\"") && !$0.contains("(") ? $0 : nil } ?? nil
    let use = path.map { "`use \"\($0)\"` runs that program here, and brings its names." }
    if words[0] == "gan", words.count > 1 {
      let word = words[1]
      let isOption = word.hasPrefix("-") && word.drop { $0 == "-" }.first?.isLetter == true
      guard commands.contains(word) && !isKnown(word) || isOption || words.count == 2 && path != nil else { return nil }
      let isRun = word == "run" || word == path
      return Diagnostic(
        title: "`gan \(word)` is a command of a shell",
        advice: [
          isRun ? use ?? "`use \"own.gan\"` runs a program here." : "It is typed in a shell, in another window."
        ])
    }
    guard let path, let use else { return nil }
    let isPath =
      words.count == 1 && (path.hasPrefix("/") || path.hasPrefix("./") || path.hasPrefix("../") || path.hasPrefix("~/"))
    let isCall = words.count == 2 && ["run", "load", "use", "open", "exec", "python", "source", "import"].contains(words[0])
    let isAlone = words.count == 1 && !isKnown(String(path.prefix { $0 != "." }))
    guard isPath || isCall || isAlone else { return nil }
    return Diagnostic(title: "a path stands in quotation marks", advice: [use])
  }

  private static let commands: Set<String> = ["lab", "run", "kernel", "convert", "docs", "check"]
}
