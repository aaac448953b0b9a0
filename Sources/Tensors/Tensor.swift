/// What a user holds: a handle on a node of the graph. Cheap to make; nothing is computed until its numbers are asked for.
///
/// Graphs are built, walked and realised by one thread at a time. Only the runtime's kernels run on others.
public final class Tensor {
  public let node: Node

  init(_ node: Node) {
    self.node = node
    node.handleCount &+= 1
  }

  deinit { node.handleCount &-= 1 }

  public var shape: Shape { node.shape }
  public var rank: Int { node.shape.rank }
  public var count: Int { node.shape.count }

  /// A tensor of the given numbers, in row-major order.
  public convenience init(_ floats: [Float], shape: [Int]) throws {
    let shape = try Shape(shape)
    guard shape.count == floats.count else {
      throw TensorError(
        title: "the numbers do not fill the shape",
        operands: [("shape", "\(shape) needs \(shape.count) numbers, not \(floats.count)")],
        advice: "The sizes of a shape multiply to the number of elements.")
    }
    self.init(Node(storage: try Storage(copying: floats), shape: shape))
  }

  /// A single number, of shape [].
  public convenience init(scalar: Double) {
    self.init(Node(.fill, [], .scalar, value: scalar))
  }

  /// `value` everywhere.
  public static func fill(_ value: Double, shape: [Int]) throws -> Tensor {
    Tensor(Node(.fill, [], try Shape(shape), value: value))
  }

  /// Computes all of `tensors` in one plan, and keeps their numbers.
  public static func realize(_ tensors: [Tensor]) throws {
    let order = Graph.order(of: tensors.map(\.node), stopAtRealised: true)
    var outputs = tensors.map(\.node).filter { $0.storage == nil }
    let visit = Graph.newVisit()
    for node in outputs { node.visit = visit }
    for node in order where node.storage == nil && node.handleCount > 0 && node.visit != visit && node.operation != .fill {
      outputs.append(node)
    }
    if !outputs.isEmpty { try Runtime.realize(outputs) }
  }

  /// Computes the numbers, if they are not there yet, and keeps them.
  public func realize() throws { try Tensor.realize([self]) }

  /// The numbers in row-major order.
  public func floats() throws -> [Float] {
    try realize()
    guard let storage = node.storage else { return [] }
    return Array(storage.buffer)
  }
}
