import Interpreter

/// What a program asks of the person who runs it.
enum InputBuiltins {
  static func register(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "input", "Waits for a line of standard input and gives it as a string.", subject: "Output",
        parameters: [
          Parameter(
            "prompt", .string, default: .string(""),
            "what the person sees who is to type; not shown where a file or a pipe is read")
        ],
        details: """
          The line comes without its end; an empty line is \"\". At the end of the input (Ctrl-D on an empty line) it is none, so that \
          `line = input()` in a loop can be compared with none. Write number(input(\"steps: \")) where a number is wanted. Ctrl-C stops the program.
          """
      ) { call in
        try call.session.readLine(prompt: call.string("prompt")).map(Value.string) ?? .none
      })
  }
}
