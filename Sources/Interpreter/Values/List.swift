/// A list of values, shared by reference.
public final class List {
  /// In order. Who holds the list sees what is changed.
  @exclusivity(unchecked) public var elements: [Value]

  /// Longer lists are refused: they would fill the memory.
  public static let lengthLimit = 1 << 26

  /// A new list of these values.
  public init(_ elements: [Value] = []) {
    self.elements = elements
  }

  deinit {
    if elements.contains(where: \.isContainer) { Dismantling.run(takeElements()) }
  }

  /// Gives up all elements.
  func takeElements() -> [Value] {
    let taken = elements
    elements = []
    return taken
  }
}
