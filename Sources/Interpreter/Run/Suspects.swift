import Base

/// What can be changed so that it comes to hold itself: a list, a record, a variable, a layer that looks for its nets.
public protocol Container: Holder {
  /// Its place among the suspects; nil where nothing that could hold it was ever put into it. It says `end()` when it is released.
  var suspicion: Suspicion? { get set }
}

/// That a container is a suspect, and where it stands among them.
public final class Suspicion {
  fileprivate unowned(unsafe) var suspects: Suspects?
  fileprivate var place: Int

  fileprivate init(_ suspects: Suspects, _ place: Int) {
    self.suspects = suspects
    self.place = place
  }

  /// The container is no more.
  public func end() { suspects?.remove(place) }
}

extension Session {
  /// Notes that a container was given values that may hold it.
  public func suspect(_ container: some Container) { suspects.note(container) }
}

/// The containers of a session that may be part of a cycle. Reference counts release everything but what holds itself; for such values the
/// suspects are looked through from time to time.
///
/// A value that is made holds only what was there before it. So every cycle is closed by a change, and goes through a container that
/// another value was put into after it was made: these are the suspects. Numbers in a list make none.
final class Suspects {
  private struct Entry {
    unowned(unsafe) let container: any Container
  }

  private var entries: [Entry] = []
  /// With so many suspects they are looked at next: about twice as many as were left, so that the work is in proportion to theirs.
  private var limit = 10_000
  /// `limit` is never less. Tests set it to 1, for a search as often as can be.
  var least = 10_000 { didSet { limit = least } }
  /// The same for the bytes outside of the language, of which few suspects may hold many.
  private var byteLimit = Suspects.leastBytes
  /// The bytes that values hold outside of the language, such as the numbers of tensors.
  var heldBytes: () -> Int = { 0 }
  /// Called when they should be looked at.
  private let request: () -> Void
  private(set) var isDue = false
  /// How much the last search found in use.
  private var lastHeld = 0

  private static let leastBytes = 256 << 20
  /// What a search after an entry of a conversation may have to look at: so much takes some milliseconds.
  private static let restLimit = 50_000

  init(request: @escaping () -> Void) {
    self.request = request
  }

  deinit {
    for entry in entries { entry.container.suspicion?.suspects = nil }
  }

  var count: Int { entries.count }

  /// Notes that a value is put into a container.
  @inline(__always)
  func note(_ value: Value, in container: some Container) {
    if container.suspicion == nil, value.isHolder { add(container) }
  }

  /// Notes a container whatever was put into it.
  func note(_ container: some Container) {
    if container.suspicion == nil { add(container) }
  }

  @inline(never)
  private func add(_ container: any Container) {
    container.suspicion = Suspicion(self, entries.count)
    entries.append(Entry(container: container))
    guard !isDue, entries.count >= limit || heldBytes() >= byteLimit else { return }
    isDue = true
    request()
  }

  fileprivate func remove(_ place: Int) {
    entries.swapAt(place, entries.count - 1)
    entries.removeLast()
    if place < entries.count { entries[place].container.suspicion?.place = place }
  }

  /// Looks through the suspects at the end of an entry of a conversation, where that is a matter of moments.
  func collectAtRest() {
    if isDue || entries.count + lastHeld <= Self.restLimit { collect() }
  }

  /// Releases the suspects, and what they hold, that nothing else holds.
  func collect() {
    isDue = false
    guard !entries.isEmpty else { return }
    var search = CycleSearch()
    for entry in entries { search.begin(at: entry.container) }
    var garbage = search.garbage()
    lastHeld = search.heldCount
    search = CycleSearch()
    for holder in garbage { holder.letGo() }
    // Without what they held they are released one by one, however long their chains were.
    garbage.removeAll()
    // What was garbage has been paid for by its making; what is in use will be looked at again.
    limit = max(least, 2 * entries.count, entries.count + lastHeld / 4)
    byteLimit = max(Self.leastBytes, 2 * heldBytes())
  }
}
