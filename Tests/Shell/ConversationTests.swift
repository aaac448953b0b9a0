import Foundation
import Testing

/// The program in a terminal.
@Suite struct ConversationTests {
  private let home: String

  init() {
    var template = Array("/tmp/gan-conversation-XXXXXX".utf8CString)
    home = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  private func begin(_ arguments: String..., term: String = "xterm") -> GanTerminal {
    let terminal = GanTerminal(arguments, environment: ["HOME": home, "TERM": term, "XDG_STATE_HOME": home + "/state"])
    #expect(terminal.shows("Gan "))
    #expect(terminal.shows("> "))
    return terminal
  }

  @Test func aConversationIsNotProfiledAsAWhole() {
    let terminal = GanTerminal(["--profile"], environment: ["HOME": home])
    #expect(terminal.shows("--profile wants a program"))
    #expect(terminal.end() == 2)
  }

  @Test func valuesAreEchoedUnlessSilenced() {
    let terminal = begin()
    terminal.type("20 + 22\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("_ * 2\r")
    #expect(terminal.shows("84\r\n"))
    terminal.type("1000 + 1;\r")
    #expect(!terminal.settle().contains("1001"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test func inputIsTypedAtTheTerminal() {
    let terminal = begin()
    terminal.type("name = input(\"wh\" + \"o? \")\r")
    #expect(terminal.shows("who? "))
    terminal.type("Änne\u{7F}a\r")
    #expect(terminal.shows("> "))
    terminal.type("[name, len(name)]\r")
    #expect(terminal.shows("[\"Änna\", 4]\r\n"))
    terminal.type("[input(\"mo\" + \"re? \")]\r")
    #expect(terminal.shows("more? "))
    terminal.type("\u{4}")
    #expect(terminal.shows("[none]\r\n"))
    terminal.type("input(\"st\" + \"op? \")\r")
    #expect(terminal.shows("stop? "))
    // In two steps: with Ctrl-C the terminal drops what it has not shown yet.
    terminal.type("half")
    #expect(terminal.shows("half"))
    terminal.type("\u{3}")
    #expect(terminal.shows("^C\r\nstopped\r\n"))
    terminal.type("20 + 22\r")
    #expect(terminal.shows("42\r\n"))
  }

  @Test func aLineThatIsNotEndedIsEndedBeforeWhatFollows() {
    let terminal = begin()
    terminal.type("print \"no\", end: \"\"; print \"end\", end: \"\"\r")
    #expect(terminal.shows("noend\r\n"))
    terminal.type("print \"before\", end: \"\"; 20 + 22\r")
    #expect(terminal.shows("before\r\n42\r\n"))
    terminal.type("print \"before\", end: \"\"; error \"this\"\r")
    #expect(terminal.shows("before\r\nerror: this"))
  }

  @Test func entriesGoOnOverSeveralLines() {
    let terminal = begin()
    terminal.type("fn double(x) {\r")
    terminal.type("x * 2\r")
    terminal.type("}\r")
    terminal.type("double 333\r")
    #expect(terminal.shows("666\r\n"))
  }

  @Test func pastedTextIsOneEntry() {
    let terminal = begin()
    terminal.type("\u{1B}[200~fn triple(x) {\n\ty = x\n  y * 3\n}\u{1B}[201~\r")
    terminal.type("triple 111\r")
    #expect(terminal.shows("333\r\n"))
  }

  @Test func tabCompletesNames() {
    let terminal = begin()
    terminal.type("unmistakable = 4321\r")
    #expect(terminal.shows("> "))
    terminal.type("unmis\t + 1\r")
    #expect(terminal.shows("4322\r\n"))
  }

  @Test func interruptAtThePromptClearsTheEntry() {
    let terminal = begin()
    terminal.type("print 123")
    #expect(terminal.shows("123"))
    terminal.type("\u{3}")
    #expect(terminal.shows("^C"))
    terminal.type("5 + 5\r")
    #expect(terminal.shows("10\r\n"))
  }

  @Test func interruptStopsAComputationAndKeepsTheSession() {
    let terminal = begin()
    terminal.type("n = 0; while true { n += 1 }\r")
    usleep(500_000)
    terminal.type("\u{3}")
    #expect(terminal.shows("> "))
    terminal.type("n > 0\r")
    #expect(terminal.shows("true\r\n"))
    terminal.type("quit\r")
    #expect(terminal.end() == 0)
  }

  @Test func theEndCanBeTypedWhileAProgramRuns() throws {
    let terminal = begin()
    terminal.type("print 6 * 7; sleep 0.5\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test func entriesAreListedAndKeptAsAProgram() throws {
    let terminal = begin()
    terminal.type("a = 20 + 1\r")
    terminal.type("b = nothing_of_this_name\r")
    #expect(terminal.shows("error: "))
    terminal.type("print a * 2\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("history\r")
    #expect(terminal.shows("1   a = 20 + 1\r\n2 × b = nothing_of_this_name\r\n3   print a * 2\r\n"))
    let path = home + "/work.gan"
    terminal.type("history \"\(path)\"\r")
    #expect(terminal.shows("wrote \(path): 2 entries"))
    terminal.type("history \"\(path)\"\r")
    #expect(terminal.shows("is there already"))
    terminal.type("history nothing_of\r")
    #expect(terminal.shows("b = nothing_of_this_name\r\n"))
    terminal.type("history 2\r")
    #expect(terminal.shows("2 × b = nothing_of_this_name\r\n3   print a * 2\r\n"))
    terminal.type("history a * 2\r")
    #expect(terminal.shows("print a * 2\r\n"))
    terminal.type("history no such thing\r")
    #expect(terminal.shows("no entry holds “no such thing” but this one\r\n"))
    terminal.type("c = 5\r")
    terminal.type("reset a, d\r")
    #expect(terminal.shows("error: you have no variable `d`\r\n"))
    terminal.type("reset a\r")
    terminal.type("c * 3\r")
    #expect(terminal.shows("15\r\n"))
    terminal.type("a\r")
    #expect(terminal.shows("error: there is no `a`"))
    terminal.type("reset\r")
    terminal.type("c\r")
    #expect(terminal.shows("error: there is no `c`"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
    #expect(GanProgram.run("/bin/cat", [path]).output == "a = 20 + 1\nprint a * 2\n")
  }

  @Test func aVariableGoesBeforeACommandOfItsName() {
    let terminal = begin()
    terminal.type("help quit\r")
    #expect(terminal.shows("Ends the conversation"))
    // There is a function of this name, too.
    terminal.type("help keys\r")
    #expect(terminal.shows("What the keys do while an entry is typed"))
    terminal.type("quit now\r")
    #expect(terminal.shows("error: nothing stands behind `quit`"))
    terminal.type("quit = 6 * 7\r")
    terminal.type("quit\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("exit 4\r")
    #expect(terminal.end() == 4)
  }

  @Test(arguments: ["quit", "quit()", "quit;", " exit()", "exit"]) func aConversationEndsInManyWords(entry: String) {
    let terminal = begin()
    terminal.type(entry + "\r")
    #expect(terminal.end() == 0)
  }

  @Test func errorsDoNotEndTheConversation() {
    let terminal = begin()
    terminal.type("nothing_of_this_name\r")
    #expect(terminal.shows("error: "))
    terminal.type("6 * 7\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("exit 3\r")
    #expect(terminal.end() == 3)
  }

  @Test func historyComesBackInTheNextSession() {
    let first = begin()
    first.type("900 + 9\r")
    #expect(first.shows("909\r\n"))
    #expect(first.shows("> "))
    first.type("\u{4}")
    #expect(first.end() == 0)
    let second = begin()
    second.type("\u{1B}[A\r")
    #expect(second.shows("909\r\n"))
  }

  @Test func upArrowFindsEntriesThatBeginAsTyped() {
    let terminal = begin()
    for (entry, answer) in [("111 + 1", "112"), ("22 + 1", "23"), ("113 + 1", "114")] {
      terminal.type(entry + "\r")
      #expect(terminal.shows(answer + "\r\n"))
      #expect(terminal.shows("> "))
    }
    terminal.type("11\u{1B}[A\u{1B}[A\r")
    #expect(terminal.shows("112\r\n"))
  }

  @Test func viKeysByTheEditorsOwnFile() {
    let file = open(home + "/.editrc", O_WRONLY | O_CREAT, 0o644)
    #expect(write(file, "bind -v\n", 8) == 8)
    close(file)
    let terminal = begin()
    terminal.type("xx7 + 7\u{1B}")
    _ = terminal.settle()
    terminal.type("0xx\r")
    #expect(terminal.shows("14\r\n"))
    #expect(terminal.shows("> "))
    terminal.type("\u{1B}[A\r")
    #expect(terminal.shows("14\r\n"))
  }

  @Test func unwritableHistoryIsOneNote() {
    mkdir(home + "/state", 0o700)
    mkdir(home + "/state/gan", 0o700)
    mkdir(home + "/state/gan/history", 0o700)
    let terminal = GanTerminal(environment: ["HOME": home, "XDG_STATE_HOME": home + "/state"])
    #expect(terminal.shows("note: the history"))
    #expect(terminal.shows("> "))
    terminal.type("1 + 1\r")
    #expect(terminal.shows("2\r\n"))
    terminal.type("1 + 2\r")
    #expect(terminal.shows("3\r\n"))
    #expect(!terminal.settle().contains("note"))
  }

  @Test func charactersBeyondAscii() {
    let terminal = begin()
    terminal.type("λ = 8; \"漢\u{7F}字 {λ}\"\r")
    #expect(terminal.shows("\"字 8\"\r\n"))
  }

  @Test func dumbTerminalsWork() {
    let terminal = begin(term: "dumb")
    terminal.type("fn f(x) {\n")
    #expect(terminal.shows("… "))
    terminal.type("x + 1 }\nf 1\n")
    #expect(terminal.shows("2\r\n"))
    #expect(!terminal.settle().contains("\u{1B}"))
    terminal.type("\u{4}")
    #expect(terminal.end() == 0)
  }

  @Test func keysTypedDuringAProgramComeIntoTheNextEntry() {
    let terminal = begin()
    terminal.type("print 6 * 7; sleep 0.5; print 6 * 111\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("400 + 4")
    #expect(terminal.shows("666\r\n"))
    #expect(terminal.shows("400 + 4"))
    terminal.type("\r")
    #expect(terminal.shows("404\r\n"))
  }

  @Test func keysTypedDuringAProgramAreNotShownInIt() {
    let terminal = begin()
    terminal.type("print 6 * 7; sleep 1; print 6 * 111\r")
    #expect(terminal.shows("42\r\n"))
    terminal.type("400 + 4")
    #expect(terminal.shows("666\r\n"))
    #expect(!terminal.seen.contains("400"))
  }

  @Test func inputShowsWhatIsTypedAndCtrlCStops() {
    let terminal = begin()
    terminal.type("x = input(\"na\" + \"me? \"); n = 0; print \"go\" + \"es\"; while true { n += 1 }\r")
    #expect(terminal.shows("name? "))
    terminal.type("Ada")
    #expect(terminal.shows("Ada"))
    terminal.type("\r")
    #expect(terminal.shows("goes\r\n"))
    terminal.type("\u{3}")
    #expect(terminal.shows("stopped\r\n"))
    terminal.type("x\r")
    #expect(terminal.shows("\"Ada\"\r\n"))
  }

  @Test(arguments: [SIGTERM, SIGSEGV, SIGABRT]) func theTerminalIsGivenBackInSignals(signal: Int32) {
    let terminal = begin()
    terminal.type("print 6 * 7; sleep 30\r")
    #expect(terminal.shows("42\r\n"))
    #expect(!terminal.echoes)
    terminal.send(signal)
    for _ in 0..<200 where !terminal.echoes { usleep(20_000) }
    #expect(terminal.echoes)
  }

  @Test func longHelpIsShownByThePager() {
    let terminal = GanTerminal(environment: ["HOME": home, "PAGER": "sed 's/^/| /'"])
    #expect(terminal.shows("> "))
    terminal.type("help train\r")
    #expect(terminal.shows("| train(run"))
    terminal.type("print 41 + 1\r")
    #expect(terminal.shows("42\r\n"))
    // What fits the window is printed.
    terminal.type("help quit\r")
    #expect(terminal.shows("Ends the conversation"))
    #expect(!terminal.seen.contains("| "))
  }

  @Test func aConversationThroughAPipeEndsLikeItsLastEntry() {
    for (input, code) in [
      ("1 / 0\nnothing_of_this_name\n", 1), ("nothing_of_this_name\n1 + 1\n", 0), ("learn 99\n", 1), ("learn 99\n1\n", 0),
      ("nothing_of_this_name\nquit\n", 0), ("nothing_of_this_name\nexit 5\n", 5), ("", 0),
    ] as [(String, Int32)] {
      #expect(GanProgram.run("-i", input: input, environment: ["HOME": home]).code == code, "\(input)")
    }
  }

  @Test func aVariableThatHidesAFunctionIsToldOnce() {
    let ending = GanProgram.run(
      "-i", input: "digits = digits()\ndigits = 3\ndigits()\nreset digits\ndigits(5).size\n", environment: ["HOME": home])
    #expect(ending.output == "5\n")
    #expect(ending.error.components(separatedBy: "note: `digits` hides the builtin `digits` from now on").count == 2)
    #expect(ending.error.contains("`reset digits` takes it away"))
    // A program chooses its names.
    #expect(GanProgram.run("-", input: "digits = digits(5)\nprint digits.size\n").error.isEmpty)
  }
}
