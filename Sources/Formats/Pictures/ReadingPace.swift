import Base
import Glibc
import Synchronization

/// Counts what several threads have done, and tells the watch of it on the thread that waits, where it takes long.
final class ReadingPace: Sendable {
  private let watch: ReadingWatch
  private let title: String
  private let total: Int
  private let done = Atomic<Int>(0)
  private let start = SteadyClock.seconds
  private let waiting = pthread_self()

  /// Made on the thread that waits.
  init(_ watch: ReadingWatch, _ title: String, total: Int) {
    (self.watch, self.title, self.total) = (watch, title, total)
  }

  /// One more is done.
  func count() {
    let done = done.add(1, ordering: .relaxed).newValue
    guard done % 64 == 0, pthread_equal(pthread_self(), waiting) != 0, isLong else { return }
    watch.progress(title, min(done, total - 1), total)
  }

  /// All are done, or given up.
  func finish() { if isLong { watch.progress(title, total, total) } }

  private var isLong: Bool { SteadyClock.seconds - start > 0.5 }
}
