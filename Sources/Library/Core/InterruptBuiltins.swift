import Interpreter

/// How long work written in the language meets Ctrl-C.
enum InterruptBuiltins {
  private static let subject = "Control"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "uninterrupted", "Runs a block to its end: a first Ctrl-C is only noted, a second one gives the block up.",
        subject: subject, parameters: [Parameter("block", .function, passing: .block, "what must not be left half done")],
        examples: [Example("uninterrupted { 2 + 2 }", "4")]
      ) { call in
        let block = call.value("block")
        let session = call.session
        return try session.withoutInterrupts { try session.call(block, []) }
      })
    catalog.add(
      Builtin(
        "stop_requested", "Whether Ctrl-C was pressed, while `uninterrupted` holds it back or has just ended.", subject: subject,
        examples: [Example("stop_requested()", "false")]
      ) { call in
        let isRequested = call.session.isStopRequested
        if isRequested { call.session.deeds?.seeUnrepeatable() }
        return .boolean(isRequested)
      })
    catalog.add(
      Builtin(
        "stop", "Ends the program as Ctrl-C does, with a note that says how to go on.", subject: subject,
        parameters: [
          Parameter("note", .string, default: .none, "how to go on"),
          Parameter(
            "ended", .optional(.string), default: .none,
            "what is said in its place where the program's values end with it, as those of a script do"),
        ], isCommand: true
      ) { call in
        call.session.clearInterrupts()
        let last = call.session.outlivesPrograms ? nil : try call.optionalString("ended")
        throw Interrupted(note: try last ?? call.optionalString("note"))
      })
  }
}
