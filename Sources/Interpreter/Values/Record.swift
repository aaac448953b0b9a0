import Base

/// An ordered record, shared by reference.
public final class Record {
  /// The names of the fields, in the order in which they were first set.
  public private(set) var names: [String] = []
  private var values: [Value] = []
  /// Where each name stands in `names`; made when the record has grown too large to be searched one by one.
  private var places: [String: Int]?
  /// How many fields were removed since `places` was made: a field stands at most so far before its noted place.
  private var removals = 0
  private static let searchLimit = 8
  /// For the record of a caught error: the error itself, to be raised again as it was.
  var origin: Raised?
  /// What programs may set; nil where that is anything.
  var guardian: RecordGuard?
  /// Whether a function of the guard runs that is called when a field is set.
  var isBeingSet = false

  /// A record without fields.
  public init() {}

  /// A record of these fields in their order; of two with one name the later value counts.
  public init(_ fields: [(String, Value)]) {
    for (name, value) in fields { self[name] = value }
  }

  /// The number of fields.
  public var count: Int { names.count }

  /// The fields in their order.
  public var fields: [(name: String, value: Value)] {
    zip(names, values).map { (name: $0, value: $1) }
  }

  private func place(of name: String) -> Int? {
    guard let places else { return names.firstIndex(of: name) }
    // Fields that were removed since the places were noted have moved those behind them forward.
    return places[name].flatMap { noted in
      names.indices.clamped(to: noted - removals..<noted + 1).last { names[$0] == name }
    }
  }

  /// A field's value, nil where there is none of this name; setting nil removes the field.
  public subscript(name: String) -> Value? {
    get { place(of: name).map { values[$0] } }
    set {
      guard let value = newValue else {
        remove(name)
        return
      }
      if let place = place(of: name) {
        values[place] = value
      } else {
        names.append(name)
        values.append(value)
        if places != nil || names.count > Self.searchLimit { index(from: names.count - 1) }
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

  private func index(from first: Int) {
    // Taken out while it is changed: two holders would make a copy of it for every field.
    var map = places ?? [:]
    let first = places == nil ? 0 : first
    places = nil
    // A field that is set now stands behind all that were removed.
    for place in first..<names.count { map[names[place]] = place + removals }
    places = map
  }

  private func remove(_ name: String) {
    guard let place = place(of: name) else { return }
    names.remove(at: place)
    values.remove(at: place)
    guard places != nil else { return }
    places?[name] = nil
    removals += 1
    // So many that neither searching nor noting anew costs more than √n for a removal.
    guard removals * removals > names.count else { return }
    places = nil
    removals = 0
    if names.count > Self.searchLimit { index(from: 0) }
  }

  deinit {
    if values.contains(where: \.isContainer) { Dismantling.run(takeValues()) }
  }

  /// Gives up all values.
  func takeValues() -> [Value] {
    let taken = values
    names = []
    values = []
    places = nil
    removals = 0
    return taken
  }
}
