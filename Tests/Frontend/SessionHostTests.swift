import Base
import Interpreter
import Library
import Syntax
import Testing

@testable import Frontend

/// What a session on a thread of its own does for the others.
@Suite struct SessionHostTests {
  private let host = SessionHost { Library.session() }
  private let seen = Monitor([String]())

  /// Runs a program; what its variable `x` is afterwards is seen.
  private func run(_ text: String) {
    // What was seen of the work before is not all of it.
    while host.isBusy {}
    host.enqueue { [seen] session in
      let outcome = session.perform(Source(name: "test", text: text))
      let value = session["x"]?.plainText ?? "none"
      seen.change { $0.append("\(outcome) \(value)") }
    }
  }

  private func waitFor(_ count: Int) -> [String] { seen.wait { $0.count >= count ? $0 : nil } ?? [] }

  @Test func workIsDoneInOrder() {
    for i in 0..<100 { run("x = \(i)") }
    #expect(waitFor(100) == (0..<100).map { "done \($0)" })
    #expect(host.end(within: 10))
  }

  @Test func aRunningProgramIsLookedAtAndStopped() {
    run("x = 0; while true { x += 1 }")
    let counts = Monitor([Double]())
    // It may not have begun when it is looked at first.
    while counts.change({ $0.count < 100 || $0.last ?? 0 <= 0 }) {
      let before = counts.change { $0.count }
      host.whenSafe { session in
        if case .number(let x)? = session["x"] { counts.change { $0.append(x) } } else { counts.change { $0.append(-1) } }
      }
      _ = counts.wait { $0.count > before ? true : nil }
    }
    #expect(host.isBusy)
    let seen = counts.change { $0 }
    #expect(seen == seen.sorted() && seen.last ?? 0 > 0)
    host.interrupt()
    #expect(waitFor(1).first?.hasPrefix("interrupted") == true)
  }

  @Test func noInterruptIsLost() {
    for i in 1...200 {
      run("x = 0; while true { x += 1 }")
      while !host.isBusy {}
      host.interrupt()
      #expect(waitFor(i).last?.hasPrefix("interrupted") == true)
    }
  }

  @Test func anInterruptWhereNothingRunsIsForgotten() {
    host.interrupt()
    run("x = 0; for i in 0..1000 { x += 1 }")
    #expect(waitFor(1) == ["done 1000"])
  }

  @Test func whoWaitsDoesErrandsMeanwhile() {
    let isOver = Monitor(false)
    host.enqueue { [host, seen] session in
      let outcome = Result { try host.wait(in: session) { isOver.change { $0 } } }
      seen.change { $0.append("\(outcome)") }
    }
    host.whenSafe { [seen] _ in seen.change { $0.append("errand") } }
    #expect(waitFor(1) == ["errand"])
    isOver.change { $0 = true }
    host.wake()
    #expect(waitFor(2).last?.hasPrefix("success") == true)
    while host.isBusy {}
    host.enqueue { [host, seen] session in
      do { try host.wait(in: session) { false } } catch { seen.change { $0.append("\(type(of: error))") } }
    }
    while !host.isBusy {}
    host.interrupt()
    #expect(waitFor(3).last == "Interrupted")
  }
}
