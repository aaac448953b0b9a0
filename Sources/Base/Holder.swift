/// An object that holds others and can tell which: what a search for cycles goes along.
public protocol Holder: AnyObject {
  /// Tells the search each holder that it holds, once for each reference. To tell fewer only means that a cycle is not found; one that is told
  /// without a reference of its own would be released while it is in use.
  func tellHeld(to search: inout CycleSearch)

  /// Lets go of what it holds; called where nothing but a cycle holds it. Those that cannot may leave that to others of their cycle.
  func letGo()
}

extension Holder {
  /// Leaves it to others.
  public func letGo() {}
}
