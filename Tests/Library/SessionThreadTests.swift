import Foundation
import Interpreter
import Synchronization
import Syntax
import Testing

@testable import Library
@testable import Networks
@testable import Tensors

/// Sessions live in one process beside each other, each with an engine of its own.
@Suite struct SessionThreadTests {
  /// Trains a DRAGAN on points, with dropout, and prints numbers whose last bits depend on every step.
  private static func training(seed: Int, steps: Int) -> String {
    """
    use gan
    seed \(seed)
    data = ring(200)
    D = net { dense 32; leaky_relu; dropout 0.2; dense 32; batch_norm; relu; dense 1 }
    G = net { dense 32; batch_norm; relu; dense 2 }
    run = dragan(G, D, data, batch: 32, noise: 4)
    train run, steps: \(steps)
    for p in D.parameters { print list(reshape(p, [-1])) }
    for p in G.parameters { print list(reshape(p, [-1])) }
    print list(reshape(sample(run, 20), [-1]))
    """
  }

  /// What a program printed, and how it ended.
  private struct Ending: Sendable {
    var lines: [String] = []
    var isInterrupted = false
    var error: String?
  }

  /// Runs a program in a new session on a thread of its own.
  private static func start(_ text: String, _ told: @escaping @Sendable (Interrupter) -> Void = { _ in }) -> Work {
    let work = Work()
    Thread.detachNewThread {
      var ending = Ending()
      // The thread that uses it is waited for.
      nonisolated(unsafe) let recorder = Recorder()
      do {
        try BigStackThread.run {
          let session = Library.session(sink: recorder)
          told(session.interrupter)
          try session.run(Source(name: "training", text: text))
        }
      } catch is Interpreter.Interrupted {
        ending.isInterrupted = true
      } catch {
        ending.error = "\(error)"
      }
      ending.lines = recorder.lines
      work.end(with: ending)
    }
    return work
  }

  private final class Work: Sendable {
    private let ending = Mutex(Ending())
    private let isDone = DispatchSemaphore(value: 0)

    func end(with ending: Ending) {
      self.ending.withLock { $0 = ending }
      isDone.signal()
    }

    func wait() -> Ending {
      isDone.wait()
      return ending.withLock { $0 }
    }

    /// Interrupts it, again and again: what comes before the program begins is forgotten.
    func wait(interrupting interrupter: Interrupter) -> Ending {
      while isDone.wait(timeout: .now() + .milliseconds(20)) == .timedOut { interrupter.interrupt() }
      return ending.withLock { $0 }
    }
  }

  @Test func twoTrainAtOnceToTheBitsThatEachHasAlone() {
    let programs = [Self.training(seed: 3, steps: 250), Self.training(seed: 4, steps: 250)]
    let alone = programs.map { Self.start($0).wait() }
    for ending in alone { #expect(ending.error == nil && ending.lines.count > 10) }
    #expect(alone[0].lines != alone[1].lines)
    let together = programs.map { Self.start($0) }.map { $0.wait() }
    for (found, expected) in zip(together, alone) {
      #expect(found.error == nil)
      #expect(found.lines == expected.lines)
    }
  }

  @Test func anInterruptStopsTheSessionThatItIsFor() throws {
    let expected = Self.start(Self.training(seed: 5, steps: 250)).wait()
    let kept = Found<Interrupter>()
    let isThere = DispatchSemaphore(value: 0)
    let endless = Self.start(Self.training(seed: 6, steps: 1_000_000)) { interrupter in
      kept.value.withLock { $0 = interrupter }
      isThere.signal()
    }
    let other = Self.start(Self.training(seed: 5, steps: 250))
    isThere.wait()
    let interrupter = try #require(kept.value.withLock { $0 })
    #expect(endless.wait(interrupting: interrupter).isInterrupted)
    let found = other.wait()
    #expect(!found.isInterrupted && found.error == nil)
    #expect(found.lines == expected.lines)
  }

  @Test func aThreadThatComesToAnEngineInUseIsRefused() throws {
    let engine = Engine()
    let refused = try engine.run {
      try Self.onAnotherThread {
        #expect(Engine.current == nil)
        return Result { try engine.run { 1 } }
      }
    }
    #expect(throws: TensorError.self) { try refused.get() }
    if case .failure(let error) = refused { #expect((error as? TensorError)?.title == "the engine is in use by another thread") }
    // Afterwards it is free.
    #expect(try Self.onAnotherThread { Result { try engine.run { try Tensor([1, 2], shape: [2]).sum().scalar() } } }.get() == 3)
  }

  @Test func aThreadWithoutAnEngineIsRefused() throws {
    let made = try Self.onAnotherThread { Result { _ = try Tensor([1], shape: [1]) } }
    if case .failure(let error) = made { #expect((error as? TensorError)?.title == "this thread has entered no engine") }
    #expect(throws: TensorError.self) { try made.get() }
    let number = try Self.onAnotherThread { Result { _ = try Tensor(scalar: 1) } }
    #expect(throws: TensorError.self) { try number.get() }
  }

  @Test func aSessionInUseByAnotherThreadIsRefusedWithItsError() throws {
    let session = Library.session()
    try session.inside {
      nonisolated(unsafe) let engine = session.enclosure as? Engine
      let result = try Self.onAnotherThread { Result { try engine?.run {} } }
      #expect(throws: TensorError.self) { try result.get() }
    }
  }

  @Test func aTensorOfAnotherEngineIsReadButNotWorkedWith() throws {
    let (first, second) = (Engine(), Engine())
    let x = try first.run { try Tensor([1, 2, 3], shape: [3]) * 2 }
    let foreign = TensorError.foreign(try Shape([3]))
    try second.run {
      let y = try Tensor([1, 1, 1], shape: [3])
      #expect(throws: foreign) { _ = try x + y }
      #expect(throws: foreign) { _ = try y * x }
      #expect(throws: foreign) { _ = try gradients(of: y.sum(), withRespectTo: [x]) }
      #expect(throws: foreign) { try Tensor.realize([x]) }
      // Its numbers are had in its own engine.
      #expect(try x.floats() == [2, 4, 6])
      #expect(try (Tensor(x.floats(), shape: [3]) + y).floats() == [3, 5, 7])
    }
    // Also where no engine is entered.
    #expect(try x.floats() == [2, 4, 6])
    #expect(throws: TensorError.noEngine) { _ = try x + 1 }
  }

  @Test func aNetOutlivesItsSession() throws {
    var session: Session? = Library.session()
    try session?.run(
      Source(name: "net", text: "seed 1\nD = net { dense 8; tanh; dense 1 }\nx = normal([4, 3])\ny = D(x)\nz = x * 2 + y"))
    let net = try #require(session?["D"].flatMap(Self.network))
    let (y, z) = (session?["y"]?.tensor, session?["z"]?.tensor)
    weak let gone = session?.enclosure
    session = nil
    // What is left of the graph holds the engine, and can still be computed in it.
    #expect(gone != nil)
    #expect(try y?.floats().count == 4)
    #expect(try z?.floats().count == 12)
    for (_, parameter) in net.namedParameters { #expect(try parameter.tensor.floats().count == parameter.count) }
  }

  @Test func anEngineGoesWithItsLastTensorInWhateverThreadThatIs() throws {
    weak var gone: Engine?
    do {
      let engine = Engine()
      gone = engine
      let held = Found<Tensors>()
      try engine.run {
        let x = try Tensor([Float](repeating: 1, count: 1000), shape: [1000])
        let y = try (0..<200).reduce(x) { sum, _ in try sum + x }
        let tensors = Tensors(all: [y, try y.sum(), x])
        held.value.withLock { $0 = tensors }
      }
      // While its owner is at work, another thread drops them all.
      try engine.run {
        try Self.onAnotherThread { held.value.withLock { $0 = nil } }
        #expect(try Tensor([1], shape: [1]).exp().floats().count == 1)
      }
    }
    #expect(gone == nil)
  }

  /// Handed from thread to thread.
  private struct Tensors: @unchecked Sendable {
    let all: [Tensor]
  }

  // MARK: Threads

  private static func onAnotherThread<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value {
    try BigStackThread.run(body)
  }

  private final class Found<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }

  private static func network(_ value: Value) -> Network? {
    if case .object(let object) = value { (object as? NetworkValue)?.network } else { nil }
  }
}
