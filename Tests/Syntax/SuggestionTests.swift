import Syntax
import Testing

@Suite struct SuggestionTests {
  private let names = [
    "conv", "deconv", "dense", "batch_norm", "leaky_relu", "relu", "sum", "std", "x", "steps", "gradient_norms",
  ]

  @Test(arguments: [
    ("cnov", "conv"), ("denes", "dense"), ("batchnorm", "batch_norm"), ("BatchNorm", "batch_norm"), ("leakyrelu", "leaky_relu"),
    ("rleu", "relu"),
    ("smu", "sum"), ("step", "steps"), ("gradient_norm", "gradient_norms"), ("Relu", "relu"), ("decon", "deconv"), ("X", "x"),
  ])
  func aSlipIsSeenThrough(_ name: String, _ meant: String) { #expect(Suggestion.nearest(to: name, among: names) == meant) }

  @Test(arguments: ["y", "foo", "zz", "completely_else", "", "qrst", String(repeating: "a", count: 1000)])
  func whatIsFarFromAllGivesNothing(_ name: String) { #expect(Suggestion.nearest(to: name, among: names) == nil) }

  @Test func ofEqualsTheFirstInTheAlphabetIsTaken() {
    #expect(Suggestion.nearest(to: "bat", among: ["cat", "hat", "bag"]) == "bag")
    #expect(Suggestion.nearest(to: "conv", among: ["conv"]) == nil)
  }
}
