import TestSupport
import Testing

@testable import Networks
@testable import Tensors

/// All suites of this module lie in this one: each of their tests has an engine of its own.
@Suite(.ownEngine) enum Nets {}

/// The engine that the running test has entered.
var engine: Engine { Engine.current ?? Engine() }

extension Network {
  /// The seed's discriminator and generator.
  static func seedDiscriminator() throws -> Network {
    Network([
      try Convolution(64, kernel: (4, 4), stride: (2, 2)), FunctionLayer.leakyRelu(),
      try Convolution(128, kernel: (4, 4), stride: (2, 2)), try BatchNormalization(), FunctionLayer.leakyRelu(),
      Flatten(), try Dense(1024), try BatchNormalization(), FunctionLayer.leakyRelu(), try Dense(1),
    ])
  }

  static func seedGenerator() throws -> Network {
    Network([
      try Dense(1024), try BatchNormalization(), FunctionLayer.relu(), try Dense(7 * 7 * 128), try BatchNormalization(),
      FunctionLayer.relu(), Reshape([7, 7, 128]), try Deconvolution(64, kernel: (4, 4), stride: (2, 2)),
      try BatchNormalization(), FunctionLayer.relu(), try Deconvolution(1, kernel: (4, 4), stride: (2, 2)),
      FunctionLayer.sigmoid(),
    ])
  }
}

/// The error that `body` throws.
func tensorError(_ body: () throws -> Void) -> TensorError? {
  do {
    try body()
    return nil
  } catch { return error as? TensorError }
}

func context(training: Bool = true) -> Context { Context(isTraining: training, random: RandomSource(seed: 1)) }
