import Synchronization

/// What threads have released without having entered the engine. The next thread that enters it carries the releases out. (A session
/// that ends releases its values wherever it ends.)
final class DeferredReleases: Sendable {
  /// A reference that is handed over, or an entry of the tape that is to be taken back.
  enum Release: @unchecked Sendable {
    /// The reference of a tensor that is gone.
    case handle(Unmanaged<Node>)
    /// Another reference to a node.
    case reference(Unmanaged<Node>)
    /// The entry of a node that is gone; the bytes it had as a leaf, and whether it had a note.
    case node(leafBytes: Int, hadNote: Bool)
  }

  private let releases = Mutex<[Release]>([])
  private let isWaiting = Atomic<Bool>(false)

  var isEmpty: Bool { !isWaiting.load(ordering: .sequentiallyConsistent) }

  func add(_ release: Release) {
    releases.withLock {
      $0.append(release)
      isWaiting.store(true, ordering: .sequentiallyConsistent)
    }
  }

  /// Hands over all of them, also those that are added meanwhile.
  func forEach(_ perform: (Release) -> Void) {
    while !isEmpty {
      let taken = releases.withLock { releases in
        defer { releases = [] }
        isWaiting.store(false, ordering: .sequentiallyConsistent)
        return releases
      }
      taken.forEach(perform)
    }
  }
}
