import Interpreter
import Networks
import Tensors

/// The whole state of a run at one moment, kept in memory, so that the run can be set back to it: what a checkpoint holds, and the
/// functions and the data as well. The numbers of tensors are shared with the run as long as it has not got others.
///
/// Going on from a snapshot gives the bits that going on from that moment gave, whatever has been done to the run meanwhile. What functions
/// of the script keep in variables is not part of it.
public final class RunSnapshot {
  private var restoring: [() throws -> Void] = []
  private let chance: RandomSource.State
  /// What is still to be looked through, so that no depth of records is too much for the stack.
  private var pending: [Value]
  private var seen: Set<ObjectIdentifier> = []
  /// The bytes of the blocks of memory that its numbers lie in.
  public private(set) var blocks: [ObjectIdentifier: Int] = [:]

  /// Takes a snapshot. The run stays as it is, to the bit.
  ///
  /// - Throws: a `TensorError` where numbers that are still to be computed cannot be.
  public init(of run: Record, in session: Session) throws {
    chance = session.chance.source.state
    pending = [.record(run)]
    try session.inside {
      while let value = pending.popLast() { try KeptKinds.of(value).hold(value, by: self) }
    }
    seen = []
  }

  /// Sets the run back.
  ///
  /// - Throws: a `TensorError` where memory is short.
  public func restore(in session: Session) throws {
    try session.inside {
      for step in restoring { try step() }
      session.chance.source.restart(at: chance)
    }
  }

  // MARK: For the kinds

  /// Notes down what sets something back.
  func onRestoring(_ step: @escaping () throws -> Void) { restoring.append(step) }

  /// A value inside of another one.
  enum Held {
    case value(Value)
    case numbers(TensorNumbers)

    func value() throws -> Value {
      switch self {
      case .value(let value): value
      case .numbers(let numbers): .tensor(try Tensor(numbers))
      }
    }
  }

  /// Whether something in a value can change, or is a tensor.
  static func canChange(_ value: Value) -> Bool {
    switch value {
    case .none, .boolean, .number, .string, .range, .function, .builtin: false
    case .list, .record, .object: true
    }
  }

  /// Keeps a value, and sees to it that what can change in it is kept too.
  func held(_ value: Value) throws -> Held {
    switch value {
    case .none, .boolean, .number, .string, .range, .function, .builtin: return .value(value)
    case .list(let list): meet(value, list)
    case .record(let record): meet(value, record)
    case .object(let object):
      guard let tensor = object as? TensorValue, tensor.learned == nil else {
        meet(value, object)
        return .value(value)
      }
      // Kept as a part of the graph it would hold all that it was computed from.
      if try tensor.tensor.isPending { try tensor.tensor.realize() }
      return try tensor.tensor.numbers.map { note($0) } ?? .value(value)
    }
    return .value(value)
  }

  private func meet(_ value: Value, _ object: AnyObject) {
    if seen.insert(ObjectIdentifier(object)).inserted { pending.append(value) }
  }

  private func note(_ numbers: TensorNumbers) -> Held {
    blocks[numbers.identity] = numbers.byteCount
    return .numbers(numbers)
  }

  /// The numbers of a parameter, or of what an optimizer remembers.
  func numbers(of tensor: Tensor) throws -> TensorNumbers {
    try tensor.realize()
    guard let numbers = try tensor.numbers else {
      throw TensorError(title: "the numbers of a parameter have been written over", operands: [("shape", "\(tensor.shape)")])
    }
    blocks[numbers.identity] = numbers.byteCount
    return numbers
  }

  /// Keeps the layers that a net, a layer or a parameter is made of.
  func holdLayers(of value: Value) throws {
    for placed in RunEncoder.layers(of: value) ?? [] where !placed.isGroup && seen.insert(ObjectIdentifier(placed.layer)).inserted
    {
      let layer = placed.layer
      let parts = layer.parameters + layer.statistics
      let input = layer.inputSize
      let kept = try parts.map { (parameter: $0, numbers: try numbers(of: $0.tensor)) }
      onRestoring {
        layer.hold(parts, input: input)
        for (parameter, numbers) in kept { try parameter.assign(try Tensor(numbers)) }
      }
    }
  }
}
