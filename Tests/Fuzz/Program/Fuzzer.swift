import CFuzzer
import Glibc
import Interpreter

/// Runs libFuzzer on a target.
enum Fuzzer {
  /// libFuzzer's test is a function of C: what it calls is held here, by the one thread that fuzzes.
  nonisolated(unsafe) private static var test: (UnsafeRawBufferPointer) -> Void = { _ in }

  /// Runs on a thread with a big stack, as programs do, and ends the process with libFuzzer's exit code.
  static func run(_ target: FuzzTarget, _ arguments: [String]) -> Never {
    let code = try? BigStackThread.run { () -> Int32 in
      do {
        test = try target.make()
      } catch {
        end("\(target.name) cannot start: \(error)")
      }
      var count = Int32(arguments.count)
      // libFuzzer keeps them until the process ends.
      let copies = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: arguments.count + 1)
      for (place, argument) in arguments.enumerated() { copies[place] = strdup(argument) }
      copies[arguments.count] = nil
      var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = copies
      return LLVMFuzzerRunDriver(&count, &pointer) { bytes, count in
        Fuzzer.test(UnsafeRawBufferPointer(start: bytes, count: count))
        return 0
      }
    }
    exit(code ?? 2)
  }

  /// Ends the process with a message.
  static func end(_ message: String) -> Never {
    say(message)
    exit(2)
  }

  /// Writes a line to standard error, past every buffer.
  static func say(_ message: String) {
    let bytes = Array((message + "\n").utf8)
    _ = write(2, bytes, bytes.count)
  }
}
