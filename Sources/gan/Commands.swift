import Glibc
import Lab
import Library
import Shell

/// Gives the exit code.
func perform(_ options: Options) -> Int32 {
  switch options.command {
  case .help(let help): return Run(options: options).show(help.text)
  case .version:
    return Run(options: options).show("gan \(Version.text)")
  case .run(let program): return Run(options: options).run(program)
  case .learn(let lesson): return Run(options: options).learn(lesson)
  case .check(let program): return Run(options: options).check(program)
  case .export(let program): return Run(options: options).export(program)
  case .convert(let from, let to): return Run(options: options).convert(from, to: to)
  case .lab(let path): return lab(path, options)
  case .kernel(let command): return perform(command, options)
  case .docs(let path): return Run(options: options).writeReference(to: path)
  }
}

/// `gan lab`; gives the exit code. Whoever works on the page has its files served from the folder that `GAN_LAB_PAGE` names.
private func lab(_ path: String?, _ options: Options) -> Int32 {
  let run = Run(options: options)
  do {
    let folder = getenv("GAN_LAB_PAGE").map { String(cString: $0) }
    let lab = try Lab(path: path, port: options.port, threads: options.threads, pageFolder: folder)
    lab.serve(opensBrowser: options.opensBrowser) { _ = run.show($0) }
    return 0
  } catch {
    return run.failed(error)
  }
}
