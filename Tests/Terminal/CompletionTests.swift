import Base
import Testing

@testable import Terminal

@Suite struct CompletionTests {
  @Test func commonPrefixIsWhatAllShare() {
    let completion = Completion(replaced: 2, candidates: [.init("gradient_norm"), .init("gradient_norms"), .init("grad")])
    #expect(completion.commonPrefix == "grad")
    for texts in [["grad", "gradient", "gradients"], ["gradient", "grad", "gradients"], ["gradients", "gradient", "grad"]] {
      #expect(Completion(replaced: 0, candidates: texts.map { .init($0) }).commonPrefix == "grad")
    }
    #expect(Completion.none.commonPrefix == "")
  }

  @Test func fewCandidatesComeWithTheirHelp() {
    let completion = Completion(
      replaced: 0, candidates: [.init("relu", summary: "max(x, 0)"), .init("leaky_relu", summary: "with a slope below 0")])
    #expect(completion.lines(width: 40) == ["relu        max(x, 0)", "leaky_relu  with a slope below 0"])
    #expect(completion.lines(width: 20).allSatisfy { $0.displayWidth <= 20 })
  }

  @Test func manyCandidatesStandInColumns() {
    let names = (0..<30).map { "name\($0)" }
    let lines = Completion(replaced: 0, candidates: names.map { .init($0, summary: "help") }).lines(width: 40)
    #expect(lines.count < 12)
    #expect(!lines.joined().contains("help"))
  }
}
