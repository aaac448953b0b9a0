import Testing

@testable import Frontend

/// Lines that are no programs, and those that only look as if.
@Suite struct ForeignEntryTests {
  private func advice(_ entry: String, known: Set<String> = []) -> String? {
    ForeignEntry.diagnostic(for: entry, isKnown: known.contains).map { $0.title + ": " + $0.advice.joined(separator: " ") }
  }

  @Test(arguments: [
    ("ls -l", "`ls` is a command of a shell: Write `files(\"*\")`"), ("!ls", "`ls` is a command of a shell"),
    (";ls", "`ls` is a command"), ("! pip install torch", "`pip` is a command of a shell: Nothing has to be installed"),
    ("x <- 3", "`<-` sets nothing here: Write `x = …`"),
    ("pwd()", "`environment(\"PWD\")`"), ("cd /tmp", "Paths may lead elsewhere"), ("cd ..", "Paths may lead elsewhere"),
    ("ls ../data", "`files(\"*\")`"), ("mkdir a", "`make_folder \"name\"`"),
    ("git status", "It is typed in a shell"), ("gan lab x.gan", "`gan lab` is a command of a shell: It is typed in a shell"),
    ("gan run x.gan", "`use \"x.gan\"` runs that program here"), ("gan x.gan", "`use \"x.gan\"`"),
    ("gan --version", "`gan --version` is"),
    ("run x.gan", "a path stands in quotation marks: `use \"x.gan\"`"), ("./x.gan", "`use \"./x.gan\"`"),
    ("x.gan", "`use \"x.gan\"`"),
    (":q", "`quit`, `exit()` or Ctrl-D"), ("--help", "Write `help`"), ("man sum", "Write `help name`"),
  ]) func isToldWhatToWrite(entry: String, part: String) {
    #expect(advice(entry)?.contains(part) == true, "\(advice(entry) ?? "nothing")")
  }

  @Test(arguments: [
    "ls = 3", "cat.x", "git + 1", "ls, pwd = [1, 2]", "1 + 1", "", "x", "print \"ls\"", "use \"x.gan\"", "ls\npwd", "!", "!= 3",
    "gan G, D", "gan",
    "# ls", "fn ls() = 3", "lsx", "help ls",
  ]) func isAProgram(entry: String) { #expect(advice(entry) == nil) }

  @Test func whatHasAValueGoesBefore() {
    #expect(advice("ls", known: ["ls"]) == nil)
    #expect(advice("!x", known: ["x"]) == nil)
    #expect(advice("x <- 3", known: ["x"]) == nil)
    #expect(advice("gan run", known: ["run"]) == nil)
    #expect(advice("x.gan", known: ["x"]) == nil)
  }
}
