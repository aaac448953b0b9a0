import Testing

@testable import Interpreter

@Suite struct InterruptTests {
  @Test func aRunawayLoopCanBeInterrupted() {
    #expect(throws: Interrupted.self) { try Workbench().run("while true { press() }") }
  }

  @Test func aRunawayRecursionCanBeInterrupted() {
    #expect(throws: Interrupted.self) { try Workbench().run("fn f(n) { press(); f(n) }\nf(1)") }
  }

  @Test func attemptsDoNotCatchIt() {
    #expect(throws: Interrupted.self) {
      try Workbench().run("while true { try { press(); for i in 0..2 { } } catch e { say \"caught\" } }")
    }
  }

  @Test func aShieldedBlockRunsToItsEnd() throws {
    let bench = Workbench()
    #expect(throws: Interrupted.self) {
      try bench.run("for i in 0..5 { shield { press(); for j in 0..3 { }; say i } }")
    }
    #expect(bench.recorder.texts == ["0"])
  }

  @Test func aSecondRequestBreaksTheShield() throws {
    let bench = Workbench()
    #expect(throws: Interrupted.self) { try bench.run("shield { press(); press(); for j in 0..3 { }; say 1 }") }
    #expect(bench.recorder.texts.isEmpty)
  }

  @Test func theSessionGoesOnAfterwards() throws {
    let bench = Workbench()
    #expect(throws: Interrupted.self) { try bench.run("while true { press() }") }
    #expect(!bench.session.isInterrupted)
    #expect(try bench.run("s = 0\nfor i in 0..4 { s += i }\ns").plainText == "6")
  }

  @Test func theEngineIsTold() throws {
    let session = Workbench().session
    session.interrupt()
    #expect(session.isInterrupted)
    #expect(throws: Interrupted.self) { try session.checkInterrupt() }
    #expect(!session.isStopRequested)
  }
}
