/// Who waits for many files to be read: may have it stopped, and is told how far it has come.
public struct ReadingWatch: Sendable {
  /// Asked before each file, on the reading threads; if it says true, reading stops.
  let interrupted: @Sendable () -> Bool
  /// Told on the thread that waits, now and then and at the end.
  let progress: @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void

  /// By default nobody waits.
  public init(
    interrupted: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (_ title: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) {
    self.interrupted = interrupted
    self.progress = progress
  }
}
