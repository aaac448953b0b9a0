import Interpreter

/// What a training tells those who watch it; without anybody who does, nothing happens.
enum AttendanceBuiltins {
  private static let subject = "Learning"
  private static var run: Parameter { Parameter("run", .record, "the run, whose step it is") }

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "attend", "Lets those who watch a run look at it between two steps, and pause it, change it or take a step back.",
        subject: subject, parameters: [Parameter("run", .record, "the run, or any record that is trained")],
        examples: [Example("attend {step: 3}", "")],
        details: """
          `train` calls it before each step. A loop of your own that does so can be played in the page of `gan lab` \
          too. Where nobody watches it does nothing; watching changes no result.
          """
      ) { call in
        guard let attendant = call.session.attendant else { return .none }
        try attendant.attend(call.value("run"), in: call.session)
        return .none
      })
    catalog.add(
      Builtin(
        "moves", "Whether a network is moved in the step that is under way: true, unless who watches the run moves only another.",
        subject: subject, parameters: [run, Parameter("player", .string, "the network: \"D\" or \"G\"")],
        examples: [Example("moves({step: 3}, \"D\")", "true")],
        details: """
          The steps of the library's models ask it before each network's part, so that in the page of `gan lab` each can be moved \
          alone.
          """
      ) { call in
        guard let attendant = call.session.attendant else { return .boolean(true) }
        return .boolean(try attendant.moves(call.string("player"), of: call.value("run"), in: call.session))
      })
    catalog.add(
      Builtin(
        "sub_step", "Tells those who watch a run in slow motion that a part of its step is done.", subject: subject,
        parameters: [
          run,
          Parameter(
            "name", .string,
            "the part: \"noise\", \"generate\", \"opinion\", \"loss\", \"slopes\" or \"update\""),
        ],
        examples: [Example("sub_step {step: 3}, \"noise\"", "")],
        details:
          "What the part made is in the run by then: `run.z`, `run.fake`, `run.d_real`, `run.d_fake`, `run.d_loss`, `run.g_loss`."
      ) { call in
        guard let attendant = call.session.attendant else { return .none }
        try attendant.subStep(call.string("name"), of: call.value("run"), in: call.session)
        return .none
      })
  }
}
