import Base

/// A list of values, shared by reference.
public final class List: Container {
  /// In order. Who holds the list sees what is changed.
  @exclusivity(unchecked) public var elements: [Value]

  /// Longer lists are refused: they would fill the memory.
  public static let lengthLimit = 1 << 26

  /// A new list of these values.
  public init(_ elements: [Value] = []) {
    self.elements = elements
  }

  /// That values were put into it which may hold it.
  public var suspicion: Suspicion?

  /// Adds values at the end, as a program does.
  ///
  /// - Throws: `Memory.Shortage` where there is no room for them.
  public func append(_ values: [Value], in session: Session) throws(Memory.Shortage) {
    for value in values {
      session.suspects.note(value, in: self)
      try elements.add(value)
    }
  }

  /// Puts a value before a place, 0…count, as a program does.
  ///
  /// - Throws: `Memory.Shortage` where there is no room for it.
  public func insert(_ value: Value, at place: Int, in session: Session) throws(Memory.Shortage) {
    session.suspects.note(value, in: self)
    try elements.makeRoom()
    elements.insert(value, at: place)
  }

  deinit {
    suspicion?.end()
    if elements.contains(where: \.isContainer) { Dismantling.run(takeElements()) }
  }

  /// Tells its elements.
  public func tellHeld(to search: inout CycleSearch) { search.tell(elements) }
  /// Gives up its elements.
  public func letGo() { elements = [] }

  /// Gives up all elements.
  func takeElements() -> [Value] {
    let taken = elements
    elements = []
    return taken
  }
}
