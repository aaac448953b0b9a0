import Base
import Glibc
import Synchronization

/// Independent pieces of work on several threads. Used for reading many small files; the engine has its own pool.
enum Parallel {
  /// Calls `work` once on each of `threads` threads and waits for all. `next` hands out 0, 1, … below `count`, each
  /// number once, so that a thread can keep its own tools between two pieces.
  static func run(count: Int, threads: Int, _ work: @escaping @Sendable (_ next: () -> Int?) -> Void) {
    Started(count: count, helpers: min(threads, count) - 1, work).finish()
  }

  /// Pieces of work that other threads have begun with. To be finished by one thread; what is left unfinished is given up.
  final class Started {
    private let job: Job
    private var threads: [pthread_t] = []

    /// - Parameter isPatient: whether the helpers leave the processors to all other threads that want them.
    init(count: Int, helpers: Int, isPatient: Bool = false, _ work: @escaping @Sendable (_ next: () -> Int?) -> Void) {
      job = Job(count: count, isPatient: isPatient, work: work)
      for _ in 0..<max(0, helpers) {
        // No more threads to be had: the others, and the one that finishes, do the work.
        guard let thread = Threads.begin({ [job] in job.help() }) else { break }
        threads.append(thread)
      }
    }

    /// Does what no one has begun, and waits for the rest.
    func finish() {
      job.run()
      for thread in threads { pthread_join(thread, nil) }
      threads = []
    }

    /// The helpers end with the pieces that they have in hand; no one waits for them.
    deinit {
      job.giveUp()
      for thread in threads { pthread_detach(thread) }
    }
  }

  private final class Job: Sendable {
    private let count: Int
    private let isPatient: Bool
    private let work: @Sendable (() -> Int?) -> Void
    private let taken = Atomic<Int>(0)

    init(count: Int, isPatient: Bool, work: @escaping @Sendable (() -> Int?) -> Void) {
      self.count = count
      self.isPatient = isPatient
      self.work = work
    }

    func help() {
      // Of the running thread alone, on Linux.
      if isPatient { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
      run()
    }

    func run() {
      work {
        let index = taken.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
      }
    }

    func giveUp() { taken.store(count, ordering: .relaxed) }
  }
}
