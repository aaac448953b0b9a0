/// Habits from other languages, and the way out of each.
extension Parser {
  // MARK: At the beginning of a statement

  func foreignStatement() -> Stop? {
    let token = current
    let next = peek()
    let isAlone = next.hasNewlineBefore || next.kind == .end || next.kind == .semicolon || next.kind == .rightBrace
    switch token.kind {
    case .at:
      return failure("there are no decorators", token.span, "", "Call the function: `g = decorate(f)`.")
    case .rightParenthesis, .rightBracket, .rightBrace:
      return failure("`\(text(token))` closes nothing", token.span, "", "The opening bracket before it is missing.")
    case .percent where next.kind == .name && !next.hasSpaceBefore: return foreignMagic(text(next), next)
    case .percent where next.kind == .percent && peek(2).kind == .name: return foreignMagic(text(peek(2)), peek(2))
    case .name where isAlone && text(token) == "pass":
      return failure("`pass` is not needed", token.span, "", "A body with nothing in it is `{ }`.")
    case .name where !isAlone && next.hasSpaceBefore: return foreignDeclaration(text(token), next)
    default: return nil
    }
  }

  private func foreignDeclaration(_ word: String, _ next: Token) -> Stop? {
    let here = current.span
    switch word {
    case "def", "func", "function":
      guard next.kind == .name else { return nil }
      return failure(
        "a function is defined with `fn`", here, "", "Write `fn \(text(next))(x) = …` or `fn \(text(next))(x) { … }`.",
        skipsIndentedLines: true)
    case "import", "using", "require", "include":
      guard next.kind == .name || next.kind == .stringOpen else { return nil }
      // A path in quotes, as far as it stands on the line.
      let path = source.text(of: next.span.union(restOfLine.last?.span ?? next.span))
      let module = next.kind == .stringOpen ? path : text(next)
      return foreignImport(module, here, "Write `use \(module)`.")
    case "from":
      guard next.kind == .name, let verb = restOfLine.first(where: { text($0) == "import" }) else { return nil }
      return foreignImport(
        text(next), here.union(verb.span), "Write `use \(text(next))`: it brings all of the module's names.")
    case "fun", "proc", "sub":
      guard next.kind == .name, peek(2).kind == .leftParenthesis else { return nil }
      return failure(
        "a function is defined with `fn`", here, "", "Write `fn \(text(next))(x) = …` or `fn \(text(next))(x) { … }`.")
    case "int", "float", "double", "bool", "string", "str", "auto", "val", "export", "set":
      guard next.kind == .name, peek(2).kind == .assign else { return nil }
      return failure("there are no declarations", here, "", "Write `\(text(next)) = …`.")
    case "let", "var", "const", "local":
      guard next.kind == .name, [.assign, .comma].contains(peek(2).kind) else { return nil }
      return failure("there are no declarations", here, "", "Write `\(text(next)) = …`.")
    case "global", "nonlocal":
      guard next.kind == .name else { return nil }
      return failure(
        "there are no declarations", here, "", "A function only reads the variables around it. Keep what it changes in a record.")
    case "class", "struct":
      guard next.kind == .name else { return nil }
      return failure(
        "there are no classes", here, "", "A record holds the parts of a thing, `{x: 1, y: 2}`, and functions take it.",
        skipsIndentedLines: true)
    case "elif", "elsif", "elseif":
      return failure("`\(word)` has no `if` before it", here, "", "Write `if a { … } else if b { … }`.", skipsIndentedLines: true)
    case "raise", "throw":
      return failure("an error is raised with `error`", here, "", "Write `error \"what went wrong\"`.")
    case "del", "delete":
      guard next.kind == .name, !peek(2).hasSpaceBefore || peek(2).hasNewlineBefore || peek(2).kind == .end else { return nil }
      return failure("nothing has to be deleted", here, "", "What no name holds any more is freed by itself.")
    case "with":
      guard restOfLine.last?.kind == .colon else { return nil }
      return failure("there is no `with`", here, "", "Nothing has to be opened or closed.", skipsIndentedLines: true)
    case "switch", "match":
      guard next.kind == .name, [.leftBrace, .colon].contains(peek(2).kind) else { return nil }
      return failure(
        "there is no `\(word)`", here, "", "Write `if a { … } else if b { … } else { … }`.", skipsIndentedLines: true)
    case "lambda": return foreignName()
    default: return nil
    }
  }

  /// What `import` names, where it is no module of ours: what it is wanted for is built in.
  private func foreignImport(_ module: String, _ here: Span, _ advice: String) -> Stop {
    guard let builtIn = Self.foreignModules[module] else { return failure("a module is brought in with `use`", here, "", advice) }
    return failure("`\(module)` is a module of Python", here, "", "Leave the line out: \(builtIn)")
  }

  private static let foreignModules: [String: String] = {
    var texts = [
      "math": "`sqrt(x)`, `pi` and their kind are built in.",
      "random": "`seed 1`, `uniform([3])`, `normal([3])`, `choice(xs)` and `shuffled(xs)` are built in.",
      "time": "`clock()`, `sleep 1` and `time { … }` are built in.", "datetime": "`date()` is built in.",
      "PIL": "`load \"a.png\"`, `image(x)` and `show x` are built in.",
      "cv2": "`load \"a.png\"`, `image(x)` and `show x` are built in.",
      "json": "`load \"a.json\"` and `save r, \"a.json\"` are built in.",
      "csv": "`load \"a.csv\"` and `save x, \"a.csv\"` are built in.",
      "pandas": "`load \"a.csv\"` reads a table.",
      "tqdm": "`train` shows its progress by itself, `progress` that of a loop of yours.",
      "torchvision": "`digits()` and `load \"folder\"` give data; nothing has to be brought in.",
      "copy": "`copy(x)` is built in.", "sklearn": "what it measures comes with `use gan`, as do `ring()` and other data.",
    ]
    for name in ["torch", "tensorflow", "tf", "jax", "keras", "flax", "lightning", "pytorch_lightning"] {
      texts[name] =
        "tensors, `net { … }`, optimizers and `grad` are built in. `use gan` brings the models and their training."
    }
    for name in ["numpy", "np", "scipy", "cupy"] {
      texts[name] = "tensors are built in: `zeros([2, 3])`, `tensor([1, 2])`, `x.shape`."
    }
    for name in ["matplotlib", "plt", "seaborn", "plotly", "bokeh"] {
      texts[name] = "plots are built in: `plot xs`, `show x`, `save plot(xs), \"a.png\"`."
    }
    for name in ["os", "sys", "glob", "pathlib", "shutil", "argparse"] {
      texts[name] = "`files(\"folder/*\")`, `exists(\"a.png\")`, `environment(\"HOME\")`, `arguments()` and `exit` are built in."
    }
    for name in ["typing", "collections", "itertools", "functools", "re", "dataclasses", "warnings", "logging", "IPython"] {
      texts[name] = "lists, records and strings have their functions built in; `help` lists them."
    }
    return texts
  }()

  /// `%timeit`, `%run` and their kind: commands of IPython, not of the language.
  private func foreignMagic(_ word: String, _ name: Token) -> Stop {
    let advice =
      switch word {
      case "time", "timeit", "prun", "lprun", "memit": "Write `time { … }`; `profile { … }` tells where the time goes."
      case "run", "load", "import", "autoreload", "load_ext":
        "A file is run by `use \"own.gan\"`, a module brought in by `use gan`."
      case "matplotlib", "pylab", "config": "Leave the line out: plots and pictures are shown by themselves."
      case "who", "whos", "who_ls", "psearch": "Write `vars`."
      case "reset", "reset_selective", "xdel": "Write `reset`, or `reset x` for one variable."
      case "history", "hist", "recall", "rerun": "Write `history`."
      case "save", "writefile", "notebook", "logstart": "Write `history \"own.gan\"`: it keeps what was typed as a program."
      case "debug", "pdb", "tb", "xmode": "Write `last_error`: it tells of the last error in full."
      case "pinfo", "pinfo2", "pdoc", "psource", "magic", "lsmagic", "quickref", "help":
        "Write `help`, or `help name`; `source name` shows a text."
      case "precision": "Write `\"{x:.3}\"` for 3 digits behind the point."
      case "env": "Write `environment(\"HOME\")`."
      case "clear", "cls": "Ctrl-L empties the screen."
      case "edit", "ed": "Ctrl-X Ctrl-E opens what is typed in an editor."
      default: "What has this form in IPython are its own commands; those of a shell are typed in a shell."
      }
    return failure("`%\(word)` is a command of IPython", current.span.union(name.span), "", advice)
  }

  private var restOfLine: ArraySlice<Token> {
    var end = index + 1
    while end < tokens.count, tokens[end].kind != .end, !tokens[end].hasNewlineBefore { end += 1 }
    return tokens[index..<min(end, tokens.count)]
  }

  // MARK: Inside an expression

  func foreignName() -> Stop? {
    let here = current.span
    switch text(current) {
    case "None": return failure("`None` is written small", here, "", "Write `none`.")
    case "True": return failure("`True` is written small", here, "", "Write `true`.")
    case "False": return failure("`False` is written small", here, "", "Write `false`.")
    case "lambda":
      guard peek().kind == .name || peek().kind == .colon else { return nil }
      return failure("there is no `lambda`", here, "", "A function is written `x -> x + 1` or `(x, y) -> x + y`.")
    default: return nil
    }
  }

  /// `f"…"`: reports the letter and moves on to the string.
  mutating func skipStringPrefix() throws -> Bool {
    guard peek().kind == .stringOpen, !peek().hasSpaceBefore else { return false }
    let isOurs = source.bytes[peek().lower] == UInt8(ascii: "\"")
    guard ["f", "F", "r", "R", "b", "B", "u", "rf", "fr"].contains(text(current)) else {
      throw failure(
        "a name runs into a string", current.span.union(peek().span), "", "A command needs a space: `\(text(current)) \"…\"`.")
    }
    if isOurs {
      report("a string has no letter before it", current.span, "", "Write \"…\": `{x}` in a string is always the value of x.")
    }
    advance()
    return true
  }

  /// `x++` and `x--`.
  func incrementHabit() -> Stop? {
    let next = peek()
    guard current.kind == .plus || current.kind == .minus, next.kind == current.kind, !next.hasSpaceBefore else { return nil }
    let after = peek(2)
    guard after.hasNewlineBefore || [.end, .semicolon, .rightBrace, .rightParenthesis].contains(after.kind) else { return nil }
    return failure(
      "`\(text(current))\(text(next))` is not an operator here", current.span.union(next.span), "",
      "Write `x \(text(current))= 1`.")
  }

  /// `x .* y`: the point is behind us.
  func elementwiseHabit() -> Stop? {
    guard [.star, .slash, .caret, .plus, .minus].contains(current.kind), !current.hasSpaceBefore else { return nil }
    let sign = text(current)
    return failure(
      "`.\(sign)` is not an operator here", previous.span.union(current.span), "",
      "Write `\(sign)`: operators work element by element. The matrix product is `@`.")
  }

  /// A token that begins no value stands where one is wanted.
  func noValue(_ what: String) -> Stop {
    let here = current.span
    let mark = text(current)
    switch current.kind {
    case .plus:
      let isDouble = peek().kind == .plus && !peek().hasSpaceBefore
      return failure("a `+` before a value has no meaning", here, "", isDouble ? "Write `x += 1`." : "Leave it out.")
    case .colon where open.last == indexBracket:
      return failure("`:` is not a range", here, "", "All of an axis is `..`, a part of it `2..8`: `x[.., 2..8]`.")
    case .dots where isSpread(current) && open.last.map({ tokens[$0].kind == .leftBracket }) ?? false:
      return failure("lists are not spread", here, "", "Two lists are joined by `+`: `a + b`.")
    case .dots where isSpread(current):
      return failure(
        "`...` stands before the last argument of a call", here, "",
        "`f(x, ...record)` hands on the fields of a record as named arguments; a range is written `a..b`.")
    case .dots:
      return failure("a range without a beginning", here, "", "Only inside an index may a range be open: `x[..3]`.")
    case .else: return failure("`else` has no `if` before it", here, "", "Write `if a { … } else { … }`.")
    case .catch: return failure("`catch` has no `try` before it", here, "", "Write `try { … } catch e { … }`.")
    case .for where open.last.map({ tokens[$0].kind == .leftBracket }) ?? false:
      return failure("there are no comprehensions", here, "", "Write `map(xs, x -> x * 2)`.")
    case .for, .while, .break, .continue, .return, .use:
      return failure("`\(mark)` is a statement, it has no value", here, "", "Begin a line with it, or put it in a block `{ … }`.")
    case .in: return failure("`in` belongs to `for`", here, "", "A loop is written `for x in xs { … }`.")
    case .star, .slash, .percent, .at, .caret, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or,
      .pipe:
      return failure("a value before `\(mark)` is missing", here, "")
    default: return missing(what)
    }
  }

  /// A known habit behind a token that does not fit after a complete value.
  func hintForUnexpected(in place: String) -> Stop? {
    let here = current.span
    guard isOnSameLine || current.kind == .colon else { return nil }
    switch current.kind {
    case .if: return failure("`if` stands before its values", here, "", "Write `if c { a } else { b }`.")
    case .question: return failure("`?` is not an operator here", here, "", "Write `if c { a } else { b }`.")
    case .for: return failure("there are no comprehensions", here, "", "Write `map(xs, x -> x * 2)`.")
    case .in:
      return failure(
        "`in` belongs to `for`", here, "", "A loop is written `for x in xs { … }`; whether x is among xs is `contains(xs, x)`.")
    case .not where peek().kind == .in:
      return failure("`in` belongs to `for`", here.union(peek().span), "", "Write `not contains(xs, x)`.")
    case .assign where place == "a call" && previous.kind == .name:
      return failure("a named argument has a colon", here, "", "Write `\(text(previous)): …`.")
    case .assign: return failure("`=` assigns, it does not compare", here, "", "Write `==` to compare.")
    case .colon where place == "an index":
      return failure("`:` is not a range", here, "", "A part of an axis is written `2..8`: `x[2..8]`.")
    case .semicolon where place == "a list":
      return failure("rows are lists of their own", here, "", "Write `[[1, 2], [3, 4]]`.")
    case .arrow: return failure("the parameters of a function need parentheses", here, "", "Write `(x, y) -> x + y`.")
    default: return place == "parentheses" || place == "a string" ? hintForCommand() : nil
    }
  }

  func unexpectedAfter(_ statement: Statement) -> Stop {
    if let hint = hintForUnexpected(in: "a statement") ?? hintForCommand() { return hint }
    let here = current.span
    switch current.kind {
    case .rightParenthesis, .rightBracket, .rightBrace:
      return failure("`\(text(current))` closes nothing", here, "", "The opening bracket before it is missing.")
    case .else: return failure("`else` has no `if` before it", here, "", "Write `if a { … } else { … }`.")
    case .catch: return failure("`catch` has no `try` before it", here, "", "Write `try { … } catch e { … }`.")
    case .colon:
      return failure("a colon has no meaning here", here, "", "It stands after the name of an argument or of a record's field.")
    case .leftBrace:
      return failure("a block has no place here", here, "", "A block follows a name or a call: `net { … }`, `f(x) { … }`.")
    case .name where Self.foreignSigns[text(current)] != nil:
      return failure("`\(text(current))` is not an operator here", here, "", "Write `\(Self.foreignSigns[text(current)] ?? "")`.")
    case .number, .stringOpen, .name, .leftParenthesis, .leftBracket, .none, .true, .false:
      if case .expression(let value) = statement.kind, case .call(let call) = value.kind, call.form == .command {
        return failure("a comma is missing between arguments", here, "found \(describe(current))", "Write `f x, y`.")
      }
      return failure(
        "two values stand side by side", here, "found \(describe(current))",
        "An operator is missing between them, or a line's end or `;` before the second.")
    default:
      return failure("the statement should end here", here, "found \(describe(current))", "A line's end or `;` ends a statement.")
    }
  }

  /// A `{` where a value is wanted, that begins no record.
  func strayBrace() -> Stop {
    let here = current.span
    let next = peek()
    if next.kind == .end { return .incomplete(incompletenessOfBrace) }
    if next.kind == .stringOpen {
      return failure("the fields of a record have no quotes", next.span, "", "Write `{name: 1}`.")
    }
    return failure(
      "a block is not a value", here, "", "A record is written `{name: 1}`; a block follows a name, a call or `x ->`.")
  }

  private var incompletenessOfBrace: Incompleteness {
    Incompleteness(
      awaited: "`}`", depth: open.count + 1,
      diagnostic: diagnostic("`{` is never closed", current.span, "opened here", "The text ends before its `}`."))
  }
}
