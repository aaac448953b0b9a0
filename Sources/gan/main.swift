import Base
import Glibc
import Interpreter
import Shell
import Terminal

Descriptor.reserveStandardStreams()
Signals.ignoreWriteFailures()
Memory.prepare()

let code: Int32
do {
  let options = try Options.parse(Array(CommandLine.arguments.dropFirst()))
  // Deep recursion in a script shall end in an error of its own.
  code = try BigStackThread.run { perform(options) }
} catch let misuse as Options.Misuse {
  let error = OutputBuffer(2, flushesLines: true)
  error.write("error: \(misuse.title.harmless)\n  \(misuse.advice.harmlessLines)\n")
  code = 2
}
exit(code)
