import Base
import Interpreter

/// What a program learns of the machine and the moment in which it runs.
enum SystemBuiltins {
  private static let subject = "Control"

  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "environment", "A variable of the environment, as a string; none where it is not set.", subject: subject,
        parameters: [
          Parameter("name", .string, "the variable"),
          Parameter("default", .string, default: .none, "what there is instead where it is not set"),
        ],
        examples: [
          Example("len(environment(\"PATH\")) > 0", "true"),
          Example("environment(\"GAN_NOT_SET\", default: \"runs\")", "\"runs\""),
        ]
      ) { call in
        let name = try call.string("name")
        call.session.deeds?.read(.variable(name))
        return FileFacts.environment(name).map(Value.string) ?? call.value("default")
      })
    catalog.add(
      Builtin(
        "sleep", "Waits for so many seconds; Ctrl-C ends it.", subject: subject,
        parameters: [Parameter("seconds", .number, "how long: 0 or more")],
        examples: [Example("start = clock(); sleep 0.01; clock() - start >= 0.01", "true")]
      ) { call in
        let seconds = try call.number("seconds")
        guard seconds >= 0 else { throw call.wrong("seconds", wanted: "a number from 0 on") }
        try call.session.sleep(seconds: seconds)
        return .none
      })
    catalog.add(
      Builtin(
        "date", "The date and the time of day, as text.", subject: subject,
        parameters: [
          Parameter("format", .string, default: .string("%Y-%m-%d %H:%M:%S"), "how it is written"),
          Parameter("at", .number, default: .none, "another moment: seconds since the beginning of 1970 in UTC"),
          Parameter("utc", .boolean, default: .boolean(false), "in UTC instead of the local time"),
        ],
        examples: [
          Example("date(at: 0, utc: true)", "\"1970-01-01 00:00:00\""),
          Example("date(\"%-d %B %Y, %A\", at: 1.8e9, utc: true)", "\"15 January 2027, Friday\""),
          Example("number(date(\"%Y\")) > 2024", "true"), Example("\"run-{date(\"%Y%m%d\")}.npy\"", nil),
        ],
        details: """
          In the format stand, as in other languages, `%Y` for the year, `%m` the month, `%d` the day, `%H` `%M` `%S` hours, minutes and seconds, \
          `%j` the day of the year, `%u` that of the week (1: Monday), `%V` the week, `%a` `%A` `%b` `%B` the names of day and month, `%z` the \
          distance from UTC, `%s` the seconds since 1970, `%%` a percent sign; a `-` behind the percent sign leaves out zeros in front. For \
          numbers write number(date(\"%H\")); for differences of time there is `clock`.
          """
      ) { call in
        call.session.deeds?.seeUnrepeatable()
        let format = try call.string("format")
        let seconds = try call.optionalNumber("at") ?? DateText.now
        let isUniversal = try call.boolean("utc")
        do throws(DateText.Failure) {
          return .string(try DateText.text(seconds, format: format, isUniversal: isUniversal))
        } catch {
          switch error {
          case .unknownPart(let part):
            throw Failure(
              "`\(part)` stands for no part of a date", [(.argument("format"), call.value("format").briefly)],
              advice: "Try \"%Y-%m-%d %H:%M:%S\"; `help date` lists the parts, and %% is a percent sign.")
          case .noDate:
            throw Failure("there is no such date", [(.argument(call.isGiven("at") ? "at" : "format"), seconds.brief)])
          }
        }
      })
  }
}
