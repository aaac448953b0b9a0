import Synchronization

/// The bytes of the storages that one engine has made: how many are out there, and the most that were. A storage may go in any thread.
final class StorageAccount: Sendable {
  private let taken = Atomic<Int>(0)
  private let peak = Atomic<Int>(0)

  /// Bytes of all storages that are alive.
  var takenBytes: Int { taken.load(ordering: .relaxed) }

  func add(_ bytes: Int) {
    let now = taken.add(bytes, ordering: .relaxed).newValue
    peak.max(now, ordering: .relaxed)
  }

  func subtract(_ bytes: Int) { taken.subtract(bytes, ordering: .relaxed) }

  /// Begins to look for the most bytes that are alive at one time; gives what was found up to here, for `endPeak`.
  func beginPeak() -> Int { peak.exchange(takenBytes, ordering: .relaxed) }

  /// The most bytes that were alive at one time since `beginPeak`, which gave `before`.
  func endPeak(before: Int) -> Int { peak.max(before, ordering: .relaxed).oldValue }
}
