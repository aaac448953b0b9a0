import Testing

@testable import Shell

@Suite struct OptionsTests {
  private func parse(_ words: String...) throws -> Options { try Options.parse(words) }

  private func misuse(_ words: String...) -> Options.Misuse? {
    do {
      _ = try Options.parse(words)
      return nil
    } catch {
      return error as? Options.Misuse
    }
  }

  @Test func programs() throws {
    #expect(try parse().command == .run(.standardInput))
    #expect(try parse("a.gan").command == .run(.file("a.gan")))
    #expect(try parse("-e", "1 + 1").command == .run(.code("1 + 1")))
    let piped = try parse("-", "x")
    #expect(piped.command == .run(.standardInput) && piped.readsInput && piped.arguments == ["x"])
    #expect(try parse("--check", "a.gan").command == .check(.file("a.gan")))
    #expect(try parse("docs").command == .docs(path: "docs/reference.md"))
    #expect(try parse("docs", "x.md").command == .docs(path: "x.md"))
    #expect(throws: Options.Misuse.self) { try Options.parse(["docs", "--seed"]) }
  }

  @Test func eachCommandHasItsHelp() throws {
    for (line, help) in [
      ("--help", CommandHelp.gan), ("-h", .gan), ("docs --help", .docs), ("docs x.md -h", .docs), ("convert --help", .convert),
      ("convert a.ipynb -h", .convert), ("lab --help", .lab), ("lab a.gan -h", .lab), ("lab --port 8701 --help", .lab),
      ("run --help", .run), ("run --html a.html -h", .run), ("learn --help", .learn),
    ] {
      #expect(try Options.parse(line.split(separator: " ").map(String.init)).command == .help(help), "\(line)")
    }
    for help in CommandHelp.allCases where help != .gan {
      #expect(help.text.hasPrefix("gan \(help): "))
      for line in help.text.split(separator: "\n") { #expect(line.count <= 130, "\(line)") }
    }
    #expect(CommandHelp.lab.text.contains("--port") && !CommandHelp.lab.text.contains("--prose"))
    #expect(CommandHelp.run.text.contains("--keep-going") && !CommandHelp.run.text.contains("--port"))
  }

  @Test func whatFollowsTheProgramBelongsToIt() throws {
    #expect(try parse("a.gan", "--seed", "3").arguments == ["--seed", "3"])
    #expect(try parse("a.gan", "--seed", "3").seed == nil)
    #expect(try parse("-e", "1", "-i").arguments == ["-i"])
    #expect(try parse("--", "-odd.gan").command == .run(.file("-odd.gan")))
  }

  @Test func options() throws {
    let options = try parse("--seed", "7", "--threads=2", "--no-color", "-i", "a.gan")
    #expect(options.seed == 7 && options.threads == 2 && !options.colors && options.stays)
  }

  @Test func aSeedMayBeNegative() throws {
    #expect(try parse("--seed", "-3", "a.gan").seed == -3)
    #expect(try parse("--seed=-9007199254740991", "a.gan").seed == -9_007_199_254_740_991)
  }

  @Test func profiling() throws {
    #expect(try parse("--profile", "a.gan").profiles)
    #expect(try !parse("a.gan", "--profile").profiles)
  }

  @Test func dumping() throws {
    #expect(try parse("--dump", "plan", "a.gan").dumpsPlans)
    #expect(try parse("--dump=plan", "-e", "1").dumpsPlans)
    #expect(try !parse("a.gan", "--dump", "plan").dumpsPlans)
    #expect(misuse("--dump")?.title == "--dump wants what to show")
    #expect(misuse("--dump", "graph")?.title == "--dump shows plan, not graph")
    #expect(misuse("--check", "--dump", "plan", "a.gan")?.advice == "Try: gan --dump plan script.gan")
  }

  @Test func wrongUsageIsToldWithAWayOut() {
    #expect(misuse("--sed", "1")?.advice == "Did you mean --seed?")
    #expect(misuse("--chekc")?.advice == "Did you mean --check?")
    #expect(misuse("--seed")?.title == "--seed wants a number")
    #expect(misuse("--seed", "x")?.title == "--seed wants a whole number from -9007199254740991 to 9007199254740991, not x")
    for text in ["2.5", "9007199254740992", "-9007199254740992", "nan", "1e3", ""] { #expect(misuse("--seed", text) != nil) }
    #expect(misuse("--threads", "0")?.title == "--threads wants a whole number from 1 to 1024, not 0")
    #expect(misuse("-e")?.title == "-e wants the code to run")
    #expect(misuse("--check=1") != nil)
    #expect(misuse("--profile=1")?.title == "--profile takes no value")
    #expect(misuse("--check", "--profile", "a.gan")?.advice == "Try: gan --profile script.gan")
    #expect(misuse("--zzz")?.advice == "See: gan --help")
  }

  @Test func everyOptionStandsInTheUsage() {
    for option in CommandOption.all {
      #expect(CommandHelp.gan.text.contains(option.help))
      for name in option.names { #expect(CommandHelp.gan.text.contains(name)) }
    }
  }

  @Test func everyExampleOfAnArgumentIsTaken() throws {
    for option in CommandOption.all {
      guard let argument = option.argument, let name = option.names.first else { continue }
      let example = argument.example.split(separator: " ").map(String.init)
      let command = name == "--port" ? ["lab"] : []
      #expect(throws: Never.self) { try Options.parse(command + [name] + example) }
    }
  }
}
