import Base
import Glibc
import Interpreter

enum ControlBuiltins {
  private static let subject = "Control"

  static func register(in catalog: Catalog) {
    registerErrors(in: catalog)
    registerTime(in: catalog)
    catalog.add(
      Builtin(
        "arguments", "What was written after the script's name on the command line, as a list of strings.", subject: subject,
        examples: [Example("arguments()", "[]")],
        details: "Each is a string, also where it looks like a number: write number(arguments()[0]) where a number is wanted."
      ) { call in
        .list(call.session.scriptArguments.map { .string($0) })
      })
    catalog.add(
      Builtin(
        "exit", "Ends the program.", subject: subject,
        parameters: [Parameter("code", .integer, default: .number(0), "0 for success; 1 to 255 for a failure")],
        isCommand: true
      ) { call in
        let code = try call.integer("code")
        guard (0...255).contains(code) else { throw Failure("an exit code is 0 to 255", [(.argument("code"), "\(code)")]) }
        throw Exit(code: Int32(code))
      })
  }

  private static func registerErrors(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "error", "Raises an error, which `try { } catch e { }` can catch.", subject: subject,
        parameters: [
          Parameter("message", .either(.string, .record), "what went wrong; or a caught error, to raise it again"),
          Parameter("advice", .string, default: .none, "the way out, a sentence; of a caught error one more"),
        ],
        examples: [Example("try { error \"no\" } catch e { e.message }", "\"no\"")]
      ) { call in
        let advice = try call.optionalString("advice")
        if case .record(let record) = call.value("message") { throw record.error(advising: advice) }
        throw Failure(try call.string("message"), advice: advice.map { [$0] } ?? [])
      })
    catalog.add(
      Builtin(
        "assert", "Raises an error unless a condition holds.", subject: subject,
        parameters: [
          Parameter("condition", .any, "what must be true"),
          Parameter("message", .string, default: .string("the assertion does not hold"), "the error's text"),
        ],
        examples: [Example("assert 1 < 2", ""), Example("try { assert false, \"odd\" } catch e { e.message }", "\"odd\"")]
      ) { call in
        guard let truth = try call.value("condition").truth() else {
          throw call.wrong("condition", wanted: "true or false")
        }
        if truth { return .none }
        throw Failure(try call.string("message"), [(.argument("condition"), "false")])
      })
  }

  private static func registerTime(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "clock", "Seconds on a clock that only runs forward: for differences.", subject: subject,
        examples: [Example("start = clock(); clock() >= start", "true")]
      ) { call in
        call.session.deeds?.seeUnrepeatable()
        return .number(SteadyClock.seconds)
      })
    catalog.add(
      Builtin(
        "time", "Runs a block, tells on standard error how long it took, and gives the block's value.", subject: subject,
        parameters: [Parameter("block", .function, passing: .block, "what is timed")],
        examples: [Example("time { 1 + 1 }", "2")],
        details: """
          Tensors are computed when their numbers are wanted: those that the block gives, and those that it leaves in variables of the \
          program, are computed in it.
          """
      ) { call in
        call.session.deeds?.seeUnrepeatable()
        try call.session.settleVariables()
        let start = SteadyClock.seconds
        let value = try call.session.settled { try call.callFunction("block") }
        let passed = SteadyClock.seconds - start
        call.session.emit(.message(DurationText.measured(passed)))
        return value
      })
  }
}
