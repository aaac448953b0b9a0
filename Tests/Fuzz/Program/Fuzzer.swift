import CFuzzer
import Glibc
import Interpreter

/// Runs libFuzzer on a target.
enum Fuzzer {
  /// libFuzzer's test is a function of C: what it calls is held here, by the one thread that fuzzes.
  nonisolated(unsafe) fileprivate static var test: (UnsafeRawBufferPointer) -> Void = { _ in }

  /// Runs on a thread with a big stack, as programs do, and ends the process with libFuzzer's exit code.
  static func run(_ target: FuzzTarget, program: String, _ options: [String]) -> Never {
    let arguments = words(target, program, options)
    Environment.prepare()
    // libFuzzer's clock looks after an input only where its signal comes to the thread that fuzzes.
    receivesAlarms(false)
    let code = try? BigStackThread.run { () -> Int32 in
      receivesAlarms(true)
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
      return LLVMFuzzerRunDriver(&count, &pointer, testOneInput)
    }
    exit(code ?? 2)
  }

  /// The command line that libFuzzer gets.
  private static func words(_ target: FuzzTarget, _ program: String, _ options: [String]) -> [String] {
    // libFuzzer gives its first argument to a shell where it starts the program once more (-fork, -minimize_crash).
    var words = ["\(program) \(target.name)", "-max_len=\(target.longest)"]
    if target.words != .none {
      // Some targets leave the folder of the repository.
      words.append("-dict=\(Environment.workingFolder)/Tests/Fuzz/\(target.words.rawValue).dict")
    }
    return words + options
  }

  /// Whether the thread that calls this takes SIGALRM.
  private static func receivesAlarms(_ isReceiver: Bool) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGALRM)
    pthread_sigmask(isReceiver ? SIG_UNBLOCK : SIG_BLOCK, &signals, nil)
  }

  /// Ends the process with a message.
  static func end(_ message: String) -> Never {
    Environment.say(message)
    exit(2)
  }
}

/// What libFuzzer calls with each input. By this name its own `main` asks for it, which is linked in a debug build, and not run.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  Fuzzer.test(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
