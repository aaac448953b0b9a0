import TestSupport
import Testing

@testable import Terminal

private func layout(_ text: String, cursor: Int? = nil, width: Int, prompt: String = "> ") -> EntryLayout {
  EntryLayout(prompt: Row(prompt), characters: Array(text), styles: [], cursor: cursor ?? text.count, width: width)
}

private func texts(_ layout: EntryLayout) -> [String] { layout.rows.map { $0.map(\.text).joined() } }

@Suite struct EntryLayoutTests {
  @Test func linesStandBelowOneAnotherBehindThePrompt() {
    let layout = layout("a {\n  b\n}", cursor: 6, width: 20)
    #expect(texts(layout) == ["> a {", "    b", "  }"])
    #expect(layout.cursor == (1, 4))
  }

  @Test func longLinesGoOnInTheNextRow() {
    #expect(texts(layout("abcdefghijk", width: 10)) == ["> abcdefgh", "ijk"])
    #expect(layout("abcdefgh", width: 10).cursor == (1, 0))
    #expect(texts(layout("abcdefgh", cursor: 0, width: 10)) == ["> abcdefgh"])
    #expect(layout("abcdefgh\nx", cursor: 8, width: 10).cursor == (1, 0))
  }

  @Test func wideCharactersAreNotBroken() {
    #expect(texts(layout("abcdefg漢", width: 10)) == ["> abcdefg", "漢"])
    #expect(layout("abcdefg漢", cursor: 7, width: 10).cursor == (1, 0))
    #expect(layout("漢字", cursor: 1, width: 10).cursor == (0, 4))
  }

  @Test func aPictureOfSeveralPartsIsOneCharacter() {
    let layout = layout("a👩‍👩‍👧b", cursor: 2, width: 20)
    #expect(layout.cursor == (0, 5))
    #expect(self.layoutWidth("e\u{301}") == 1)
    #expect(self.layoutWidth("🇩🇪") == 2)
  }

  private func layoutWidth(_ text: String) -> Int { layout(text, width: 20, prompt: "").rows[0].columns }

  @Test func nothingTypedSteersTheTerminal() {
    #expect(texts(layout("a\u{1B}[2Jb\u{7F}", width: 30)) == ["> a^[[2Jb^?"])
    #expect(texts(layout("\u{202E}x\u{9B}y", width: 30)) == ["> \u{FFFD}x\u{FFFD}y"])
  }

  @Test func tabsReachTheNextStop() {
    #expect(texts(layout("\tx\n ab\ty", width: 30)) == [">     x", "   ab y"])
  }

  @Test func everyWidthHoldsEverything() {
    let text = "fn f(x) {\n\t漢字 👩‍👩‍👧 e\u{301}\u{7}\n}"
    for width in 1...40 {
      for cursor in 0...text.count {
        let layout = layout(text, cursor: cursor, width: width)
        #expect(layout.rows.allSatisfy { $0.columns <= width })
        #expect(layout.rows.indices.contains(layout.cursor.row) && layout.cursor.column < width)
      }
    }
  }
}

@Suite struct EntryDisplayTests {
  private func rows(_ texts: [String]) -> [Row] { texts.map { Row($0) } }

  @Test func onlyWhatDiffersIsWritten() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 20, rows: 5)
    screen.receive(display.show(rows(["abc", "def"]), cursor: (1, 3), width: 20).utf8)
    let change = display.show(rows(["abc", "dxf"]), cursor: (1, 2), width: 20)
    #expect(!change.contains("abc") && !change.contains("d"))
    screen.receive(change.utf8)
    #expect(screen.lines == ["abc", "dxf"])
    #expect((screen.row, screen.column) == (1, 2))
    #expect(display.show(rows(["abc", "dxf"]), cursor: (1, 2), width: 20) == "")
  }

  @Test func rowsComeAndGo() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 20, rows: 3)
    screen.receive("before\r\n".utf8)
    for state in [["a"], ["a", "b", "c"], ["a"], ["", "bb"], ["x"]] {
      screen.receive(display.show(rows(state), cursor: (0, 0), width: 20).utf8)
    }
    #expect(screen.lines == ["x"])
    #expect(screen.scrollback == ["before"])
  }

  @Test func fullRowsKeepTheirLastColumn() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 5, rows: 4)
    screen.receive(display.show(rows(["abcde", "fghij", "k"]), cursor: (2, 1), width: 5).utf8)
    screen.receive(display.show(rows(["abcdX", "fghiY", "k"]), cursor: (0, 4), width: 5).utf8)
    #expect(screen.lines == ["abcdX", "fghiY", "k"])
    #expect((screen.row, screen.column) == (0, 4))
  }

  @Test func looksEndWhereTheyShould() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 20, rows: 4)
    screen.receive(display.show([Row("ab", style: Style(.red, bold: true)) + Row("cd")], cursor: (0, 4), width: 20).utf8)
    screen.receive("X".utf8)
    #expect(screen.looks(of: "ab") == [1, 31])
    #expect(screen.looks(of: "cd") == [])
    #expect(screen.looks(of: "X") == [])
    #expect(screen.unknown.isEmpty && screen.updates == 1)
  }

  @Test func theWholeEntryIsLeftInTheScrollback() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 20, rows: 3)
    let all = (0..<8).map { "row \($0)" }
    screen.receive(display.show(rows(Array(all[3..<6])), cursor: (1, 0), width: 20).utf8)
    screen.receive(display.finish(rows(all), width: 20).utf8)
    #expect(screen.scrollback + screen.lines == all)
    #expect((screen.row, screen.column) == (2, 0))
  }

  @Test func whatTheLineHeldBeforeIsNotLeft() {
    var display = EntryDisplay()
    var screen = TerminalEmulator(columns: 20, rows: 3)
    screen.receive("typed ahead".utf8)
    screen.receive(display.show(rows(["> "]), cursor: (0, 2), width: 20).utf8)
    #expect(screen.lines == [">"])
  }

  @Test func anEntryIsDrawnAnewWhenTheWindowIsNarrower() {
    for width in 1...30 {
      var display = EntryDisplay()
      var screen = TerminalEmulator(columns: 30, rows: 40)
      screen.receive("before\r\n".utf8)
      let wide = layout("abcdefghij klmnopqrst\nuvwxyz", cursor: 24, width: 30)
      screen.receive(display.show(wide.rows, cursor: wide.cursor, width: 30).utf8)
      screen.resize(columns: width, rows: 40)
      screen.receive(display.erase(width: width, reflows: true).utf8)
      let new = layout("abcdefghij klmnopqrst\nuvwxyz", cursor: 24, width: width)
      screen.receive(display.show(new.rows, cursor: new.cursor, width: width).utf8)
      let before = (6 + width - 1) / width
      #expect(Array(screen.lines.dropFirst(before)).joined() == texts(new).map { $0.replacing(/\ +$/, with: "") }.joined())
    }
  }

  @Test func randomChangesAlwaysShowTheLastState() {
    var random = SplitMix(state: 7)
    let letters = ["a", "漢", "👩‍👩‍👧", "e\u{301}", " "]
    for _ in 0..<200 {
      let (width, height) = (Int.random(in: 2...12, using: &random), Int.random(in: 1...6, using: &random))
      var display = EntryDisplay()
      var screen = TerminalEmulator(columns: width, rows: height)
      for _ in 0..<20 {
        let state: [Row] = (0..<Int.random(in: 1...height, using: &random)).map { _ in
          var row = Row()
          for _ in 0..<Int.random(in: 0...width, using: &random) {
            let text = letters.randomElement(using: &random) ?? "a"
            let cell = Cell(
              text, width: text == "漢" || text == "👩‍👩‍👧" ? 2 : 1, style: Bool.random(using: &random) ? Style(.red) : .plain)
            if row.columns + cell.width <= width { row.append(cell) }
          }
          return row
        }
        let cursor = (Int.random(in: 0..<state.count, using: &random), Int.random(in: 0..<width, using: &random))
        screen.receive(display.show(state, cursor: cursor, width: width).utf8)
        #expect((screen.row, screen.column) == cursor)
        let wanted = state.map { $0.map(\.text).joined().replacing(/\ +$/, with: "") }
        #expect((0..<state.count).map { screen.line($0) } == wanted)
        #expect((state.count..<height).allSatisfy { screen.line($0).isEmpty })
      }
      #expect(screen.unknown.isEmpty)
    }
  }
}
