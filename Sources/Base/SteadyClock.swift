import Glibc

/// A clock that only runs forward.
public enum SteadyClock {
  /// Seconds since some moment before the program's start: for differences.
  public static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
