import Syntax

@testable import Interpreter

/// Keeps what a session hands out.
final class Recorder: OutputSink {
  var texts: [String] = []
  var echoes: [String] = []

  func receive(_ output: Output) {
    switch output {
    case .text(let text): texts.append(text)
    case .result(let shown): echoes.append(shown.text ?? "?")
    case .frame(let frame): frame.outputs.forEach(receive)
    case .fragment, .display, .message, .progress, .help, .code, .diagnostic, .interrupted: break
    }
  }
}

/// A session with a few builtins of the tests' own.
final class Workbench {
  let session: Session
  let recorder = Recorder()

  init() {
    let catalog = Catalog()
    catalog.add(
      Builtin("say", "Prints.", subject: "Test", parameters: [Parameter("values", .any, passing: .variadic, "what")]) { call in
        call.session.emit(.text(try call.values("values").map { try $0.printed() }.joined(separator: " ")))
        return .none
      })
    catalog.add(
      Builtin("press", "Presses Ctrl-C.", subject: "Test") { call in
        call.session.interrupt()
        return .none
      })
    catalog.add(
      Builtin(
        "shield", "Runs a block without interrupts.", subject: "Test",
        parameters: [Parameter("block", .function, passing: .block, "what")]
      ) { call in
        let (session, block) = (call.session, call.value("block"))
        return try session.withoutInterrupts { try session.call(block, []) }
      })
    catalog.add(
      Builtin(
        "gather", "Gathers values.", subject: "Test",
        parameters: [
          Parameter("block", .function, passing: .collecting(vocabulary: "words"), "what")
        ]
      ) { call in
        let values = try call.collect("block")
        for (place, value) in values.enumerated() {
          if case .string = value { throw Failure("no text here", [(.item("block", place), "text")]) }
        }
        return .list(values)
      })
    catalog.add(
      Builtin("word", "A word.", subject: "Test", parameters: [Parameter("n", .number, default: .number(1), "n")]) { call in
        .number(try call.number("n") * 100)
      }, vocabulary: "words")
    catalog.add(
      Builtin("name_of", "Quotes.", subject: "Test", parameters: [Parameter("name", .any, passing: .quoted, "n")]) { call in
        call.value("name")
      })
    catalog.add(
      Builtin("size", "Of numbers.", subject: "Test", parameters: [Parameter("x", .number, "n")]) { _ in .string("number") })
    catalog.add(
      Builtin("size", "Of strings.", subject: "Test", parameters: [Parameter("text", .string, "n")]) { _ in .string("text") })
    session = Session(catalog: catalog)
    session.sink = recorder
  }

  @discardableResult
  func run(_ text: String, echo: Echo = .nothing) throws -> Value {
    try session.run(Source(name: "test", text: text), echo: echo)
  }

  /// The error that running a text ends in.
  func diagnostic(_ text: String) -> Diagnostic? {
    do {
      try run(text)
      return nil
    } catch {
      return error as? Diagnostic
    }
  }
}

extension Diagnostic {
  /// The text under each mark.
  var marked: [String] {
    labels.map { label in
      String(decoding: label.source.bytes[Int(label.span.lower)..<Int(label.span.upper)], as: UTF8.self)
    }
  }
}
