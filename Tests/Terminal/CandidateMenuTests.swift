import Base
import Testing

@testable import Terminal

@Suite struct CandidateMenuTests {
  @Test func commonPrefixIsWhatAllShare() {
    let completion = Completion(replaced: 2, candidates: [.init("gradient_norm"), .init("gradient_norms"), .init("grad")])
    #expect(completion.commonPrefix(of: "gr") == "grad")
    for texts in [["grad", "gradient", "gradients"], ["gradient", "grad", "gradients"], ["gradients", "gradient", "grad"]] {
      #expect(Completion(replaced: 0, candidates: texts.map { .init($0) }).commonPrefix(of: "") == "grad")
    }
    #expect(Completion.none.commonPrefix(of: "") == "")
  }

  private func menu(_ candidates: [Completion.Candidate], _ typed: String = "") -> CandidateMenu {
    CandidateMenu(Completion(replaced: typed.utf8.count, candidates: candidates), in: EditedText("x = " + typed))
  }

  private func texts(_ rows: [Row]) -> [String] { rows.map { $0.map(\.text).joined() } }

  @Test func fewCandidatesComeWithTheirHelp() {
    let menu = menu([.init("relu", summary: "max(x, 0)"), .init("leaky_relu", summary: "with a slope below 0")])
    #expect(texts(menu.rows(width: 40, height: 9)) == ["relu        max(x, 0)", "leaky_relu  with a slope below 0"])
    #expect(menu.rows(width: 20, height: 9).allSatisfy { $0.columns <= 20 })
  }

  @Test func manyCandidatesStandInColumnsWithTheHelpOfTheChosenOne() {
    var menu = menu((0..<30).map { .init("name\($0)", summary: "help \($0)") })
    let rows = texts(menu.rows(width: 40, height: 9))
    #expect(rows.count <= 9)
    #expect(rows[0] == "name0   name1   name2   name3   name4")
    for _ in 0..<4 { menu.move(by: 1) }
    #expect(texts(menu.rows(width: 40, height: 9)).last == "help 3")
  }

  @Test func whatHasNoRoomIsCounted() {
    let menu = menu((0..<100).map { .init("name\($0)") })
    #expect(texts(menu.rows(width: 40, height: 3)).last == "… and 90 more")
  }

  @Test func choosingGoesRound() {
    var menu = menu([.init("aa"), .init("ab")], "a")
    #expect(menu.chosen.text == "x = a")
    for expected in ["x = aa", "x = ab", "x = aa"] {
      menu.move(by: 1)
      #expect(menu.chosen.text == expected)
    }
    menu.move(by: -1)
    #expect(menu.chosen.text == "x = ab")
  }

  @Test func theChosenOneIsAlwaysSeen() {
    var menu = menu((0..<100).map { .init("name\($0)", summary: $0 == 60 ? "x" : nil) })
    for height in [1, 2, 3, 7] {
      for _ in 0..<100 {
        menu.move(by: 1)
        let rows = menu.rows(width: 30, height: height)
        #expect(rows.count <= height)
        #expect(rows.joined().contains { $0.style.isReversed })
      }
    }
  }

  @Test func anySizeIsDrawn() {
    var menu = menu((0..<9).map { .init("漢字name\($0)", summary: "help") })
    menu.move(by: 1)
    for width in 0...30 {
      for height in 0...5 { #expect(menu.rows(width: width, height: height).allSatisfy { $0.columns <= max(width, 0) }) }
    }
  }
}
