import Interpreter

/// The line that shows how far a long work has come.
enum ProgressBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "progress", "Shows how far a work has come: done, rate, time left; on standard error, where that is a terminal.",
        subject: "Looking",
        parameters: [
          Parameter("title", .string, "what is counted"), Parameter("done", .integer, "how many are done"),
          Parameter("total", .integer, "how many there are; the line goes when all are done"),
        ],
        examples: [Example("progress \"step\", 5, 10", "")]
      ) { call in
        let done = try call.integer("done")
        let total = try call.integer("total")
        call.session.emit(
          .progress(Progress(title: try call.string("title"), done: done, total: total, isFinished: done >= total)))
        return .none
      })
  }
}
