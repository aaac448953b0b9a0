import Interpreter
import Networks
import Tensors

/// What is watched while it changes.
enum LiveBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "live", "Shows what a block shows in place of what the same `live` showed before: pictures, plots and text that change.",
        subject: "Looking",
        parameters: [
          Parameter("block", .function, passing: .block, "what to look at: it shows and prints"),
          Parameter("name", .optional(.string), default: .none, "tells apart what one `live` shows of several things"),
          Parameter(
            "share", .optional(.share), default: .none,
            "the most of the time that it may take: 0.02, or what a frame every two seconds takes"),
        ],
        examples: [
          Example("for i in 1..4 { live { print \"{i} of 3\" } }", "3 of 3"),
          Example("for i in 1..3 { for name in [\"a\", \"b\"] { live name: name { print \"{name}{i}\" } } }", "a2\nb2"),
        ],
        details: """
          In a terminal there are at most 10 frames a second, and so few that they take no more than `share` of the time; where no share is \
          given, 0.02 of it, but a frame every two seconds as long as one takes no more than 0.2 seconds. The block is run for these alone, and once more at the end of the statement at the prompt or in the script. In a file or a pipe it is run at that \
          end only. So it must change nothing that the program goes on with. What it draws at random are the same numbers for each frame, \
          and do not change the draws outside; nets are as they are where `live` stands.

              train run, steps: 500, every: 1 { live { show sample(run, 64) } }
          """
      ) { call in
        let session = call.session
        let share = try call.optionalNumber("share")
        guard share ?? 1 > 0 else { throw call.wrong("share", wanted: "a number above 0") }
        let block = call.value("block")
        let context = session.networkContext
        let (isTraining, isTrial) = (context.isTraining, context.isTrial)
        try session.live(block, name: call.optionalString("name"), share: share) { [unowned session, context] in
          let before = (context.isTraining, context.isTrial)
          (context.isTraining, context.isTrial) = (isTraining, isTrial)
          defer { (context.isTraining, context.isTrial) = before }
          // From a seed of its own, so that it does not count among the asides of its place: how often it is run hangs on time.
          _ = try session.chance.source.aside {
            session.seed(1)
            let value = try session.call(block, [])
            try session.finishStatement(value)
            return value
          }
        }
        return .none
      })
  }
}
