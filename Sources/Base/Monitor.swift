import Glibc

/// A value that threads share, and wait for: one looks at it or changes it at a time.
public final class Monitor<Value>: @unchecked Sendable {
  private var value: Value
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// A monitor of `value`, which nobody else may hold.
  public init(_ value: sending Value) {
    self.value = value
    pthread_mutex_init(mutex, nil)
    // By the steady clock, which nobody sets.
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Changes the value, and lets those who wait look again. `body` must not use the monitor.
  public func change<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Waits until `body` gives something; it is asked now, and after each change. It must not use the monitor. nil where `seconds` have passed
  /// before.
  public func wait<Result>(within seconds: Double? = nil, _ body: (inout Value) -> Result?) -> Result? {
    let deadline = seconds.map { Self.time(after: $0) }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = body(&value) { return result }
      guard var deadline else {
        pthread_cond_wait(condition, mutex)
        continue
      }
      if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT { return body(&value) }
    }
  }

  private static func time(after seconds: Double) -> timespec {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    let nanoseconds = Double(time.tv_nsec) + max(0, min(seconds, 1e9)).truncatingRemainder(dividingBy: 1) * 1e9
    time.tv_sec += Int(max(0, min(seconds, 1e9))) + Int(nanoseconds / 1e9)
    time.tv_nsec = Int(nanoseconds.truncatingRemainder(dividingBy: 1e9))
    return time
  }
}
