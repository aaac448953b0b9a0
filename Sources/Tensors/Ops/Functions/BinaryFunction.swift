import Kernels

/// An element-wise function of two numbers. As of `UnaryFunction`, its cases are rows of Kernels/functions.h, and all else is its
/// `definition`, a row of BinaryFunction+Definitions.swift. Comparisons give 1 or 0.
public typealias BinaryFunction = gan_binary_function

extension BinaryFunction {
  /// Every function, in the order of their codes.
  public static let all: [BinaryFunction] = (UInt8(GAN_UNARY_END)..<UInt8(GAN_BINARY_END)).compactMap {
    BinaryFunction(rawValue: $0)
  }

  private static let definitions = all.map(\.row)

  /// Everything that is to be said of the function: its row of BinaryFunction+Definitions.swift.
  public var definition: BinaryDefinition { BinaryFunction.definitions[Int(rawValue) - Int(GAN_UNARY_END)] }

  /// The function that kernels know by `code`; nil if it is not one of these.
  init?(code: Int32) {
    guard (GAN_UNARY_END..<Int(GAN_BINARY_END)).contains(Int(code)) else { return nil }
    self.init(rawValue: UInt8(code))
  }

  /// The function in double precision: what folds constants, and what the tests' oracle computes with.
  public func callAsFunction(_ left: Double, _ right: Double) -> Double { definition.value(left, right) }
}

/// All that there is to say of a function of two numbers.
public final class BinaryDefinition: Sendable {
  /// As the language and the profiler call it.
  public let name: String
  /// For a function that is a builtin of the language. (Most are its operators.)
  public let help: FunctionHelp?
  /// What a call names its two sides.
  public let operands: (left: String, right: String)
  let notation: Notation
  let mask: Mask
  let value: @Sendable (Double, Double) -> Double
  /// What the gradient gives to the left and to the right side.
  let left: Derivative, right: Derivative
  let rewriting: Rewriting
  /// Intervals of both sides in which it has derivatives of every order, one for each of its branches.
  let samples: [(left: ClosedRange<Double>, right: ClosedRange<Double>)]

  /// When the results are a mask, 1 or 0 everywhere: see `Tensor.isMask`.
  enum Mask: Sendable {
    case never
    /// Where both sides are.
    case ofMasks
    case always
  }

  /// What a gradient of z = f(x, y) gives to one side: nodes, so that it can be differentiated again.
  enum Derivative: Sendable {
    /// It is piecewise constant.
    case zero
    /// Of z and its gradient; x and y are z's inputs.
    case of(@Sendable (Node, Node) -> Node)
  }

  /// A simpler node of the same value.
  enum Rewriting: Sendable {
    case none
    /// Nil where there is none.
    case by(@Sendable (borrowing Operands) -> Node?)
  }

  struct Operands {
    let left: Node, right: Node
    /// The number everywhere in them, where it is known.
    let leftValue: Double?, rightValue: Double?
  }

  init(
    _ name: String, help: FunctionHelp? = nil, operands: (String, String) = ("a", "b"), notation: Notation = .call,
    mask: Mask = .never,
    value: @escaping @Sendable (Double, Double) -> Double, left: Derivative, right: Derivative, rewriting: Rewriting = .none,
    samples: [(left: ClosedRange<Double>, right: ClosedRange<Double>)]
  ) {
    (self.name, self.help, self.operands, self.notation, self.mask) = (name, help, operands, notation, mask)
    (self.value, self.left, self.right, self.rewriting, self.samples) = (value, left, right, rewriting, samples)
  }
}
