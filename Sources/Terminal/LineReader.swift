/// Lines of standard input as they come: the terminal itself edits them, if it is one.
public final class LineReader {
  /// How the reading of a line ended.
  public enum Line: Equatable, Sendable {
    /// Without its end.
    case text(String)
    /// Ctrl-C, or the signal that it sends.
    case interrupted
    /// The input has no more.
    case end
    /// It has more bytes than `longest`; what is read next goes on in the middle of it.
    case tooLong
  }

  /// The bytes that a line may have.
  public static let longest = 1 << 26

  let input = KeyInput()

  /// A reader of descriptor 0. What it has read ahead it keeps: a program has one. `inquiry` takes the terminal's answers out of what comes.
  public init(inquiry: TerminalInquiry? = nil) { input.inquiry = inquiry }

  /// Whether bytes are here or can be had at once.
  var hasPending: Bool { input.hasPending }

  /// Forgets signals that came while nobody was waiting.
  public func forgetSignals() { Signals.drain() }

  /// Waits for a line; bytes that are no UTF-8 become U+FFFD.
  public func read() -> Line {
    var line: [UInt8] = []
    input.begin()
    // What the line editor does meanwhile is for entries of its own.
    let (willWait, respond) = (input.willWait, input.respond)
    (input.willWait, input.respond) = ({}, { _ in })
    defer { (input.willWait, input.respond) = (willWait, respond) }
    while true {
      switch input.byte(within: nil, isPerson: true) {
      case .none: return line.isEmpty ? .end : .text(text(line))
      case .interrupt: return .interrupted
      case .late: continue
      case .byte(UInt8(ascii: "\n")): return .text(text(line))
      case .byte(let byte):
        guard line.count < LineReader.longest else { return .tooLong }
        line.append(byte)
      }
    }
  }

  /// A line of a file from Windows ends in a carriage return.
  private func text(_ line: [UInt8]) -> String {
    String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...], as: UTF8.self)
  }
}
