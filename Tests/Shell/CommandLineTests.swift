import Glibc
import Testing

/// The built program, with pipes.
@Suite struct CommandLineTests {
  private let folder: String

  init() {
    var template = Array("/tmp/gan-command-line-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  private func file(_ name: String, _ text: String, executable: Bool = false) -> String {
    let path = folder + "/" + name
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, executable ? 0o755 : 0o644)
    let bytes = Array(text.utf8)
    _ = write(file, bytes, bytes.count)
    close(file)
    return path
  }

  @Test func oneLinePrintsItsLastValue() {
    #expect(GanProgram.run("-e", "1 + 1") == .init(code: 0, output: "2\n", error: ""))
    #expect(GanProgram.run("-e", "x = 3; x * 2").output == "6\n")
    #expect(GanProgram.run("-e", "x = 3").output == "")
    #expect(GanProgram.run("-e", "1 + 1;").output == "")
  }

  @Test func scriptPrintsOnlyWhatItPrints() {
    let path = file("a.gan", "1 + 1\nprint \"hello\"\n")
    #expect(GanProgram.run(path) == .init(code: 0, output: "hello\n", error: ""))
  }

  @Test func programComesFromAPipe() {
    #expect(GanProgram.run(input: "print 1 + 2\n") == .init(code: 0, output: "3\n", error: ""))
    #expect(GanProgram.run("-", "x", "y", input: "print len(arguments())\n").output == "2\n")
  }

  @Test func inputComesFromAPipe() {
    let path = file("ask.gan", "while true { line = input(\"? \"); print [line]; if line == none { break } }\nprint input()\n")
    #expect(
      GanProgram.run(path, input: "one\n\ntwo λ\r\nthree").output == "[\"one\"]\n[\"\"]\n[\"two λ\"]\n[\"three\"]\n[none]\nnone\n"
    )
    #expect(GanProgram.run("-e", "input(\"? \")").output == "")
    // What a conversation reads, and what its entries ask for, come from one stream.
    #expect(GanProgram.run("-i", "--no-start", input: "x = input()\nhello\nx\n").output == "\"hello\"\n")
  }

  @Test func linesMayBePrintedInParts() {
    let run = GanProgram.run("-e", "print 1, end: \"\"; note \"n\"; print 2; print 3, end: \"\"")
    #expect(run == .init(code: 0, output: "12\n3", error: "n\n"))
  }

  @Test func anErrorInTheLibraryIsShownAtTheUsersLine() {
    let path = file("far.gan", "use gan\nx = zeros([2])\nwasserstein_distance(x, x)\n")
    let short = GanProgram.run(path).error
    #expect(short.contains("far.gan:3:1\n"), "\(short)")
    #expect(short.contains("in wasserstein_distance, check_samples (standard library"), "\(short)")
    #expect(!short.contains("std/"), "\(short)")
    let long = GanProgram.run("--trace", path).error
    #expect(long.contains("std/measures.gan:"), "\(long)")
    #expect(long.contains("called from std/transport.gan:"), "\(long)")
    #expect(long.contains("far.gan:3:1\n"), "\(long)")
    let asked = GanProgram.run("-i", "--no-start", input: "use gan; kid(zeros([2, 2]), zeros([2, 2]))\nlast_error\n").error
    #expect(asked.contains("std/measures.gan:"), "\(asked)")
  }

  @Test func scriptsSeeTheirArguments() {
    let path = file("arguments.gan", "print arguments()[0]\n")
    #expect(GanProgram.run(path, "-x").output == "-x\n")
  }

  @Test func firstLineMayNameTheProgram() {
    let path = file("own.gan", "#!\(GanProgram.path)\nprint \"by itself\"\n", executable: true)
    #expect(GanProgram.run(path, []).output == "by itself\n")
  }

  @Test func errorsGoToStandardErrorWithTheirPlace() {
    let path = file("wrong.gan", "print 1\nx = 1 + true_\nprint 2\n")
    let ending = GanProgram.run(path)
    #expect(ending.code == 1)
    #expect(ending.output == "1\n")
    #expect(ending.error.hasPrefix("error: "))
    #expect(ending.error.contains("\(path):2:"))
    #expect(!ending.error.contains("\u{1B}"))
  }

  @Test func wordsNearACommandAreNoFiles() {
    let ending = GanProgram.run("lern")
    #expect(ending.code == 1 && ending.error.contains("Did you mean `gan learn`?"))
    #expect(!GanProgram.run("lern.gan").error.contains("Did you mean"))
    #expect(GanProgram.run("help", "len").output == GanProgram.run("-e", "help len").output)
    #expect(GanProgram.run("help", "len").output.contains("len"))
  }

  @Test func syntaxErrorRunsNothing() {
    let ending = GanProgram.run(file("syntax.gan", "print 1\nx = (1 +\n"))
    #expect(ending.code == 1)
    #expect(ending.output == "")
  }

  @Test func missingFileIsAnError() {
    let ending = GanProgram.run(folder + "/nothing.gan")
    #expect(ending.code == 1)
    #expect(ending.error.contains("cannot be read"))
    #expect(GanProgram.run(folder).code == 1)
  }

  @Test func wrongUsageHasItsOwnCode() {
    let ending = GanProgram.run("--sed", "1")
    #expect(ending.code == 2)
    #expect(ending.output == "")
    #expect(ending.error == "error: there is no option --sed\n  Did you mean --seed?\n")
  }

  @Test func checkRunsNothing() {
    let good = file("good.gan", "print 1\n")
    #expect(GanProgram.run("--check", good) == .init(code: 0, output: "", error: ""))
    let bad = file("bad.gan", "print (1\n")
    #expect(GanProgram.run("--check", bad).code == 1)
  }

  @Test func theProgramsOfTheBenchmarksCanBeUnderstood() {
    for name in ["dragan", "swissroll", "memory", "language", "generator", "growth", "write_jpegs", "jpegs"] {
      let path = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Benchmarks/gan/\(name).gan"
      #expect(GanProgram.run("--check", path) == .init(code: 0, output: "", error: ""))
    }
  }

  @Test func helpAndVersion() {
    #expect(GanProgram.run("--help").output.contains("gan -e 'code'"))
    #expect(GanProgram.run("--version").output.hasPrefix("gan "))
  }

  @Test func seedRepeatsARun() {
    let code = "print uniform([3])"
    let first = GanProgram.run("--seed", "3", "-e", code)
    #expect(first.code == 0)
    #expect(first.output == GanProgram.run("--seed", "3", "-e", code).output)
    #expect(first.output != GanProgram.run("--seed", "4", "-e", code).output)
  }

  @Test func exitGivesItsCode() {
    #expect(GanProgram.run("-e", "exit 7").code == 7)
    #expect(GanProgram.run("-e", "print 1; exit 0; print 2") == .init(code: 0, output: "1\n", error: ""))
  }

  @Test func closedPipeEndsQuietly() {
    let path = file("long.gan", "for i in 0..200000 { print i }\n")
    let ending = GanProgram.run("/bin/sh", ["-c", "{ '\(GanProgram.path)' '\(path)'; echo code $? >&2; } | head -n 1"])
    #expect(ending.output == "0\n")
    #expect(ending.error == "code 0\n")
  }

  @Test func whatIsPrintedBeforeALongWorkIsSeenAtOnce() {
    let (outputRead, outputWrite) = GanProgram.makePipe()
    let process = GanProgram.spawn(
      GanProgram.path, ["-e", "print \"a\"; print \"b\"; while true { progress \"step\", 1, 2 }"], environment: [:],
      descriptors: [0, outputWrite, 2])
    close(outputWrite)
    defer {
      kill(process, SIGKILL)
      _ = GanProgram.wait(for: process)
      close(outputRead)
    }
    var seen = ""
    var wait = pollfd(fd: outputRead, events: Int16(POLLIN), revents: 0)
    while seen != "a\nb\n", poll(&wait, 1, 30_000) > 0 {
      var piece = [UInt8](repeating: 0, count: 64)
      let count = read(outputRead, &piece, piece.count)
      guard count > 0 else { break }
      seen += String(decoding: piece[..<count], as: UTF8.self)
    }
    #expect(seen == "a\nb\n")
  }

  @Test func noEscapeCodesInPipes() {
    let ending = GanProgram.run("-e", "help print", environment: ["TERM": "xterm-256color", "COLORTERM": "truecolor"])
    #expect(ending.code == 0)
    #expect(!ending.output.contains("\u{1B}"))
  }

  // MARK: --profile

  @Test func profileOfAScriptGoesToStandardError() {
    let path = file("profiled.gan", "x = ones([30, 20]) @ ones([20, 10])\nprint sum(x)\n")
    let ending = GanProgram.run("--profile", path)
    #expect(ending.code == 0 && ending.output == "6000\n")
    #expect(ending.error.contains("product 30×10×20"))
    for part in ["kernel  ", "GF/s", "GB/s", "\ntime ", "\nproducts ", "\nplans ", "\nmemory "] {
      #expect(ending.error.contains(part))
    }
    #expect(!ending.error.contains("\u{1B}"))
    #expect(GanProgram.run(path).error == "")
  }

  @Test func profileCountsTheValueThatIsShown() {
    let ending = GanProgram.run("--profile", "-e", "tanh(zeros([2, 2]))")
    #expect(ending.output.hasPrefix("tensor [2, 2]"))
    #expect(ending.error.contains("elementwise [2, 2]: tanh"))
  }

  @Test func profileIsShownAfterAnErrorToo() {
    let path = file("failing.gan", "print sum(ones([3]))\nerror \"no\"\n")
    let ending = GanProgram.run("--profile", path)
    #expect(ending.code == 1 && ending.output == "3\n")
    #expect(ending.error.hasPrefix("error: no") && ending.error.contains("plans     1 made"))
    #expect(GanProgram.run("--profile", "-e", "exit 7").code == 7)
  }

  @Test func profileIsShownAfterAnInterruptToo() {
    let (readEnd, writeEnd) = GanProgram.makePipe()
    let process = GanProgram.spawn(
      GanProgram.path, ["--profile", "-e", "while true { string(sum(ones([3]))) }"], environment: [:],
      descriptors: [0, 1, writeEnd])
    close(writeEnd)
    usleep(500_000)
    kill(process, SIGINT)
    #expect(GanProgram.wait(for: process) == 130)
    var bytes = [UInt8](repeating: 0, count: 65536)
    var text = ""
    while case let count = read(readEnd, &bytes, bytes.count), count > 0 {
      text += String(decoding: bytes[..<count], as: UTF8.self)
    }
    close(readEnd)
    #expect(text.contains("elementwise") && text.contains("plans     1 made"))
  }

  @Test func profileOfABlock() {
    let ending = GanProgram.run("-e", "x = profile plan: false { sum(ones([5])) }; print x; error \"end\"")
    #expect(ending.output == "5\n")
    #expect(ending.error.contains("\nmemory ") && !ending.error.contains("plan: 1 step"))
    let failing = GanProgram.run("-e", "profile { print sum(ones([5])); error \"inside\" }")
    #expect(failing.code == 1 && failing.output == "5\n")
    #expect(failing.error.contains("plans     1 made") && failing.error.contains("error: inside"))
  }

  @Test func interruptedScriptSaysSoByItsCode() {
    let (readEnd, writeEnd) = GanProgram.makePipe()
    let process = GanProgram.spawn(
      GanProgram.path, ["-e", "n = 0; while true { n += 1 }"],
      environment: [:], descriptors: [0, writeEnd, 2])
    close(writeEnd)
    usleep(500_000)
    kill(process, SIGINT)
    #expect(GanProgram.wait(for: process) == 130)
    close(readEnd)
  }

  // MARK: Output that cannot be written

  /// The ending of a line of the shell, in which `gan` is the program.
  private func shell(_ line: String) -> GanProgram.Ending {
    GanProgram.run("/bin/sh", ["-c", "cd $folder; " + line], environment: ["gan": GanProgram.path, "folder": folder])
  }

  @Test func aFullDiskBelowStandardOutputIsAnError() {
    let path = file("log.gan", "for i in 0..20000 { print i }\nsave eye(2), \"\(folder)/after.npy\"\nerror \"late\"\n")
    let expected = "error: standard output cannot be written\n  No space left on device. "
    let ending = shell("$gan \(path) > /dev/full")
    #expect(ending.code == 1)
    #expect(ending.error.hasPrefix(expected), "\(ending.error)")
    // Too little to be written before the end.
    for line in [
      "$gan -e 1 > /dev/full", "$gan --help > /dev/full", "$gan --version > /dev/full", "echo 1 | $gan -i > /dev/full",
    ] {
      let ending = shell(line)
      #expect(ending.code == 1, "\(line)")
      #expect(ending.error.hasPrefix(expected), "\(line): \(ending.error)")
    }
  }

  @Test func aClosedStreamIsAnErrorAndNoFileTakesItsPlace() {
    let ending = shell("$gan -e 'print 5; save eye(2), \"m.npy\"; print 6' >&-")
    #expect(ending.code == 1)
    #expect(ending.error.hasPrefix("error: standard output cannot be written\n  Bad file descriptor. "), "\(ending.error)")
    #expect(shell("$gan -e 'print shape(load(\"m.npy\"))'").output == "[2, 2]\n")
    #expect(shell("$gan -e 'error \"x\"' 2>&-").code == 1)
    #expect(shell("$gan - <&-").code == 1)
  }

  @Test func standardErrorThatCannotBeWrittenEndsNothing() {
    #expect(
      shell("$gan -e 'for i in 0..10000 { note \"n{i}\" }; print 7' 2> /dev/full") == .init(code: 0, output: "7\n", error: ""))
    #expect(shell("$gan -e 'error \"x\"' > /dev/full 2> /dev/full").code == 1)
  }

  @Test func aFileThatMayNotGrowIsAnError() {
    let ending = shell("ulimit -f 1; $gan -e 'save zeros([100, 100]), \"large.npy\"'")
    #expect(ending.code == 1)
    #expect(ending.error.contains("the file cannot be written"), "\(ending.error)")
    #expect(ending.error.contains("The file would become too large."), "\(ending.error)")
    let log = shell("ulimit -f 1; $gan -e 'for i in 0..20000 { print i }' > log")
    #expect(log.code == 1)
    #expect(log.error.hasPrefix("error: standard output cannot be written\n  File too large. "), "\(log.error)")
    let events = shell("ulimit -f 1; $gan -e 'l = event_log(\"events\"); for i in 0..2000 { write_scalar l, \"x\", i, step: i }'")
    #expect(events.code == 1)
    #expect(events.error.contains("the file cannot be written"), "\(events.error)")
  }

  @Test func aReaderThatHasGoneEndsTheProgramQuietly() {
    #expect(shell("$gan -e 'for i in 0..200000 { print i }' | head -1") == .init(code: 0, output: "0\n", error: ""))
  }

  /// What is asked of a training and does not come about is a line on standard error.
  @Test(arguments: [
    ("train run, steps: 3 { print 1 }", "the block runs every 50 steps, and not once from 1 to 3."),
    ("train run, steps: 4, every: 2", "`every: 2` says how often the block of `train` is run, and there is none."),
    ("run.d_optimizer.rate = 1e30; train run, steps: 20", "at step 10 "),
    ("gan(run.G, run.D, ring(), rate: 0.1, d_optimizer: sgd(1), g_optimizer: sgd(1))", "`rate: 0.1` is that of the optimizers"),
    ("train run, steps: 60, every: 20 { x = 1 }", ""),
  ])
  func whatATrainingDoesNotDoIsNoted(_ code: String, _ note: String) {
    let ending = GanProgram.run(
      "-e",
      "use gan; seed 1; run = gan(net { dense 8; relu; dense 2 }, net { dense 8; relu; dense 1 }, ring(), batch: 16, noise: 2); "
        + code)
    #expect(ending.code == 0, "\(ending.error)")
    if note.isEmpty { #expect(ending.error == "") } else { #expect(ending.error.contains(note), "\(ending.error)") }
  }

  @Test func aPathThatCannotBeWrittenIsToldBeforeAStepIsMade() {
    let begin = "use gan; run = gan(net { dense 2 }, net { dense 1 }, ring(), batch: 16); train run, steps: 3; "
    for (keep, title) in [
      ("/nonexistent/run.safetensors", "the file cannot be written"),
      ("run.csv", "`keep` names a file that ends in .safetensors"),
    ] {
      let ending = GanProgram.run(
        "-e", begin + "try { train run, steps: 9, keep: \"\(keep)\" } catch e { print run.step, e.message }")
      #expect(ending.output.hasPrefix("3 ") && ending.output.contains(title), "\(ending.output) \(ending.error)")
    }
  }

  @Test func aTrainingWhoseOutputIsLostKeepsItself() {
    let path = file(
      "kept.gan",
      """
      use gan
      run = dragan(net { dense 2 }, net { dense 1 }, ring())
      train run, steps: 100000000, keep: "\(folder)/run.safetensors", every: 1 { for i in 0..1000 { print run.step } }

      """)
    let ending = shell("$gan \(path) > /dev/full")
    #expect(ending.code == 1)
    #expect(ending.error.contains("nothing is lost"), "\(ending.error)")
    #expect(ending.error.contains("error: standard output cannot be written"), "\(ending.error)")
    #expect(access("\(folder)/run.safetensors", F_OK) == 0)
  }
}
