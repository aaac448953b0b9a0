import Glibc
import Kernels
import Synchronization

/// Threads that stay, and take numbered blocks of work. Whoever hands out the work takes part in it.
///
/// All engines share them, a plan at a time: the plan that comes while another runs does its blocks on its own thread alone. Its results
/// are the same, and two engines on as many processors do not get in each other's way.
///
/// Every other thread begins at the end: those who make the first rows of one matrix make the first ones of the next too, and find in
/// their cache what they read.
///
/// While a plan runs, and a little longer, the threads that take part wait in a loop, so that a kernel of a few microseconds is worth
/// sharing, and the next plan finds them there; otherwise they sleep.
final class ThreadPool: Sendable {
  static let shared = ThreadPool()

  typealias Body = (_ block: Int, _ worker: Int) -> Void

  /// The address of the job in hand, a `Body`. It is written before `ticket` shows its generation, and read after; a block of it can only be taken while
  /// `ticket` still shows that generation, and it stays until all its blocks are done.
  private let body = Atomic<UInt>(0)
  /// The job's generation, the end of the blocks that no one has taken and the first of them, in one word: no thread can see a part of
  /// one job and a part of another.
  private let ticket = Atomic<UInt64>(0)
  private static let countBits: UInt64 = 18
  private static let countMask: UInt64 = (1 << countBits) - 1
  private let done = Atomic<Int>(0)
  /// That of the thread which hands out the job.
  private let instructionSet = Atomic<Int32>(0)

  /// Threads that take part in the plan that runs, the caller's among them: those of smaller numbers. 0 while none runs. Written as `body` is.
  private let activeCount = Atomic<Int>(0)
  private let isTaken = Atomic<Bool>(false)
  /// Numbers 1, 2, …; the caller is 0.
  private let helpers = Mutex<[Helper]>([])

  private static let mostThreads = 1024

  /// The processors this process may use.
  static var processorCount: Int {
    let count = Int(gan_processor_count())
    return count > 0 ? count : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  // MARK: Handing out

  /// Gives `body` as many threads as it asks for, or as can be had, for one plan; the caller's alone while another plan has them.
  func withWorkers<Result>(_ count: Int, _ body: (Workers) throws -> Result) rethrows -> Result {
    guard count > 1, isTaken.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged else {
      return try body(.alone)
    }
    defer { isTaken.store(false, ordering: .releasing) }
    let helpers = helpers(min(count, Self.mostThreads) - 1)
    guard !helpers.isEmpty else { return try body(.alone) }
    activeCount.store(helpers.count + 1, ordering: .sequentiallyConsistent)
    defer { activeCount.store(0, ordering: .sequentiallyConsistent) }
    for helper in helpers { helper.wake() }
    return try body(Workers(threadCount: helpers.count + 1, pool: self))
  }

  /// The first `count` helpers; those that are not there yet are made.
  private func helpers(_ count: Int) -> ArraySlice<Helper> {
    helpers.withLock { helpers in
      while helpers.count < count {
        let helper = Helper(number: helpers.count + 1)
        guard helper.start(in: self) else { break }
        helpers.append(helper)
      }
      return helpers.prefix(count)
    }
  }

  /// Runs `body` for every block, on all threads that are active, and comes back when all are done. At most `countMask` blocks.
  fileprivate func share(_ blocks: Range<Int>, _ body: Body) {
    withoutActuallyEscaping({ block, worker in body(blocks.lowerBound + block, worker) }) { (body: @escaping Body) in
      withUnsafePointer(to: body) { pointer in
        self.body.store(UInt(bitPattern: pointer), ordering: .relaxed)
        done.store(0, ordering: .relaxed)
        instructionSet.store(gan_instruction_set(), ordering: .relaxed)
        let generation = (ticket.load(ordering: .relaxed) >> (2 * Self.countBits)) &+ 1
        let job = generation << (2 * Self.countBits) | UInt64(blocks.count) << Self.countBits
        ticket.store(job, ordering: .releasing)
        takeBlocks(worker: 0)
        var turns = 0
        while done.load(ordering: .acquiring) < blocks.count { Self.wait(&turns) }
      }
    }
  }

  fileprivate static let mostBlocks = Int(countMask)

  /// Takes blocks of whatever job is in hand until there are none left.
  private func takeBlocks(worker: Int) {
    while true {
      let current = ticket.load(ordering: .acquiring)
      let (first, end) = (current & Self.countMask, (current >> Self.countBits) & Self.countMask)
      guard first < end, worker < activeCount.load(ordering: .relaxed),
        let body = UnsafePointer<Body>(bitPattern: body.load(ordering: .relaxed))
      else { return }
      let takesLast = worker & 1 == 1
      let rest = takesLast ? current - (1 << Self.countBits) : current + 1
      guard ticket.weakCompareExchange(expected: current, desired: rest, ordering: .acquiringAndReleasing).exchanged else {
        continue
      }
      let block = takesLast ? end - 1 : first
      let set = instructionSet.load(ordering: .relaxed)
      if set != gan_instruction_set() { gan_use_instruction_set(set) }
      body.pointee(Int(block), worker)
      done.add(1, ordering: .releasing)
    }
  }

  // MARK: Waiting

  private static func wait(_ turns: inout Int) {
    turns &+= 1
    // After a while someone else may need the processor more.
    if turns & 1023 == 0 { sched_yield() } else { gan_pause() }
  }

  /// Turns of a waiting thread after a plan before it sleeps: some tenths of a millisecond.
  private static let turnsBeforeSleep = 1 << 13

  private func work(as helper: Helper) -> Never {
    let worker = helper.number
    var (turns, idleTurns) = (0, 0)
    while true {
      let current = ticket.load(ordering: .acquiring)
      let isActive = worker < activeCount.load(ordering: .acquiring)
      if isActive, current & Self.countMask < (current >> Self.countBits) & Self.countMask {
        (turns, idleTurns) = (0, 0)
        takeBlocks(worker: worker)
      } else if isActive {
        Self.wait(&turns)
      } else if idleTurns < Self.turnsBeforeSleep {
        idleTurns += 1
        Self.wait(&turns)
      } else {
        idleTurns = 0
        helper.sleep { worker < activeCount.load(ordering: .sequentiallyConsistent) }
      }
    }
  }

  /// A thread of the pool.
  private final class Helper: Sendable {
    let number: Int
    private let isAsleep = Atomic<Bool>(false)
    private let bell = Bell()

    init(number: Int) { self.number = number }

    /// False where the system has no thread left.
    func start(in pool: ThreadPool) -> Bool {
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return false }
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
      var thread = pthread_t()
      let start = Unmanaged.passRetained(Start(pool: pool, helper: self))
      let made = pthread_create(
        &thread, &attributes,
        { argument in
          guard let argument else { return nil }
          let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
          start.pool.work(as: start.helper)
        }, start.toOpaque())
      if made != 0 { start.release() }
      return made == 0
    }

    func sleep(until isWanted: () -> Bool) {
      bell.locked {
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        while !isWanted() { bell.wait() }
        isAsleep.store(false, ordering: .sequentiallyConsistent)
      }
    }

    /// Who begins to sleep after this sees that it is wanted.
    func wake() {
      if isAsleep.load(ordering: .sequentiallyConsistent) { bell.locked { bell.ring() } }
    }
  }

  private final class Start {
    let pool: ThreadPool
    let helper: Helper
    init(pool: ThreadPool, helper: Helper) { (self.pool, self.helper) = (pool, helper) }
  }
}

/// The threads that one plan runs on.
struct Workers {
  /// The caller's among them.
  let threadCount: Int
  private let pool: ThreadPool?

  fileprivate init(threadCount: Int, pool: ThreadPool?) { (self.threadCount, self.pool) = (threadCount, pool) }

  /// The caller's thread.
  static let alone = Workers(threadCount: 1, pool: nil)

  /// Runs `body` for every block in 0 ..< blocks, on all threads, and comes back when all are done. The worker is a number below
  /// `threadCount`, another one for each thread.
  func run(blocks: Int, _ body: ThreadPool.Body) {
    guard blocks > 1, let pool else {
      for block in 0..<max(blocks, 0) { body(block, 0) }
      return
    }
    for first in stride(from: 0, to: blocks, by: ThreadPool.mostBlocks) {
      pool.share(first..<min(blocks, first + ThreadPool.mostBlocks), body)
    }
  }
}

/// What a thread sleeps at until another one rings.
private final class Bell: @unchecked Sendable {
  // Unchecked: they are made for more than one thread, and stay where they are.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  func locked(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_mutex_unlock(mutex)
  }

  /// Inside of `locked`.
  func wait() { pthread_cond_wait(condition, mutex) }
  func ring() { pthread_cond_signal(condition) }
}
