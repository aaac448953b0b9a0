import Testing

@testable import Frontend

@Suite struct EntryShorthandTests {
  @Test(arguments: [
    ("help for", "help \"for\""), ("help ^", "help \"^\""), ("help |>", "help \"|>\""), ("help {", "help \"\\{\""),
    ("help \"", "help \"\\\"\""),
    ("  help learning rate  ", "help \"learning rate\""), ("help functions of numbers", "help \"functions of numbers\""),
    ("train?", "help \"train\""), ("?train", "help \"train\""), ("run.noise ?", "help \"run.noise\""), ("for?", "help \"for\""),
    ("^?", "help \"^\""),
    ("|> sum", "_ |> sum"),
  ])
  func standsFor(_ entry: String, _ program: String) {
    #expect(EntryShorthand.program(of: entry, hasResult: true) == program)
  }

  @Test(arguments: [
    "help", "help train", "help \"a b\"", "help(train)", "help = 3", "help (1 + 2)", "1 + 1", "# what?", "print \"what?\"",
    "x = 1 ?", "?", "", "a\nb?",
    "help train; 1", "f(x)?",
  ])
  func othersStayAsTheyAre(_ entry: String) {
    #expect(EntryShorthand.program(of: entry, hasResult: false) == entry)
  }

  @Test func withoutAResultAPipeIsWhatItIs() {
    #expect(EntryShorthand.program(of: "|> sum", hasResult: false) == "|> sum")
  }
}
