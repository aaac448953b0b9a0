import Glibc
import Kernels
import Synchronization

/// Threads that stay, and take numbered blocks of work. Whoever hands out the work takes part in it.
///
/// Every other thread begins at the end: those who make the first rows of one matrix make the first ones of the next too, and find in
/// their cache what they read.
///
/// While it is `awake` (while a plan runs), and a little longer, its threads wait in a loop, so that a kernel of a few microseconds is
/// worth sharing, and the next plan finds them there; otherwise they sleep. One thread at a time hands out work.
final class ThreadPool: @unchecked Sendable {
  typealias Body = (_ block: Int, _ worker: Int) -> Void

  /// Threads that work, the caller's among them.
  let threadCount: Int

  // The job in hand. It is written before `ticket` shows its generation, and read after; a block of it can only be taken while
  // `ticket` still shows that generation, and it stays until all its blocks are done.
  private var body: UnsafeRawPointer?

  /// The job's generation, the end of the blocks that no one has taken and the first of them, in one word: no thread can see a part of
  /// one job and a part of another.
  private let ticket = Atomic<UInt64>(0)
  private static let countBits: UInt64 = 18
  private static let countMask: UInt64 = (1 << countBits) - 1
  private let done = Atomic<Int>(0)
  private let awake = Atomic<Bool>(false)
  private let closing = Atomic<Bool>(false)
  /// Threads that sleep, or are about to.
  private let sleeping = Atomic<Int>(0)

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var threads: [pthread_t] = []

  /// The processors this process may use.
  static var processorCount: Int {
    let count = Int(gan_processor_count())
    return count > 0 ? count : max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  init(threadCount: Int) {
    self.threadCount = max(1, min(threadCount, 1024))
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
    for worker in 1..<max(self.threadCount, 2) where worker < self.threadCount {
      var thread = pthread_t()
      let start = Unmanaged.passRetained(Start(pool: self, worker: worker))
      let made = pthread_create(
        &thread, nil,
        { argument in
          guard let argument else { return nil }
          let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
          start.pool.work(as: start.worker)
          return nil
        }, start.toOpaque())
      if made == 0 { threads.append(thread) } else { start.release() }
    }
  }

  /// Ends the threads, and waits for them. No work may be under way.
  func close() {
    closing.store(true, ordering: .sequentiallyConsistent)
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  private final class Start {
    let pool: ThreadPool
    let worker: Int
    init(pool: ThreadPool, worker: Int) { (self.pool, self.worker) = (pool, worker) }
  }

  // MARK: Handing out

  /// Wakes the threads, and keeps them waiting in a loop until `rest`.
  func wake() {
    guard !threads.isEmpty else { return }
    awake.store(true, ordering: .sequentiallyConsistent)
    // Who begins to sleep after this sees that it is awake.
    guard sleeping.load(ordering: .sequentiallyConsistent) > 0 else { return }
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  func rest() { awake.store(false, ordering: .sequentiallyConsistent) }

  /// Runs `body` for every block in 0 ..< blocks, on all threads, and comes back when all are done.
  func run(blocks: Int, _ body: Body) {
    guard blocks > 1, !threads.isEmpty else {
      for block in 0..<max(blocks, 0) { body(block, 0) }
      return
    }
    for first in stride(from: 0, to: blocks, by: Int(Self.countMask)) {
      share(first..<min(blocks, first + Int(Self.countMask)), body)
    }
  }

  private func share(_ blocks: Range<Int>, _ body: Body) {
    withoutActuallyEscaping({ block, worker in body(blocks.lowerBound + block, worker) }) { (body: @escaping Body) in
      withUnsafePointer(to: body) { pointer in
        self.body = UnsafeRawPointer(pointer)
        done.store(0, ordering: .relaxed)
        let generation = (ticket.load(ordering: .relaxed) >> (2 * Self.countBits)) &+ 1
        let job = generation << (2 * Self.countBits) | UInt64(blocks.count) << Self.countBits
        ticket.store(job, ordering: .releasing)
        takeBlocks(worker: 0)
        var turns = 0
        while done.load(ordering: .acquiring) < blocks.count { Self.wait(&turns) }
      }
    }
  }

  /// Takes blocks of whatever job is in hand until there are none left.
  private func takeBlocks(worker: Int) {
    while true {
      let current = ticket.load(ordering: .acquiring)
      let (first, end) = (current & Self.countMask, (current >> Self.countBits) & Self.countMask)
      guard first < end, let body else { return }
      let takesLast = worker & 1 == 1
      let rest = takesLast ? current - (1 << Self.countBits) : current + 1
      guard ticket.weakCompareExchange(expected: current, desired: rest, ordering: .acquiringAndReleasing).exchanged else {
        continue
      }
      let block = takesLast ? end - 1 : first
      body.assumingMemoryBound(to: Body.self).pointee(Int(block), worker)
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

  private func work(as worker: Int) {
    var (turns, idleTurns) = (0, 0)
    while !closing.load(ordering: .acquiring) {
      let current = ticket.load(ordering: .acquiring)
      if current & Self.countMask < (current >> Self.countBits) & Self.countMask {
        (turns, idleTurns) = (0, 0)
        takeBlocks(worker: worker)
      } else if awake.load(ordering: .acquiring) {
        Self.wait(&turns)
      } else if idleTurns < Self.turnsBeforeSleep {
        idleTurns += 1
        Self.wait(&turns)
      } else {
        idleTurns = 0
        pthread_mutex_lock(mutex)
        sleeping.add(1, ordering: .sequentiallyConsistent)
        while !awake.load(ordering: .sequentiallyConsistent), !closing.load(ordering: .sequentiallyConsistent) {
          pthread_cond_wait(condition, mutex)
        }
        sleeping.subtract(1, ordering: .sequentiallyConsistent)
        pthread_mutex_unlock(mutex)
      }
    }
  }
}
