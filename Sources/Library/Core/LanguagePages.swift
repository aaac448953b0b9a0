import Interpreter

/// What help says of the keywords and the signs of the language.
enum LanguagePages {
  /// The page of a keyword or a sign, as `help for` and `help "|>"` ask for it.
  static func page(_ spelling: String) -> HelpPage? { all.first { $0.spellings.contains(spelling) }?.page }

  /// All that have a page, in the order of the pages.
  static var spellings: [String] { all.flatMap(\.spellings) }

  struct Entry {
    /// What one writes; the page is titled by the first.
    let spellings: [String]
    let page: HelpPage

    init(_ spellings: [String], _ summary: String, _ examples: [Example], details: String = "") {
      self.spellings = spellings
      page = HelpPage(title: spellings.joined(separator: "  "), summary: summary, examples: examples, details: details)
    }
  }

  static let all: [Entry] = control + functions + operators + values

  private static let control = [
    Entry(
      ["for", "in"], "Runs a block for each element of a list, a range, a string, a record or a tensor.",
      [
        Example("for i in 0..3 { print i, end: \" \" }; print \"done\"", "0 1 2 done"),
        Example("for name, value in {a: 1} { print name, value }", "a 1"),
      ], details: "`break` leaves the loop, `continue` begins its next round. `enumerate(xs)` gives the places too."),
    Entry(
      ["while"], "Runs a block as long as a condition is true.", [Example("n = 1\nwhile n < 100 { n *= 3 }\nn", "243")],
      details: "`break` leaves the loop, `continue` begins its next round."),
    Entry(
      ["break"], "Leaves the loop around it.", [Example("for i in 0..100 { if i == 3 { break } }\ni", "3")]),
    Entry(
      ["continue"], "Begins the next round of the loop around it.",
      [Example("for i in 0..4 { if i == 1 { continue }; print i, end: \" \" }; print \"\"", "0 2 3")]),
    Entry(
      ["if", "else"], "Chooses between blocks; it has the value of the one that is taken.",
      [Example("x = -2\nif x < 0 { \"minus\" } else if x == 0 { \"zero\" } else { \"plus\" }", "\"minus\"")],
      details: "The condition is true or false, and the braces are needed. For the numbers of a tensor there is `where`."),
    Entry(
      ["try", "catch"], "Runs a block, and another one where an error ends it.",
      [
        Example("try { sqrt(\"a\") } catch e { e.message }", "\"sqrt wants a tensor, or a number\""),
        Example("try { 1 / none } catch { 0 }", "0"),
      ],
      details: "The name behind `catch` is a record with the error's message, advice, line and file. `error \"…\"` raises one."),
    Entry(
      ["use", "as"], "Brings the names of a module into view.",
      [Example("use gan\nring(8)", nil), Example("use objectives as o\no.hinge_d(tensor([2]), tensor([-2]))", "0")],
      details: """
        `use gan` brings the toolbox: models, training, measures. `use \"my/losses.gan\"` runs a file of your own, once, and brings the names \
        that it defines, except those that begin with `_`. With `as` they come under one name. The modules of the standard library are \
        \(StandardModules.names.joined(separator: ", ")).
        """),
  ]

  private static let functions = [
    Entry(
      ["fn"], "Defines a function.",
      [
        Example("fn area(width, height = 1) = width * height\narea(2, height: 3)", "6"),
        Example("fn sign_of(x: number) {\n  if x < 0 { return \"minus\" }\n  \"plus\"\n}\nsign_of(-1)", "\"minus\""),
      ],
      details: """
        Its value is that of its last statement, or of `return`. Parameters may have a kind (`n: count`) and a default. It sees the variables \
        around it, and assigns only its own. `##` lines above it are what `help` says of it.
        """),
    Entry(
      ["->"], "Makes a function without a name.",
      [Example("map([1, 2], x -> x * 10)", "[10, 20]"), Example("f = (x, y) -> x - y\nf(3, 1)", "2")]),
    Entry(["return"], "Leaves a function with a value, or a block.", [Example("fn f(x) { return x + 1 }\nf(2)", "3")]),
    Entry(
      ["..."], "Hands on the fields of a record as named arguments; in a definition, takes the options of another function.",
      [Example("fn area(width, height = 1) = width * height\narea(2, ...{height: 3})", "6")]),
    Entry(
      ["|>"], "Gives the value on the left to the function on the right, as its first argument.",
      [Example("[3, 1, 2] |> sort |> join(\"-\")", "\"1-2-3\"")],
      details: "An entry of a conversation that begins with it goes on with the last result."),
    Entry(["_"], "In a conversation, the last result; at the beginning of a name, what a module keeps to itself.", []),
  ]

  private static let operators = [
    Entry(
      ["+", "-"], "The sum and the difference; + also joins strings, and lists.",
      [Example("1 + 2 - 4", "-1"), Example("[1] + [2]", "[1, 2]"), Example("print tensor([1, 2]) + 1", "[2, 3]")]),
    Entry(
      ["*", "/"], "The product, number by number, and the quotient; * also repeats strings and lists.",
      [Example("7 / 2", "3.5"), Example("\"ab\" * 2", "\"abab\"")],
      details: "A quotient is never rounded: floor(a / b) is. The matrix product is `@`."),
    Entry(["%"], "The remainder, with the sign of the right side.", [Example("-1 % 3", "2")]),
    Entry(
      ["^"], "The power; read from the right, and before the minus on its left.",
      [Example("2 ^ 3 ^ 2", "512"), Example("-2 ^ 2", "-4"), Example("print tensor([1, 2, 3]) ^ 2", "[1, 4, 9]")]),
    Entry(["@"], "The matrix product.", [Example("print tensor([[1, 2], [3, 4]]) @ tensor([1, 1])", "[3, 7]")]),
    Entry(
      ["==", "!="], "Whether two values are equal, lists and records by what they hold; of tensors, number by number.",
      [Example("[1, 2] == [1, 2]", "true"), Example("print tensor([1, 2]) == 2", "[0, 1]")]),
    Entry(
      ["<", "<=", ">", ">="], "Compare two numbers or two strings; of tensors, number by number. They may be chained.",
      [Example("1 < 2 <= 2", "true"), Example("x = tensor([1, 5, 3]); print x[x > 2]", "[5, 3]")]),
    Entry(
      ["and", "or", "not"], "Join conditions; the right side is looked at only where the left one does not decide.",
      [Example("x = 3; x > 0 and not x == 4", "true")],
      details: "Of masks: a * b is and, maximum(a, b) or, 1 - a not."),
    Entry(
      ["..", "range"], "The numbers from the left one up to before the right one; in brackets, a part.",
      [
        Example("list(0..4)", "[0, 1, 2, 3]"), Example("[10, 20, 30, 40][1..3]", "[20, 30]"),
        Example("\"abcd\"[..-1]", "\"abc\""),
      ]),
    Entry(
      ["=", "+=", "-=", "*=", "/=", "%=", "^=", "@="], "Gives a value to a name, a field or an element; x += 1 is x = x + 1.",
      [Example("a, b = [1, 2]; a += b; a", "3"), Example("r = {n: 1}; r.n = 5; r", "{n: 5}")]),
  ]

  private static let values = [
    Entry(["none"], "No value: what a loop gives, or an argument that was left out.", [Example("none == none", "true")]),
    Entry(["true", "false"], "The two answers of a condition.", [Example("1 < 2", "true")]),
    Entry(
      ["[", "]", "[]"], "A list; behind a value, without a blank, one of its elements or a part.",
      [Example("xs = [10, 20, 30]; xs[0] + xs[-1]", "40"), Example("print zeros([2, 3])[.., 0]", "[0, 0]")]),
    Entry(
      ["{", "}", "{}"], "A record; or a block, behind `if`, `for`, `fn` or a call.",
      [Example("r = {rate: 0.1, name: \"G\"}; r.rate", "0.1"), Example("time { 1 + 1 }", "2")]),
    Entry(
      ["(", ")", "()"], "A call, the parameters of a function, or what is to be worked out first.", [Example("(1 + 2) * 3", "9")]),
    Entry(
      ["\"", "\"\"\""], "A string; {x} in it is the value of x, {x:.3} that with 3 decimals.",
      [Example("x = 2 / 3; \"{x:.3} {x:.0%}\"", "\"0.667 67%\"")],
      details: "Between three quotes it goes over several lines. \\n is a newline, \\{ a brace."),
    Entry([","], "Between arguments, elements and names.", []),
    Entry(
      [":"], "Between a name and its value: of an argument, a field, a parameter's kind, a string's format.",
      [Example("round(x: 2.57, decimals: 1)", "2.6")]),
    Entry([";"], "Between statements in one line; at the end of one, its value is not shown.", [Example("a = 1; a + 1", "2")]),
    Entry(["."], "A field of a record or of another value.", [Example("zeros([2, 3]).shape", "[2, 3]")]),
    Entry(["#", "##"], "A comment; with ## above a function, what help says of it.", [Example("1 + 1  # two", "2")]),
  ]
}
