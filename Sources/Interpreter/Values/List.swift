/// A list of values, shared by reference.
public final class List {
  @exclusivity(unchecked) public var elements: [Value]

  public init(_ elements: [Value] = []) {
    self.elements = elements
  }
}
