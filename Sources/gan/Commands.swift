import Library
import Shell

/// Gives the exit code.
func perform(_ options: Options) -> Int32 {
  switch options.command {
  case .help:
    return Run(options: options).show(Options.usage)
  case .version:
    return Run(options: options).show("gan \(Version.text)")
  case .run(let program): return Run(options: options).run(program)
  case .learn(let lesson): return Run(options: options).learn(lesson)
  case .check(let program): return Run(options: options).check(program)
  case .export(let program): return Run(options: options).export(program)
  case .convert(let from, let to): return Run(options: options).convert(from, to: to)
  case .docs(let path): return Run(options: options).writeReference(to: path)
  }
}
