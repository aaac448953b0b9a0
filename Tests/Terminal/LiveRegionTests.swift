import TestSupport
import Testing

@testable import Terminal

@Suite struct LiveRegionTests {
  /// A terminal, a region in it, and what a person would see.
  private struct Watched {
    var terminal: TerminalEmulator
    var region = LiveRegion<String>()

    init(columns: Int = 20, rows: Int = 6, after text: String = "> train\n") {
      terminal = TerminalEmulator(columns: columns, rows: rows)
      terminal.receive(text.replacing("\n", with: "\r\n").utf8)
    }

    mutating func show(_ identity: String, _ lines: String..., below: String? = nil) {
      let block = ScreenBlock(lines: lines, width: terminal.columns)
      let code = region.update(identity, block, columns: terminal.columns, rows: terminal.rows, below: below)
      terminal.receive(code.replacing("\n", with: "\r\n").utf8)
    }
  }

  @Test func aFrameTakesThePlaceOfTheLastOne() {
    var watched = Watched()
    watched.show("a", "step 1", "old")
    watched.show("a", "step 2", "x")
    #expect(watched.terminal.lines == ["> train", "step 2", "x"])
    watched.show("a", "step 3")
    #expect(watched.terminal.lines == ["> train", "step 3"])
    watched.show("a", "step 4", "more", "still more")
    #expect(watched.terminal.lines == ["> train", "step 4", "more", "still more"])
    #expect(watched.terminal.row == 4 && watched.terminal.column == 0)
    #expect(watched.terminal.modes.isEmpty && watched.terminal.updates == 4 && watched.terminal.unknown.isEmpty)
  }

  @Test func theWindowScrollsAndWhatWasAboveStays() {
    var watched = Watched(after: "1\n2\n3\n4\n5\n")
    for step in 1...9 { watched.show("a", "step \(step)", "a", "b", "c") }
    #expect(watched.terminal.lines == ["5", "step 9", "a", "b", "c"])
    #expect(watched.terminal.scrollback == ["1", "2", "3", "4"])
  }

  @Test func severalStandBelowOneAnother() {
    var watched = Watched()
    watched.show("a", "a1")
    watched.show("b", "b1")
    watched.show("a", "a2")
    #expect(watched.terminal.lines == ["> train", "a2", "b1"])
    watched.show("a", "a3", "longer")
    watched.show("b", "b2")
    #expect(watched.terminal.lines == ["> train", "a3", "longer", "b2"])
    #expect(watched.terminal.row == 4)
  }

  @Test func theProgressStandsBelow() {
    var watched = Watched()
    watched.show("a", "a1", below: "step 1/9")
    #expect(watched.terminal.lines == ["> train", "a1", "step 1/9"])
    watched.show("a", "a2", "b2", below: "step 2/9")
    #expect(watched.terminal.lines == ["> train", "a2", "b2", "step 2/9"])
    watched.show("a", "a3", "b3", below: "step 3")
    #expect(watched.terminal.lines == ["> train", "a3", "b3", "step 3"])
  }

  @Test func aFrameAfterTheWindowHasChangedBeginsBelow() {
    var watched = Watched()
    watched.show("a", "a1")
    watched.terminal.resize(columns: 10, rows: 6)
    watched.show("a", "a2")
    watched.show("a", "a3")
    #expect(watched.terminal.lines == ["> train", "a1", "a3"])
  }

  @Test func whatIsReleasedStays() {
    var watched = Watched()
    watched.show("a", "a1")
    watched.region.release()
    #expect(watched.region.isEmpty)
    watched.show("a", "a2")
    #expect(watched.terminal.lines == ["> train", "a1", "a2"])
  }

  @Test func linesThatWrapAreCounted() {
    var watched = Watched(columns: 5, after: "")
    watched.show("a", "123456789012", "\u{1B}[1mab\u{1B}[0m")
    watched.show("a", "abcdef", "漢漢漢")
    #expect(watched.terminal.lines == ["abcde", "f", "漢漢", "漢"])
    watched.show("a", "ghi", "kl", "m", "n")
    #expect(watched.terminal.lines == ["ghi", "kl", "m", "n"])
    watched.show("a", "x")
    #expect(watched.terminal.lines == ["x"])
  }

  @Test func whatIsTooLongIsCounted() {
    let block = ScreenBlock(lines: (1...9).map(String.init), width: 20, room: 4)
    #expect(block.rows == 4 && block.text == "1\n2\n3\n… 6 more lines\n")
    #expect(ScreenBlock(lines: ["1", "2"], width: 20, room: 2).text == "1\n2\n")
  }

  @Test func picturesThatAreNoMoreAreTakenAway() {
    var region = LiveRegion<String>()
    let picture = ScreenBlock(code: PictureCode.kitty([1], number: 5), rows: 3, picture: 5)
    #expect(!region.update("a", picture, columns: 20, rows: 9).contains("a=d"))
    #expect(!region.update("a", picture, columns: 20, rows: 9).contains("a=d"))
    let code = region.update("a", ScreenBlock(lines: ["x"], width: 20), columns: 20, rows: 9)
    #expect(code.contains(PictureCode.kittyRemoval(number: 5)))
  }

  @Test func roomIsDivided() {
    var region = LiveRegion<String>()
    #expect(region.room(for: "a", rows: 26) == 24)
    _ = region.update("a", ScreenBlock(lines: ["x"], width: 20), columns: 20, rows: 25)
    #expect(region.room(for: "a", rows: 26) == 24 && region.room(for: "b", rows: 26) == 12)
  }
}
