// fuzz list               the names of the targets, with what each does
// fuzz TARGET [options]   libFuzzer with its own options on one target

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "list":
  for target in FuzzTarget.all { print("\(target.name)\t\(target.summary)") }
case let name?:
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    Fuzzer.end("there is no target \(name): `fuzz list` names them")
  }
  // libFuzzer gives its first argument to a shell where it starts the program once more (-fork, -minimize_crash).
  Fuzzer.run(target, ["\(arguments[0]) \(name)"] + arguments.dropFirst(2))
case nil:
  Fuzzer.end("usage: fuzz list, or fuzz TARGET [options of libFuzzer] [corpus]")
}
