import Interpreter

/// Hands on how far the work has come, and nothing else.
final class ProgressAlone: OutputSink {
  private let sink: any OutputSink

  init(shownBy sink: any OutputSink) { self.sink = sink }

  func receive(_ output: Output) {
    switch output {
    case .progress: sink.receive(output)
    case .text, .fragment, .result, .display, .message, .frame, .help, .code, .diagnostic, .interrupted: break
    }
  }
}
