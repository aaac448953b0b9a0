import Formats
import Interpreter
import Tensors

/// Event logs: what TensorBoard shows of a training.
enum EventBuiltins {
  private static let subject = "Event logs"
  private static var log: Parameter {
    Parameter("log", .eventLog, "an event log, from `event_log`")
  }
  private static var name: Parameter {
    Parameter("name", .string, "what it is called; names with a common part before a `/` are shown together")
  }
  private static var step: Parameter {
    Parameter("step", .integer, "the step of the training it belongs to, from 0")
  }
  private static let opening = "events = event_log(\"/tmp/gan-example-log\")"

  static func register(in catalog: Catalog) {
    catalog.add(.eventLog)
    catalog.add(
      Builtin(
        "event_log", "Begins an event file for TensorBoard in a folder.", subject: subject,
        parameters: [Parameter("path", .string, "the folder of one run, as \"logs/run1\"; made where it is missing")],
        examples: [Example("\(opening)\nprint keys(events.steps)", "[]")],
        details: """
          `tensorboard --logdir logs` shows what is written, while the training goes on. Every value is in the file as soon as it is \
          written, so that a crash loses nothing. What other logs in the folder hold is not written again, so that a training that \
          goes on from a checkpoint goes on in its log; where the new numbers differ, TensorBoard shows the new steps for the old ones. \
          The field `steps` holds the last step written under each name. `log_run` of `use gan` \
          writes the state of a run.
          """
      ) { call in
        let path = try call.string("path")
        let file = try EventFile.create(in: call.session.path(toWrite: path))
        if file.isShared {
          call.session.emit(
            .message(
              "another process is writing an event log in \(path); TensorBoard shows both as one run: take a folder for each run")
          )
        }
        return .object(EventLogValue(file))
      })
    catalog.add(
      Builtin(
        "write_scalar", "Writes a number to an event log, a point of a curve.", subject: subject,
        parameters: [log, name, Parameter("value", .number, "a number; NaN and infinity are shown as such"), step],
        examples: [Example("\(opening)\nwrite_scalar events, \"loss\", 0.5, step: 10\nevents.steps", "{loss: 10}")]
      ) { call in
        let number = try call.number("value")
        return try write(call) { .scalar(name: $0, number) }
      })
    catalog.add(
      Builtin(
        "write_image", "Writes a picture to an event log.", subject: subject,
        parameters: [
          log, name,
          Parameter("image", .either(.image, .either(.plot, .tensor)), "an image, a plot, or a tensor of one picture or more"),
          step,
        ],
        examples: [Example("\(opening)\nwrite_image events, \"samples\", zeros([64, 28, 28, 1]), step: 10", "")]
      ) { call in
        guard let raster = try Pictures.raster(of: call.value("image")) else { throw call.wrong("image", wanted: "an image") }
        try call.remarkPixels("image") { "write_image events, name, grid(x, \($0))" }
        return try write(call) { .image(name: $0, raster) }
      })
    catalog.add(
      Builtin(
        "write_histogram", "Writes the distribution of some numbers to an event log, as a histogram.", subject: subject,
        parameters: [
          log, name, Parameter("values", .either(.tensor, .sequence), "the numbers, such as the parameters of a layer"), step,
        ],
        examples: [Example("\(opening)\nwrite_histogram events, \"weights\", normal([1000]), step: 10", "")],
        details: "The buckets are TensorFlow's: 0, and each side of it from 10⁻¹² on by a tenth. NaN and infinities are left out."
      ) { call in
        let values = try call.tensor("values").floats()
        guard let histogram = Histogram(values) else {
          throw Failure(
            "there are no numbers for a histogram",
            [(.argument("values"), values.isEmpty ? "empty" : "\(values.count) numbers, none of them finite")],
            advice: values.isEmpty ? "Give a tensor or a list of numbers." : "NaN and infinities have no place in it.")
        }
        return try write(call) { .histogram(name: $0, histogram) }
      })
    catalog.add(
      Builtin(
        "close", "Closes an event log; what is written is on the disk then. A log that is no longer used closes itself.",
        subject: subject, parameters: [log], examples: [Example("\(opening)\nclose events", "")]
      ) { call in
        call.session.deeds?.act()
        let log: EventLogValue = try call.object("log")
        try log.close()
        return .none
      })
  }

  private static func write(_ call: borrowing Invocation, _ content: (String) -> Event.Content) throws -> Value {
    call.session.deeds?.act()
    let log: EventLogValue = try call.object("log")
    let name = try call.string("name")
    guard !name.isEmpty else {
      throw Failure("a name is missing", [(.argument("name"), "empty")], advice: "TensorBoard shows values by their names.")
    }
    let step = try call.integer("step")
    guard step >= 0 else {
      throw Failure("steps count from 0", [(.argument("step"), "\(step)")], advice: "Write step: run.step.")
    }
    try log.write(name, content(name), step: step)
    return .none
  }
}
