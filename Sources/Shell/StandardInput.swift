import Glibc
import Interpreter
import Terminal

/// What `input` reads: the lines of standard input, which a person types where it is a terminal.
final class StandardInput: InputSource {
  private let reader: LineReader
  private let streams: Streams

  init(_ reader: LineReader, streams: Streams) {
    self.reader = reader
    self.streams = streams
  }

  func line(prompt: String, mayWait: () throws -> Void) throws -> String? {
    // An answer of the terminal that is still awaited has left it without echo.
    streams.inquiry.settle()
    return try TerminalEcho.during { try read(prompt, mayWait) }
  }

  private func read(_ prompt: String, _ mayWait: () throws -> Void) throws -> String? {
    let isPerson = isatty(0) == 1
    if isPerson { streams.begin(prompt) }
    streams.flush()
    reader.forgetSignals()
    while true {
      do {
        // A stop that was asked for before has no signal any more.
        try mayWait()
      } catch {
        // What stops the program ends the line in which the terminal has shown `^C`.
        if isPerson {
          streams.lineWasEnded()
          streams.hasInterruptMark = true
        }
        throw error
      }
      switch reader.read() {
      case .text(let line):
        if isPerson { streams.lineWasEnded() }
        return line
      case .end:
        if isPerson { streams.endLine() }
        return nil
      case .interrupted: continue
      case .tooLong:
        throw Failure(
          "the line is too long", advice: "`input` reads lines of up to \(LineReader.longest >> 20) MB; `load` reads files.")
      }
    }
  }
}
