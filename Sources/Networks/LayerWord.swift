/// The word that makes a layer in the braces of `net`: what help says of it, what can be chosen, and how the layer is made. Each is
/// declared beside its layer; whoever registers, lists or explains layers asks `all`.
public struct LayerWord: Sendable {
  /// "conv".
  public let name: String
  /// A sentence.
  public let summary: String
  /// What can be chosen, in the order of its arguments.
  public let options: [LayerOption]
  /// A line of code, and what it prints.
  public let example: (code: String, result: String)
  /// What help says besides; empty where that is nothing.
  public let details: String
  /// Makes the layer.
  /// - Throws: `TensorError` for choices that make no sense.
  public let make: @Sendable (_ choices: LayerChoices) throws -> any Layer

  init(
    _ name: String, _ summary: String, options: [LayerOption] = [], example: (code: String, result: String), details: String = "",
    make: @escaping @Sendable (_ choices: LayerChoices) throws -> any Layer
  ) {
    (self.name, self.summary, self.options, self.example, self.details) = (name, summary, options, example, details)
    self.make = make
  }

  /// All words for layers.
  public static let all: [LayerWord] =
    [
      Dense.word, Convolution.word, Deconvolution.word, BatchNormalization.word, LayerNormalization.word,
      InstanceNormalization.word, Dropout.word, Reshape.word, Flatten.word,
    ] + FunctionLayer.words

  /// The names of all.
  public static let names: Set<String> = Set(all.map(\.name))
}
