import Glibc

// fuzz list                          the names of the targets, with what each does
// fuzz seed TARGET folder [number]   writes what its inputs begin with into a folder, or so many of these; from the folder of the repository
// fuzz TARGET [options]              libFuzzer with its own options on one target

/// The target that a word of the command line names.
func target(_ name: String) -> FuzzTarget {
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    Fuzzer.end("there is no target \(name): `fuzz list` names them")
  }
  return target
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "list":
  for target in FuzzTarget.all { print("\(target.name)\t\(target.summary)") }
case "seed" where arguments.count >= 4:
  target(arguments[2]).seeds.write(to: arguments[3], root: ".", count: arguments.count > 4 ? Int(arguments[4]) : nil)
case let name?:
  Fuzzer.run(target(name), program: arguments[0], Array(arguments.dropFirst(2)))
case nil:
  Fuzzer.end("usage: fuzz list, fuzz seed TARGET folder, or fuzz TARGET [options of libFuzzer] [corpus]")
}
