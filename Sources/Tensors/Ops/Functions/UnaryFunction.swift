import Kernels

/// An element-wise function of one number. Its cases are the rows of Kernels/functions.h, and its raw value is the code that the kernels
/// know it by; everything else that there is to say of it is its `definition`, a row of UnaryFunction+Definitions.swift.
public typealias UnaryFunction = gan_unary_function

extension UnaryFunction {
  /// Every function, in the order of their codes.
  public static let all: [UnaryFunction] = (0..<UInt8(GAN_UNARY_END)).compactMap { UnaryFunction(rawValue: $0) }

  private static let definitions = all.map(\.row)

  /// Everything that is to be said of the function: its row of UnaryFunction+Definitions.swift.
  public var definition: UnaryDefinition { UnaryFunction.definitions[Int(rawValue)] }

  /// The function that kernels know by `code`; nil if it is not one of these.
  init?(code: Int32) {
    guard (0..<Int(GAN_UNARY_END)).contains(Int(code)) else { return nil }
    self.init(rawValue: UInt8(code))
  }

  /// The function in double precision: what folds constants, and what the tests' oracle computes with.
  public func callAsFunction(_ x: Double, parameter: Double = 0) -> Double {
    switch definition.value {
    case .of(let value): value(x)
    case .with(let value): value(x, parameter)
    }
  }
}

/// All that there is to say of a function of one number.
public final class UnaryDefinition: Sendable {
  /// As the language and the profiler call it.
  public let name: String
  /// For a function that is a builtin of the language.
  public let help: FunctionHelp?
  /// For a function of a number and a parameter.
  public let parameter: FunctionParameter?
  let notation: Notation
  /// Whether its results are a mask, 1 or 0 everywhere: see `Tensor.isMask`.
  let isMask: Bool
  let value: Value
  let derivative: Derivative
  let samples: FunctionSamples

  /// The function in double precision.
  enum Value: Sendable {
    case of(@Sendable (Double) -> Double)
    /// Of x and the parameter.
    case with(@Sendable (Double, Double) -> Double)
  }

  /// What a gradient of y = f(x) gives to x: nodes, so that it can be differentiated again.
  enum Derivative: Sendable {
    /// It is piecewise constant.
    case zero
    /// Of x, y and the gradient of y.
    case of(@Sendable (Node, Node, Node) -> Node)
    /// Of these and the parameter.
    case with(@Sendable (Node, Node, Node, Float) -> Node)
  }

  init(
    _ name: String, help: FunctionHelp? = nil, parameter: FunctionParameter? = nil, notation: Notation = .call,
    isMask: Bool = false, value: Value, derivative: Derivative, samples: FunctionSamples
  ) {
    (self.name, self.help, self.parameter, self.notation, self.isMask) = (name, help, parameter, notation, isMask)
    (self.value, self.derivative, self.samples) = (value, derivative, samples)
  }
}
