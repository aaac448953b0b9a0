import Glibc
import Synchronization

/// Independent pieces of work on several threads. Used for reading many small files; the engine has its own pool.
enum Parallel {
  /// Calls `work` once on each of `threads` threads and waits for all. `next` hands out 0, 1, … below `count`, each
  /// number once, so that a thread can keep its own tools between two pieces.
  static func run(count: Int, threads: Int, _ work: @escaping @Sendable (_ next: () -> Int?) -> Void) {
    let job = Job(count: count, work: work)
    let helpers = max(0, min(threads, count) - 1)
    var identifiers: [pthread_t] = []
    for _ in 0..<helpers {
      var identifier = pthread_t()
      let context = Unmanaged.passRetained(job)
      let status = pthread_create(
        &identifier, nil,
        { context in
          if let context { Unmanaged<Job>.fromOpaque(context).takeRetainedValue().run() }
          return nil
        }, context.toOpaque())
      guard status == 0 else {
        // No more threads to be had: the others, and this one, do the work.
        context.release()
        break
      }
      identifiers.append(identifier)
    }
    job.run()
    for identifier in identifiers { pthread_join(identifier, nil) }
  }

  private final class Job: Sendable {
    private let count: Int
    private let work: @Sendable (() -> Int?) -> Void
    private let taken = Atomic<Int>(0)

    init(count: Int, work: @escaping @Sendable (() -> Int?) -> Void) {
      self.count = count
      self.work = work
    }

    func run() {
      work {
        let index = taken.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
      }
    }
  }
}
