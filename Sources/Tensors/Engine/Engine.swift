import CThread
import Synchronization

/// All that graphs are built, kept and computed with: the tape, saved activations, plans, the rooms of walks, settings. Tensors belong
/// to the engine that was entered where they were made.
///
/// One thread at a time works with an engine, and has to enter it: `engine.run { … }`. Whoever else comes is refused with an error.
/// Engines know nothing of each other, so that any number of them work at the same time, each in a thread.
///
/// An engine stays for as long as it has nodes: a tensor may outlive whoever made the engine, and be dropped in any thread.
public final class Engine: @unchecked Sendable {
  // Unchecked: `owner` and `deferredReleases` are for all threads; all else is touched by the thread that has entered alone.

  /// The number of the thread that has entered; 0 for none.
  private let owner = Atomic<UInt>(0)
  /// What other threads have dropped.
  let deferredReleases = DeferredReleases()

  let tape = Tape()
  let savedActivations = SavedActivations()
  private var plans = PlanCache()
  /// How graphs are planned.
  var options = Planner.Options()
  /// Threads that kernels run on. Results do not depend on it.
  var threadCount: Int
  /// Asked between kernels, until old numbers are written over by new ones; true ends the computation with `Interrupted`.
  var shouldStop: (() -> Bool)?
  /// Told of each plan that runs.
  weak var observer: (any ExecutionObserver)?
  /// The bytes of the storages that were made here.
  let memory = StorageAccount()
  /// The bytes of the numbers of all its tensors that are alive.
  public var takenBytes: Int { memory.takenBytes }
  /// Walks so far: see `Node.visit`.
  private var visits: UInt64 = 0
  /// Memory of walks that have ended.
  var walkRooms: [Graph.Room] = []

  /// - Parameters:
  ///   - threadCount: Threads that kernels run on; by default as many as there are processors for this process. Results do not
  ///     depend on it.
  ///   - shouldStop: Asked between kernels, by the thread that runs them: true ends the computation with `Interrupted`.
  public init(threadCount: Int? = nil, shouldStop: (@Sendable () -> Bool)? = nil) {
    self.threadCount = threadCount ?? ThreadPool.processorCount
    self.shouldStop = shouldStop
  }

  // MARK: Entering

  /// The engine that this thread has entered; nil where it has entered none.
  public static var current: Engine? { entered?.takeUnretainedValue() }

  @inline(__always)
  static var entered: Unmanaged<Engine>? { gan_entered_engine().map { .fromOpaque($0) } }

  /// Whether this is the engine that the running thread has entered.
  @inline(__always)
  var isEntered: Bool { gan_entered_engine() == Unmanaged.passUnretained(self).toOpaque() }

  /// The engine that this thread has entered.
  /// - Throws: `TensorError` where it has entered none.
  static func needed() throws(TensorError) -> Engine {
    guard let current else { throw .noEngine }
    return current
  }

  /// Runs `body` with this engine entered. Within it the thread may enter the engine again, or another one.
  /// - Throws: `TensorError` where another thread has entered it; what `body` throws.
  public func run<Result>(_ body: () throws -> Result) throws -> Result {
    if isEntered { return try body() }
    let isFirst = try enter()
    defer { if isFirst { leave() } }
    return try asOwn(body)
  }

  /// Takes in what other threads have dropped. Where another thread is at work here it is that one which does, at the latest when it
  /// leaves: one of the two sees the other.
  func performDeferredReleases() {
    if isEntered { return deferredReleases.forEach { tape.perform($0) } }
    while !deferredReleases.isEmpty, (try? enter()) == true {
      asOwn { deferredReleases.forEach { tape.perform($0) } }
      owner.store(0, ordering: .sequentiallyConsistent)
    }
  }

  /// Whether the thread was not in it already.
  private func enter() throws(TensorError) -> Bool {
    let thread = gan_thread_number()
    let (isFree, found) = owner.compareExchange(expected: 0, desired: thread, ordering: .sequentiallyConsistent)
    guard isFree || found == thread else { throw .busyEngine }
    return isFree
  }

  private func leave() {
    owner.store(0, ordering: .sequentiallyConsistent)
    performDeferredReleases()
  }

  /// Runs `body` with this engine as the thread's own.
  private func asOwn<Result>(_ body: () throws -> Result) rethrows -> Result {
    let outer = gan_entered_engine()
    gan_set_entered_engine(Unmanaged.passUnretained(self).toOpaque())
    defer { gan_set_entered_engine(outer) }
    return try withExtendedLifetime(self, body)
  }

  // MARK: Working

  /// A new mark for `Node.visit`; all marks of earlier walks are stale from here on.
  func newVisit() -> UInt64 {
    visits &+= 1
    return visits
  }

  /// Throws `Interrupted` where the computation is wanted no more: for long work outside of plans.
  static func checkStop() throws {
    if let shouldStop = current?.shouldStop, shouldStop() { throw Interrupted() }
  }

  /// Lets `observer` be told of the plans that run in the engine that is entered; gives who was told before.
  /// - Throws: `TensorError` where none is entered.
  public static func exchangeObserver(_ observer: (any ExecutionObserver)?) throws -> (any ExecutionObserver)? {
    let engine = try needed()
    defer { engine.observer = observer }
    return engine.observer
  }

  /// The plan of a graph's structure; `make` is asked for one where there is none yet.
  func plan(for structure: PlanKey.Structure, make: () throws -> Plan) rethrows -> Plan {
    try plans.plan(for: structure, make: make)
  }
}

extension TensorError {
  /// Of a thread that builds or computes graphs without an engine.
  static let noEngine = TensorError(
    title: "this thread has entered no engine",
    advice: "Tensors are made and computed inside of engine.run { … }.")

  static let busyEngine = TensorError(
    title: "the engine is in use by another thread",
    advice: "An engine serves one thread at a time. Wait until that one is done, or give each thread an engine of its own.")

  /// Of a tensor of `shape`, used where another engine is entered.
  static func foreign(_ shape: Shape) -> TensorError {
    TensorError(
      title: "the tensor belongs to another engine", operands: [("x", "\(shape)")],
      advice: "Take its numbers there, and make a tensor of them here.")
  }
}
