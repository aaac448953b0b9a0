import Base
import Interpreter

enum OutputBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "print", "Writes values on one line, with spaces between them.", subject: "Output",
        parameters: [
          Parameter("values", .any, passing: .variadic, "what to write"),
          Parameter("end", .string, default: .string("\n"), "what follows the last value; \"\" to go on in the same line"),
          Parameter("wrap", .boolean, default: .boolean(false), "whether a terminal breaks long lines between words"),
        ],
        examples: [
          Example("print 1 + 1, \"two\"", "2 two"), Example("x = 0.125; print \"x is {x:.2}\"", "x is 0.12"),
          Example("for i in 0..3 { print i, end: \", \" }; print \"done\"", "0, 1, 2, done"),
        ],
        details:
          "A terminal shows signs in place of characters that would steer it (␛ for escape); pipes and files get the text "
          + "as it is. With `wrap: true` lines that are too long for the terminal's window are broken between words, and what goes over is "
          + "indented; pipes and files get whole lines."
      ) { call in
        var text = try call.values("values").map { try $0.printed() }.joined(separator: " ")
        if try call.boolean("wrap"), let window = call.session.sink?.reception, window.isWindow {
          text = Paragraph.folded(text, width: window.width)
        }
        guard call.isGiven("end") else {
          call.session.emit(.text(text))
          return .none
        }
        let whole = text + (try call.string("end"))
        if whole.hasSuffix("\n") {
          call.session.emit(.text(String(whole.dropLast())))
        } else if !whole.isEmpty {
          call.session.emit(.fragment(whole))
        }
        return .none
      })
    catalog.add(
      Builtin(
        "note", "Writes a line to standard error, beside the results.", subject: "Output",
        parameters: [Parameter("text", .string, "what to write")], examples: [Example("note \"half of it is done\"", "")]
      ) { call in
        call.session.emit(.message(try call.string("text")))
        return .none
      })
    catalog.add(
      Builtin(
        "clear_output", "Takes away what the cell of a notebook has put out so far, and what is on a terminal's screen.",
        subject: "Output", parameters: [], examples: [Example("clear_output()", "")],
        details: "Files and pipes keep what was written. `live { … }` shows what changes in one place, without flicker."
      ) { call in
        call.session.clearOutput()
        return .none
      })
    catalog.add(
      Builtin(
        "string", "The text that `print` would write for a value.", subject: "Strings",
        parameters: [Parameter("value", .any, "any value")],
        examples: [Example("string(1.50)", "\"1.5\""), Example("len(string([1, 2]))", "6")]
      ) { call in
        .string(try call.value("value").printed())
      })
    catalog.add(
      Builtin(
        "type", "The name of a value's kind.", subject: "Looking", parameters: [Parameter("value", .any, "any value")],
        examples: [Example("type(1..3)", "\"range\""), Example("type(none)", "\"none\"")]
      ) { call in
        .string(call.value("value").typeName)
      })
  }
}
