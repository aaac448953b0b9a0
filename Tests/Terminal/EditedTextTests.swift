import Testing

@testable import Terminal

/// An entry with its cursor where `|` stands.
private func at(_ marked: String) -> EditedText {
  let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
  return EditedText(parts.joined(), cursor: parts[0].count)
}

private func changed(_ marked: String, _ change: (inout EditedText) -> Void) -> String {
  var text = at(marked)
  change(&text)
  return text.before + "|" + text.after
}

@Suite struct EditedTextTests {
  @Test func linesAreFoundAroundTheCursor() {
    let text = at("ab\ncd|e\nf")
    #expect((text.lineStart, text.lineEnd) == (3, 6))
    #expect(text.hasLineAbove && text.hasLineBelow)
    #expect(String(text.lineBefore) == "cd")
    #expect(at("  x|").firstOfLine == 2)
  }

  @Test func upAndDownKeepTheColumnAsFarAsTheLineReaches() {
    #expect(changed("abc\nd|") { _ = $0.moveLine(up: true) } == "a|bc\nd")
    #expect(changed("a\nbcd|") { _ = $0.moveLine(up: true) } == "a|\nbcd")
    #expect(changed("ab|c\nd\nefg") { _ = $0.moveLine(up: false) } == "abc\nd|\nefg")
    #expect(changed("ab|c") { _ = $0.moveLine(up: false) } == "ab|c")
  }

  @Test func homeAndEndGoByLineThenByEntry() {
    #expect(changed("ab\ncd|") { $0.moveHome() } == "ab\n|cd")
    #expect(changed("ab\n|cd") { $0.moveHome() } == "|ab\ncd")
    #expect(changed("|ab\ncd") { $0.moveEnd() } == "ab|\ncd")
    #expect(changed("ab|\ncd") { $0.moveEnd() } == "ab\ncd|")
  }

  @Test func killsStayInTheLine() {
    #expect(changed("a|b\ncd") { _ = $0.killToLineEnd() } == "a|\ncd")
    #expect(changed("a|\ncd") { _ = $0.killToLineEnd() } == "a|cd")
    #expect(changed("ab\nc|d") { _ = $0.killToLineStart() } == "ab\n|d")
    #expect(changed("ab\n|cd") { _ = $0.killToLineStart() } == "ab|cd")
    #expect(changed("ab|") { _ = $0.killToLineEnd() } == "ab|")
  }

  @Test func wordsHaveLettersDigitsAndUnderscores() {
    #expect(changed("a.b_1 |") { $0.move(to: $0.wordStart()) } == "a.|b_1 ")
    #expect(changed("|λ₁ x") { $0.move(to: $0.wordEnd()) } == "λ₁| x")
    #expect(changed("a f(x.y)|") { $0.move(to: $0.wordStart(isPart: EditedText.isBigWord)) } == "a |f(x.y)")
  }

  @Test func aCharacterIsWhatAPersonSees() {
    for character in ["👩‍👩‍👧", "e\u{301}", "🇩🇪", "❤️", "漢", "👍🏽"] {
      #expect(changed("a\(character)|") { _ = $0.deleteBackward() } == "a|")
      #expect(EditedText("a" + character).characters.count == 2)
    }
    var text = EditedText("e")
    text.insert("\u{301}")
    #expect(text.characters.count == 1 && text.cursor == 1)
  }

  @Test func scalarsAndCharactersHaveTheSamePlaces() {
    let text = EditedText(scalars: Array("a👩‍👩‍👧b".unicodeScalars), cursor: 3)
    #expect(text.cursor == 1)
    #expect(EditedText("a👩‍👩‍👧b", cursor: 2).scalarCursor == 6)
    #expect(EditedText("aéb", cursor: 2).utf8Cursor == 3)
    #expect(EditedText("aéb").place(ofUTF8: 2) == 1)
    #expect(EditedText("aéb").place(ofUTF8: 99) == 3)
  }

  @Test func backspaceInAnIndentationIsOneStep() {
    #expect(changed("f {\n    |") { _ = $0.deleteBackward() } == "f {\n  |")
    #expect(changed("f {\n   |x") { _ = $0.deleteBackward() } == "f {\n  |x")
    #expect(changed("    |") { _ = $0.deleteBackward() } == "   |")
    #expect(changed("a\n|") { _ = $0.deleteBackward() } == "a|")
    #expect(changed("|a") { _ = $0.deleteBackward() } == "|a")
  }

  @Test func aClosingBracketStandsOneStepFurtherLeft() {
    #expect(changed("f {\n    |") { $0.close(with: "}") } == "f {\n  }|")
    #expect(changed("f {\n  x |") { $0.close(with: "}") } == "f {\n  x }|")
    #expect(changed("  |") { $0.close(with: ")") } == "  )|")
  }

  @Test func twoCharactersAreExchanged() {
    #expect(changed("ab|c") { _ = $0.transpose() } == "acb|")
    #expect(changed("abc|") { _ = $0.transpose() } == "acb|")
    #expect(changed("|abc") { _ = $0.transpose() } == "|abc")
    #expect(changed("a\nb|") { _ = $0.transpose() } == "a\nb|")
  }

  @Test func placesBeyondTheEntryAreItsEnds() {
    #expect(changed("ab|") { $0.delete(-4..<9) } == "|")
    #expect(changed("ab|") { $0.move(to: 99) } == "ab|")
    #expect(changed("ab|") { $0.move(to: -1) } == "|ab")
    #expect(changed("|") { $0.delete(0..<1) } == "|")
  }

  @Test func typingInOneGoIsOneStepOfUndo() {
    var undo = UndoHistory()
    for text in ["a", "ab", "abc", "abc ", "abc d"] { undo.note(EditedText(text)) }
    #expect(undo.undo()?.text == "abc ")
    #expect(undo.undo()?.text == "abc")
    #expect(undo.undo()?.text == "")
    #expect(undo.undo() == nil)
    #expect(undo.redo()?.text == "abc")
    undo.note(EditedText("x"))
    #expect(undo.redo() == nil)
    #expect(undo.undo()?.text == "abc")
  }
}

@Suite struct PastedTextTests {
  private func clean(_ text: String, goesOn: (String) -> Bool = { $0.filter { $0 == "{" }.count > $0.filter { $0 == "}" }.count })
    -> String
  {
    PastedText.withoutPrompts(text, prompt: "> ", continuations: ["… ", ". "], goesOn: goesOn)
  }

  @Test func promptsAndWhatWasPrintedAreTakenAway() {
    #expect(clean("> x = 1\n> x + 1\n2") == "x = 1\nx + 1")
    #expect(clean("\n> x\n[1, 2,\n 3]\n> y") == "x\ny")
    #expect(clean("> x\n>\n> ") == "x")
  }

  @Test func furtherLinesOfAnEntryStay() {
    #expect(clean("> fn f(x) {\n    x + 1\n  }\n> f(1)\n2") == "fn f(x) {\n  x + 1\n}\nf(1)")
    #expect(clean("> fn f(x) {\n…   x\n… }\n> f(1)\n1") == "fn f(x) {\n  x\n}\nf(1)")
  }

  @Test func promptsOfPythonAreTakenAwayToo() {
    #expect(clean(">>> x = 3\n>>> x + 1\n4") == "x = 3\nx + 1")
    #expect(clean(">>> f {\n...   x\n... }\n... \n>>> f()\n3") == "f {\n  x\n}\nf()")
    #expect(clean("In [1]: x = 3\n\nIn [2]: x\nOut[2]: 3\n\nIn [ 3]: y") == "x = 3\nx\ny")
    #expect(clean("In [1]: f {\n   ...:   x\n   ...: }\n   ...:\n\nIn [12]: f()\nOut[12]: 3") == "f {\n  x\n}\nf()")
  }

  @Test func textWithoutPromptsStaysAsItIs() {
    for text in ["x = 1\n> y", "a\n  b", "", "x > y", ">x", "In [x]: 3", ">>>x"] { #expect(clean(text) == text) }
  }

  @Test func controlCharactersAreNotPutIn() {
    #expect(PastedText.plain("a\r\nb\rc\u{1B}[31md\u{85}e\u{9B}f\u{7F}\n\n") == "a\nb\nc[31md\nef")
    #expect(PastedText.plain("\tx") == "\tx")
  }
}

@Suite struct HistorySearchTests {
  private let entries = ["x = 1", "Train(x)", "y = 2", "train y"]

  @Test func theLatestIsFoundFirst() {
    var search = HistorySearch(entries, from: EditedText("z"), backward: true)
    #expect(search.found.text == "z")
    search.type("train")
    #expect(search.found.text == "train y")
    search.next(backward: true, previous: "")
    #expect(search.found.text == "Train(x)")
    search.next(backward: true, previous: "")
    #expect(search.found.text == "Train(x)" && search.hasFailed)
    search.next(backward: false, previous: "")
    #expect(search.found.text == "train y")
  }

  @Test func capitalsAreMeant() {
    var search = HistorySearch(entries, from: EditedText(), backward: true)
    search.type("T")
    #expect(search.found.text == "Train(x)")
    #expect(search.match == 0..<1)
  }

  @Test func lettersCanBeTakenBack() {
    var search = HistorySearch(entries, from: EditedText("z"), backward: true)
    search.type("x")
    search.type("q")
    #expect(search.hasFailed)
    search.deleteLast()
    #expect(search.found.text == "Train(x)")
    search.deleteLast()
    #expect(search.found.text == "z")
  }

  @Test func anEmptySearchRepeatsTheLastOne() {
    var search = HistorySearch(entries, from: EditedText(), backward: true)
    search.next(backward: true, previous: "= 1")
    #expect(search.found.text == "x = 1")
  }

  @Test func nothingIsFoundInNothing() {
    var search = HistorySearch([], from: EditedText("z"), backward: false)
    search.type("x")
    search.next(backward: true, previous: "x")
    #expect(search.found.text == "z" && search.match == nil)
  }
}
