import Interpreter
import Tensors

/// Where the time of a block goes.
enum ProfileBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "profile",
        "Runs a block, tells on standard error which kernels its time went to and how they were planned, and gives the block's value.",
        subject: "Control",
        parameters: [
          Parameter("block", .function, passing: .block, "what is looked at"),
          Parameter(
            "rows", .integer, default: .number(Double(ProfileText.standardRows)),
            "rows of the table; what is left out is added up"),
          Parameter("plan", .boolean, default: .boolean(true), "whether to show the steps of the plans that took the most time"),
        ],
        examples: [Example("profile { sum(ones([3])) }", "3"), Example("profile plan: false, rows: 5 { 1 + 1 }", "2")],
        details: """
          Kernels of one kind and shape are one row: calls, time over all of them, share of the time of all kernels, time of each, \
          rate of multiplications and additions, and of bytes read and written (each operand counted once). Below stand the time as \
          a person waits for it, what of it passed inside kernels and in planning (the rest is the language, the graphs and memory), \
          how many plans were made and how often one was used again, and the most memory in use at one time.

          In a plan `x` stands for what was there before, `y` for what is kept, `t` for what lives only between two steps.
          `256 rows through 23 kernels` is one step: a thread takes some rows through all of them, then the next ones. `panels of` \
          matrices are these, brought once into the order in which products read them.
          An error or Ctrl-C inside the block passes on, once the table is shown. `gan --profile file.gan` does the same for a \
          whole script.
          """
      ) { call in
        let rows = try call.integer("rows")
        guard rows >= 1 else {
          throw Failure("a table has at least one row", [(.argument("rows"), "\(rows)")], advice: "Write rows: 20.")
        }
        let showsPlans = try call.boolean("plan")
        call.session.deeds?.seeUnrepeatable()
        try call.session.settleVariables()
        let profile = try Profile()
        defer {
          profile.stop()
          call.session.emit(.message(ProfileText.text(profile, rows: rows, showsPlans: showsPlans)))
        }
        return try call.session.settled { try call.callFunction("block") }
      })
  }
}
