import Library
import Shell

/// Gives the exit code.
func perform(_ options: Options) -> Int32 {
  switch options.command {
  case .help:
    print(Options.usage)
    return 0
  case .version:
    print("gan \(Version.text)")
    return 0
  case .run(let program): return Run(options: options).run(program)
  case .check(let program): return Run(options: options).check(program)
  case .docs(let path): return Run(options: options).writeReference(to: path)
  }
}
