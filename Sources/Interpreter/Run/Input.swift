import Base
import Glibc

/// Where the lines come from that a program asks for with `input`. Asked on the interpreter's thread.
public protocol InputSource: AnyObject {
  /// Waits for the next line and gives it without its end; nil where the input has ended. The prompt is for a person: it is not shown where
  /// lines come from a file or a pipe. Where a signal or another thread has asked for a stop, `mayWait` says whether to wait on.
  ///
  /// - Throws: a `Failure` where the input cannot be read, and what `mayWait` throws.
  func line(prompt: String, mayWait: () throws -> Void) throws -> String?
}

extension Session {
  /// Lets so many seconds pass; meanwhile other threads may look at the session.
  ///
  /// - Throws: `Interrupted` where the user stops the program meanwhile.
  public func sleep(seconds: Double) throws {
    deeds?.act()
    let end = SteadyClock.seconds + seconds
    while true {
      try checkInterrupt()
      runErrands()
      let rest = end - SteadyClock.seconds
      guard rest > 0 else { return }
      // In pieces, after each of which it looks whether somebody wants something.
      usleep(UInt32(min(rest, 0.01) * 1e6))
    }
  }

  /// The next line of the input, without its end; nil where there is no more.
  ///
  /// - Throws: `Interrupted` where the user stops the program meanwhile, and a `Failure` where the input cannot be read.
  public func readLine(prompt: String) throws -> String? {
    deeds?.seeUnrepeatable()
    guard let input else {
      throw Failure("nobody can be asked here", advice: "`input` reads standard input, which this program does not have.")
    }
    return try input.line(prompt: prompt) { try checkInterrupt() }
  }
}
