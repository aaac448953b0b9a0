import Kernels

/// The kernels' names of the engine's functions.
extension FusedKernel {
  static func code(of function: UnaryFunction) -> Int32 {
    let code =
      switch function {
      case .negate: GAN_NEGATE
      case .reciprocal: GAN_RECIPROCAL
      case .square: GAN_SQUARE
      case .sqrt, .rootOfSquares: GAN_SQRT
      case .rsqrt: GAN_RSQRT
      case .abs: GAN_ABS
      case .sign: GAN_SIGN
      case .exp: GAN_EXP
      case .log: GAN_LOG
      case .sin: GAN_SIN
      case .cos: GAN_COS
      case .tanh: GAN_TANH
      case .sigmoid: GAN_SIGMOID
      case .softplus: GAN_SOFTPLUS
      case .relu: GAN_RELU
      case .leakyRelu: GAN_LEAKY_RELU
      case .leakyStep: GAN_LEAKY_STEP
      case .floor: GAN_FLOOR
      case .ceil: GAN_CEIL
      case .round: GAN_ROUND
      case .isNaN: GAN_IS_NAN
      }
    return Int32(code)
  }

  static func parameter(of function: UnaryFunction) -> Float {
    switch function {
    case .leakyRelu(let slope), .leakyStep(let slope): slope
    case .negate, .reciprocal, .square, .sqrt, .rootOfSquares, .rsqrt, .abs, .sign, .exp, .log, .sin, .cos, .tanh, .sigmoid,
      .softplus, .relu, .floor, .ceil, .round, .isNaN:
      0
    }
  }

  static func code(of function: BinaryFunction) -> Int32 {
    let code =
      switch function {
      case .add: GAN_ADD
      case .subtract: GAN_SUBTRACT
      case .multiply: GAN_MULTIPLY
      case .divide: GAN_DIVIDE
      case .remainder: GAN_REMAINDER
      case .power: GAN_POWER
      case .maximum: GAN_MAXIMUM
      case .minimum: GAN_MINIMUM
      case .less: GAN_LESS
      case .lessOrEqual: GAN_LESS_OR_EQUAL
      case .greater: GAN_GREATER
      case .greaterOrEqual: GAN_GREATER_OR_EQUAL
      case .equal: GAN_EQUAL
      case .notEqual: GAN_NOT_EQUAL
      case .gate: GAN_GATE
      }
    return Int32(code)
  }

  static func code(of reduction: Reduction) -> Int32 {
    let code =
      switch reduction {
      case .sum: GAN_SUM
      case .max: GAN_MAX
      case .min: GAN_MIN
      }
    return Int32(code)
  }

  static func code(of distribution: Distribution) -> Int32 {
    let code =
      switch distribution {
      case .uniform: GAN_UNIFORM
      case .normal: GAN_NORMAL
      case .truncatedNormal: GAN_TRUNCATED_NORMAL
      }
    return Int32(code)
  }

  /// Sets the first numbers of one of C's arrays.
  static func set<Array>(_ array: inout Array, _ numbers: [Int]) {
    withUnsafeMutableBytes(of: &array) { bytes in
      let elements = bytes.bindMemory(to: Int64.self)
      for (index, number) in numbers.enumerated() where index < elements.count { elements[index] = Int64(number) }
    }
  }
}
