import Testing

@testable import Terminal

/// An entry with its cursor where `|` stands, after vi's keys in its command mode; what is typed in between is behind `<`, up to `>`.
private func vi(_ marked: String, _ keys: String) -> String {
  let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
  var text = EditedText(parts.joined(), cursor: parts[0].count)
  var mode = ViMode()
  mode.isCommanding = true
  for key in keys {
    if mode.isCommanding {
      let effect = mode.take(key, &text)
      if effect == .insertLine { text.insert("\n") }
    } else if key == "⎋" {
      mode.escape(&text)
    } else {
      text.insert(String(key))
    }
  }
  return text.before + "|" + text.after
}

@Suite struct ViModeTests {
  @Test func motionsGoByWordsAndCharacters() {
    #expect(vi("|ab.cd  ef", "w") == "ab|.cd  ef")
    #expect(vi("|ab.cd  ef", "W") == "ab.cd  |ef")
    #expect(vi("|ab.cd  ef", "3w") == "ab.cd  |ef")
    #expect(vi("|ab.cd  ef", "e") == "a|b.cd  ef")
    #expect(vi("ab.cd  e|f", "bb") == "ab.|cd  ef")
    #expect(vi("ab.cd  e|f", "B0") == "|ab.cd  ef")
    #expect(vi("|a,b,c", "f,;") == "a,b|,c")
    #expect(vi("|a,b,c", "2t,") == "a,|b,c")
    #expect(vi("a,b,|c", "F,,") == "a,b|,c")
    #expect(vi("f|(a (b))", "%") == "f(a (b)|)")
    #expect(vi("f(a (b|))", "%") == "f(a |(b))")
    #expect(vi("|abcdefghijkl", "10l") == "abcdefghij|kl")
    #expect(vi("ab|cd", "$") == "abc|d")
  }

  @Test func linesStayApart() {
    #expect(vi("ab|c\ndef", "lll") == "ab|c\ndef")
    #expect(vi("abc\n|def", "hX") == "abc\n|def")
    #expect(vi("a|bc\ndef", "j") == "abc\nd|ef")
    #expect(vi("a|b\n\nc", "jj") == "ab\n\n|c")
    #expect(vi("ab\n  c|d\nef", "gg") == "|ab\n  cd\nef")
    #expect(vi("|ab\n  cd\nef", "2G") == "ab\n  |cd\nef")
    #expect(vi("a|b cd\nef", "D") == "|a\nef")
    #expect(vi("ab |cd\nef", "dw") == "ab| \nef")
  }

  @Test func operatorsTakeMotions() {
    #expect(vi("|ab cd ef", "dw") == "|cd ef")
    #expect(vi("|ab cd ef", "d2w") == "|ef")
    #expect(vi("|ab cd ef", "2dw") == "|ef")
    #expect(vi("|abcdefghijklm", "d10l") == "|klm")
    #expect(vi("ab| cd", "d0") == "| cd")
    #expect(vi("a|b(c)d", "dt)") == "a|)d")
    #expect(vi("a|b(c)d", "df)") == "a|d")
    #expect(vi("f|(a, b) c", "d%") == "f| c")
    #expect(vi("a\nb|c\nd", "dd") == "a\n|d")
    #expect(vi("a\n|b", "dd") == "|a")
    #expect(vi("|a\nb\nc", "2dd") == "|c")
    #expect(vi("|a\nb\nc", "dj") == "|c")
    #expect(vi("|a\nb", "yyjp") == "a\nb\n|a")
    #expect(vi("|ab cd", "ywP") == "ab| ab cd")
    #expect(vi("a|b", "3p") == "a|b")
  }

  @Test func changesAreTypedAndMadeAgain() {
    #expect(vi("|ab cd", "cwx⎋") == "|x cd")
    #expect(vi("|ab cd ef", "cwxy⎋w.") == "xy x|y ef")
    #expect(vi("hell|o", "AX⎋") == "hello|X")
    #expect(vi("|a\nb", "Ax⎋j.") == "ax\nb|x")
    #expect(vi("|abcd", "x.") == "|cd")
    #expect(vi("|abcd", "rx") == "|xbcd")
    #expect(vi("|abcd", "3~") == "ABC|d")
    #expect(vi("|a\n  b", "J") == "a| b")
    #expect(vi("|a", "ob⎋") == "a\n|b")
    #expect(vi("  |a", "Ob⎋") == "  |b\n  a")
    #expect(vi("|a b", "sxy⎋") == "x|y b")
  }

  @Test func objectsAreWordsBracketsAndQuotes() {
    #expect(vi("f(a, |b) c", "ci(x⎋") == "f(|x) c")
    #expect(vi("f|(a, b) c", "da(") == "f| c")
    #expect(vi("f(g(|a), b)", "di)") == "f(g(|), b)")
    #expect(vi("f(g(a)|, b)", "dib") == "f(|)")
    #expect(vi("x = |f(a)", "ci(b⎋") == "x = f(|b)")
    #expect(vi("[a, {b|}]", "di{") == "[a, {|}]")
    #expect(vi("say \"a |b\" c", "ci\"x⎋") == "say \"|x\" c")
    #expect(vi("|say \"a b\" c", "di\"") == "say \"|\" c")
    #expect(vi("ab c|d ef", "diw") == "ab | ef")
    #expect(vi("ab c|d ef", "daw") == "ab |ef")
    #expect(vi("a|b", "di(") == "a|b")
  }

  @Test func keysThatAreNoCommandAreSaid() {
    var mode = ViMode()
    var text = EditedText("abc")
    #expect(mode.take("d", &text) == .waits)
    #expect(mode.take("q", &text) == .refused("`dq` is no command of vi's here"))
    #expect(mode.take("k", &text) == .olderEntry)
    #expect(text.text == "abc")
  }
}
