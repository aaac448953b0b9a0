/// A layer that does something else in training than in use.
public protocol ModalLayer: Layer {
  /// Whether the last pass was one of training; nil before the first.
  var wasTraining: Bool? { get }
}
