import TestSupport
import Testing

@testable import Lab

/// Two changes of one text.
@Suite struct TextMergeTests {
  @Test(arguments: [
    ("ab", "xab", "aby", "xaby"), ("", "own", "other", "otherown"), ("one two", "one", "one two three", "one three"),
    ("one two three", "one 2 three", "1 two three", "1 2 three"), ("same", "same!", "same!", "same!!"), ("a", "", "", ""),
    ("abc", "abc", "x", "x"), ("abc", "x", "abc", "x"), ("😀b", "😁b", "😀bc", "😁bc"), ("e\u{301}", "e", "e\u{301}f", "ef"),
    ("line\nline\n", "line\nmine\nline\n", "line\nline\ntheirs\n", "line\nmine\nline\ntheirs\n"),
  ])
  func bothAreInIt(_ base: String, _ mine: String, _ theirs: String, _ merged: String) {
    #expect(TextMerge.merged(base, mine: mine, theirs: theirs).unicodeScalars.elementsEqual(merged.unicodeScalars))
  }

  @Test func ofEachPageTheLastEditIsKnown() {
    var taken = TakenEdits()
    for number in 0..<100 { taken.take(number, of: "page \(number)") }
    taken.take(107, of: "page 99")
    #expect(taken.last(of: "page 99") == 107 && taken.last(of: "page 36") == 36)
    // Of those that have long been gone nothing is kept.
    #expect(taken.last(of: "page 35") == nil && taken.last(of: "none") == nil)
  }

  /// A connection that breaks at any moment, before or behind what is on its way: no letter is lost or doubled, also where another page writes.
  @Test(arguments: 1...200) func nothingIsLostOrDoubled(_ seed: UInt64) {
    var chance = SplitMix(state: seed)
    var typist = Typist()
    var session = Typist.Session()
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    for letter in letters {
      typist.text.append(letter)
      switch chance.next() % 4 {
      case 0: typist.send()
      case 1:
        typist.send()
        typist.arrive(at: &session, count: Int(chance.next() % 3))
      case 2:
        typist.arrive(at: &session, count: Int(chance.next() % 3))
        typist.answer(from: session)
      default:
        typist.send()
        typist.arrive(at: &session, count: Int(chance.next() % 3))
        typist.comeAgain(to: session)
      }
      if chance.next() % 5 == 0 { session.text = "0" + session.text }
    }
    typist.comeAgain(to: session)
    typist.send()
    typist.arrive(at: &session, count: typist.sent.count)
    #expect(session.text.filter { $0 != "0" } == String(letters))
  }

  /// What differs as a whole is not compared letter by letter, which would take gigabytes.
  @Test func longTextsAreMerged() {
    let base = String(repeating: "ab", count: 100_000)
    let mine = String(repeating: "ba", count: 100_000)
    #expect(TextMerge.merged(base, mine: mine, theirs: base + "!") == mine + "!")
  }
}

/// A page that writes at the end of a cell, as cell.js does it.
private struct Typist {
  /// The cell in the session.
  struct Session {
    var text = ""
    var taken = TakenEdits()
  }

  var text = ""
  private var base = ""
  /// What was sent and is not answered.
  private(set) var sent: [(number: Int, text: String, base: String)] = []
  private var arrived = 0
  private var number = 0

  mutating func send() {
    number += 1
    sent.append((number, text, sent.last?.text ?? base))
  }

  /// The next edits come to the session; their answers wait.
  mutating func arrive(at session: inout Session, count: Int) {
    for edit in sent.dropFirst(arrived).prefix(count) {
      session.text = TextMerge.merged(edit.base, mine: edit.text, theirs: session.text)
      session.taken.take(edit.number, of: "typist")
      arrived += 1
    }
  }

  /// The answers to what has come.
  mutating func answer(from session: Session) {
    let isAll = arrived == sent.count
    if arrived > 0 { base = sent[arrived - 1].text }
    sent.removeFirst(arrived)
    arrived = 0
    if isAll { join(session.text) }
  }

  /// Another connection: what had not come is lost, and so are the answers.
  mutating func comeAgain(to session: Session) {
    if let last = sent.last(where: { $0.number <= session.taken.last(of: "typist") ?? 0 }) { base = last.text }
    (sent, arrived) = ([], 0)
    join(session.text)
  }

  private mutating func join(_ theirs: String) {
    text = TextMerge.merged(base, mine: text, theirs: theirs)
    base = theirs
  }
}
