/// A layer that scripts make by a word of its own: see `LayerWord.all`.
public protocol BuiltinLayer: Layer {
  static var word: LayerWord { get }
}

extension BuiltinLayer {
  /// The word itself.
  public var kind: String { Self.word.name }
}
