import Base

/// An ordered record, shared by reference.
public final class Record: Container {
  /// The names in the order in which they were first set, with those of removed fields where they stood, until `close` takes these away.
  private var slots: [String] = []
  /// Parallel to `slots`.
  private var values: [Value] = []
  /// Where each name stands in `slots`; made when the record has grown too large to be searched one by one.
  private var places: [String: Int]?
  private static let searchLimit = 8
  /// For the record of a caught error: the error itself, to be raised again as it was.
  var origin: Raised?
  /// What programs may set; nil where that is anything.
  var guardian: RecordGuard?
  /// Whether a function of the guard runs that is called when a field is set.
  var isBeingSet = false
  /// The names of the fields that have been set since this was emptied; nil where nobody wants to know.
  public var namesSet: Set<String>?

  /// A record without fields.
  public init() {}

  /// A record of these fields in their order; of two with one name the later value counts.
  public init(_ fields: [(String, Value)]) {
    for (name, value) in fields { self[name] = value }
  }

  /// The number of fields.
  public var count: Int { places?.count ?? slots.count }

  /// The names of the fields, in the order in which they were first set.
  public var names: [String] {
    close()
    return slots
  }

  /// The fields in their order.
  public var fields: [(name: String, value: Value)] {
    close()
    return zip(slots, values).map { (name: $0, value: $1) }
  }

  private func place(of name: String) -> Int? {
    guard let places else { return slots.firstIndex(of: name) }
    return places[name]
  }

  /// A field's value, nil where there is none of this name; setting nil removes the field.
  public subscript(name: String) -> Value? {
    get { place(of: name).map { values[$0] } }
    set {
      guard let value = newValue else {
        remove(name)
        return
      }
      if namesSet != nil { namesSet?.insert(name) }
      if let place = place(of: name) {
        values[place] = value
      } else {
        slots.append(name)
        values.append(value)
        if places != nil { places?[name] = slots.count - 1 } else if slots.count > Self.searchLimit { index() }
      }
    }
  }

  /// To be called before a field is added that a program names.
  ///
  /// - Throws: `Memory.Shortage` where the record has to become much larger, and there is no memory for that.
  func makeRoom() throws(Memory.Shortage) {
    guard count >= 1 << 14, count & (count - 1) == 0 || count % (3 << 14) == 0 else { return }
    // The name, the value, and the name with its place, in tables that grow to twice their size.
    try Memory.require(4 * count, of: (String, Value, String, Int).self)
  }

  private func index() {
    var map: [String: Int] = [:]
    for (place, name) in slots.enumerated() { map[name] = place }
    places = map
  }

  /// Of a large record a removed field leaves its slot behind: to move all that follow each time would make n removals cost n².
  private func remove(_ name: String) {
    guard let place = place(of: name) else { return }
    guard places != nil else {
      slots.remove(at: place)
      values.remove(at: place)
      return
    }
    places?[name] = nil
    values[place] = .none
    if count < slots.count / 2 { close() }
  }

  /// Takes the slots of removed fields away.
  private func close() {
    guard let places, places.count < slots.count else { return }
    let kept = slots.indices.filter { places[slots[$0]] == $0 }
    slots = kept.map { slots[$0] }
    values = kept.map { values[$0] }
    self.places = nil
    if slots.count > Self.searchLimit { index() }
  }

  /// That values were put into it which may hold it.
  public var suspicion: Suspicion?

  deinit {
    suspicion?.end()
    if values.contains(where: \.isContainer) { Dismantling.run(takeValues()) }
  }

  /// Tells its values, and its guard.
  public func tellHeld(to search: inout CycleSearch) {
    search.tell(values)
    if let guardian { search.tell(guardian) }
  }

  /// Gives up its fields.
  public func letGo() {
    _ = takeValues()
    guardian = nil
    origin = nil
  }

  /// Gives up all values.
  func takeValues() -> [Value] {
    let taken = values
    slots = []
    values = []
    places = nil
    return taken
  }
}
