import Tensors

/// Copies of nets under way: what the originals share, the copies share, and what refers to itself ends.
public final class LayerCopying {
  private var copies: [ObjectIdentifier: (original: AnyObject, copy: AnyObject)] = [:]
  private var pending: [() throws -> Void] = []

  private init() {}

  /// Makes copies by `body`, and then all that was left for the end.
  public static func run<Result>(_ body: (LayerCopying) throws -> Result) throws -> Result {
    let copying = LayerCopying()
    let result = try body(copying)
    while let task = copying.pending.popLast() { try task() }
    return result
  }

  /// A layer like `layer`, with numbers of its own.
  public func copy(of layer: any Layer) throws -> any Layer {
    let made = try copy(of: layer) { try layer.copied(by: self) }
    return made as? any Layer ?? layer
  }

  /// The copy of anything that has an identity; made where it is asked for the first time.
  public func copy(of original: AnyObject, _ make: () throws -> AnyObject) rethrows -> AnyObject {
    if let known = copies[ObjectIdentifier(original)] { return known.copy }
    let copy = try make()
    copies[ObjectIdentifier(original)] = (original, copy)
    return copy
  }

  /// Leaves a task for when all copies that are being made are there.
  public func afterwards(_ task: @escaping () throws -> Void) { pending.append(task) }
}

extension Tensor {
  /// The same numbers, in memory of their own.
  public func separate() throws -> Tensor { try Tensor(floats(), shape: shape.dimensions) }
}
