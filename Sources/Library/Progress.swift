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
          Parameter(
            "total", .optional(.integer), "how many there are, or none; the line goes when all are done"),
          Parameter("note", .optional(.string), default: .none, "further facts, as they shall be shown"),
        ],
        examples: [Example("progress \"step\", 5, 10", ""), Example("progress \"step\", 5, none, \"loss 0.31\"", "")],
        details: "When all are done a line stays that says how many were in what time, where that was a second or more"
          + "; at the prompt, after less, the facts alone."
      ) { call in
        let done = try call.integer("done")
        let total = try call.optionalInteger("total")
        call.session.emit(
          .progress(
            Progress(
              title: try call.string("title"), done: done, total: total, note: try call.optionalString("note") ?? "",
              isFinished: total.map { done >= $0 } ?? false)))
        return .none
      })
  }
}
