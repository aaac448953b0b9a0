import Formats
import Jupyter
import Library
import Shell
import Syntax

/// `gan kernel …`; gives the exit code.
func perform(_ command: KernelCommand, _ options: Options) -> Int32 {
  let run = Run(options: options)
  do {
    switch command {
    case .help: return run.show(KernelCommand.usage)
    case .install(let target):
      let arguments = options.threads.map { ["--threads", "\($0)"] } ?? []
      let folder = try KernelSpec(target).install(
        displayName: target.displayName ?? "Gan", arguments: arguments, overwrites: target.forces)
      return run.show("the kernel \(target.name) is installed in \(folder)")
    case .remove(let target):
      return run.show("removed \(try KernelSpec(target).remove(overwrites: target.forces))")
    case .run(let file):
      let threads = options.threads
      return try Kernel(connectionFile: file) { Library.session(threads: threads) }.run()
    }
  } catch let error as FormatError {
    return run.fail(error.title, error.advice)
  } catch {
    return run.fail("\(error)", "")
  }
}

extension KernelSpec {
  fileprivate init(_ target: KernelCommand.Target) throws(FormatError) {
    try self.init(target.prefix.map(Place.prefix) ?? .user, name: target.name)
  }
}
