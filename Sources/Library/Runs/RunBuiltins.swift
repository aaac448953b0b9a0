import Formats
import Interpreter

/// Going on from a checkpoint.
enum RunBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "resume", "Puts into a run all that a checkpoint holds, so that it goes on as if it had never been interrupted.",
        subject: "Learning",
        parameters: [
          Parameter("run", .record, "the run, built as it was when it was kept"),
          Parameter(
            "path", .string,
            "what `save run, path` or `train run, keep: path` wrote; with a * in its name, the one of the highest number"),
        ],
        examples: [
          Example(
            """
            D = net { dense 1 }; run = {D: D, optimizer: adam(), step: 3}
            update D, sum(D(ones([2, 4]))), with: run.optimizer
            save run, "/tmp/gan-example-run.safetensors"
            D = net { dense 1 }; again = {D: D, optimizer: adam(), step: 0}
            resume again, "/tmp/gan-example-run.safetensors"
            again.step
            """, "3")
        ],
        details: """
          Restored are the numbers of nets, of their running statistics and of optimizers, the position in the data's order, random state, \
          history, and every number, text, list, record and tensor of the run. Functions are those of the script. Nets may be there \
          without parameters yet. What was chosen when the run was built (layers, kinds of optimizers, batch size, data) must be the \
          same; if it is not, the error says what differs, and nothing changes.
          """
      ) { call in
        try resume(call)
        return .none
      })
  }

  private static func resume(_ call: borrowing Invocation) throws {
    let session = call.session
    let path = try newest(session.path(toList: try call.string("path")))
    session.deeds?.read(.file(path))
    let run = try call.record("run")
    let file = try RunFile(path)
    try RunFitting(file, to: run).commit(in: session)
    let step = if case .number(let step)? = run["step"] { " at step \(Value.number(step).plainText)" } else { "" }
    // A document's text grows by its cells: as far as both go, they are to be the same.
    let isSameScript = file.script.hasPrefix(session.programText) || session.programText.hasPrefix(file.script)
    let change = session.isConversation || isSameScript ? "" : "; the script is not quite the one of then"
    session.emit(.message("going on\(step) from \(path)\(change)"))
  }

  private static func newest(_ path: String) throws -> String {
    guard path.contains("*"), !Files.exists(path) else { return path }
    guard let newest = Files.matching(path).last else {
      throw FormatError(
        title: "there is no such file", advice: "No file fits \(path). Ask with `if exists(path)` first.", path: path)
    }
    return newest
  }
}
