extension Node {
  /// Numbers drawn from `key`. They depend on nothing else, so they have no derivative.
  static func random(_ distribution: Distribution, _ shape: Shape, _ key: RandomKey) -> Node {
    Node(.random(distribution), [], shape, key: key)
  }
}
