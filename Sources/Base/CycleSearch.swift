/// Looks among some holders, and all that can be come to from them, for those that only hold each other.
///
/// The method is that of CPython's collector: of all references to an object, those by the objects that were found are subtracted. Where some are
/// left, something else holds the object (a variable, a running call, the library), and with it whatever can be come to from it. So nobody
/// has to know what is in use, and what is held by something that is no `Holder` is never taken for garbage.
public struct CycleSearch {
  /// A holder, or the storage of an array, which several holders may have in common until one of them changes it.
  private struct Found {
    /// Nil for a storage.
    unowned(unsafe) let holder: (any Holder)?
    let object: Unmanaged<AnyObject>
    /// References by others that were found.
    var inner = 0
    var isHeld = false
    /// Its first one in `edges`.
    var edge = -1
  }

  /// A reference by something that was found.
  private struct Edge {
    let target: Int
    /// The next one of the same holder; −1 behind the last.
    let next: Int
  }

  private var places: [ObjectIdentifier: Int] = [:]
  private var found: [Found] = []
  private var edges: [Edge] = []
  /// Whose references are being told.
  private var teller = 0

  /// A search that knows no holders yet.
  public init() {}

  /// How many holders and storages of arrays were found to be in use: what the next search will look at again.
  public private(set) var heldCount = 0

  /// Adds a holder from which others are looked for.
  public mutating func begin(at holder: any Holder) { _ = place(of: holder) }

  /// Called by a holder: it holds this one.
  public mutating func tell(_ holder: any Holder) { link(to: place(of: holder)) }

  /// Called by a holder: it has this array, of whose elements `each` tells what they hold.
  public mutating func tell<Element>(_ array: [Element], _ each: (Element, inout CycleSearch) -> Void) {
    guard !array.isEmpty, let storage = array._owner else { return }
    let known = found.count
    let place = place(of: storage, holder: nil)
    link(to: place)
    guard place == known else { return }
    let before = teller
    teller = place
    for element in array { each(element, &self) }
    teller = before
  }

  private mutating func link(to target: Int) {
    found[target].inner += 1
    edges.append(Edge(target: target, next: found[teller].edge))
    found[teller].edge = edges.count - 1
  }

  private mutating func place(of holder: any Holder) -> Int { place(of: holder, holder: holder) }

  private mutating func place(of object: AnyObject, holder: (any Holder)?) -> Int {
    let identity = ObjectIdentifier(object)
    if let place = places[identity] { return place }
    places[identity] = found.count
    found.append(Found(holder: holder, object: .passUnretained(object)))
    return found.count - 1
  }

  /// Follows all references, and gives the holders that are held by one another alone.
  public mutating func garbage() -> [any Holder] {
    var next = 0
    while next < found.count {
      teller = next
      if let holder = found[next].holder { holder.tellHeld(to: &self) }
      next += 1
    }
    var pending = found.indices.filter { References.count(found[$0].object) > found[$0].inner }
    for place in pending { found[place].isHeld = true }
    heldCount = pending.count
    while let place = pending.popLast() {
      var edge = found[place].edge
      while edge >= 0 {
        let target = edges[edge].target
        if !found[target].isHeld {
          found[target].isHeld = true
          heldCount += 1
          pending.append(target)
        }
        edge = edges[edge].next
      }
    }
    return found.compactMap { $0.isHeld ? nil : $0.holder }
  }
}

/// How many references there are to objects, by Swift's own count.
private enum References {
  private final class Probe {}

  static func count(_ object: Unmanaged<AnyObject>) -> Int { raw(object) - ofOne + 1 }

  /// What is counted for an object with one reference: the way in which it is asked may add some.
  private static let ofOne: Int = {
    let probe = Unmanaged<AnyObject>.passRetained(Probe())
    defer { probe.release() }
    return raw(probe)
  }()

  @inline(never)
  private static func raw(_ object: Unmanaged<AnyObject>) -> Int {
    object._withUnsafeGuaranteedRef { Int(_getRetainCount($0)) }
  }
}
