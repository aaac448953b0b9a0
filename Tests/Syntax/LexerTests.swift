import Syntax
import Testing

@Suite struct LexerTests {
  private func pieces(_ text: String) -> [String] {
    let source = Source(name: "", text: text)
    return Lexer.tokens(in: text).dropLast().map { "\($0.role):\(source.text(of: $0.span))" }
  }

  @Test func tokensCarryTheirRole() {
    #expect(
      pieces("x = 1.5 # one") == ["name:x", "operator:=", "number:1.5", "comment:# one"])
    #expect(
      pieces("if a { f \"b{c:.3}\" }") == [
        "keyword:if", "name:a", "bracket:{", "name:f", "string:\"", "string:b", "bracket:{", "name:c", "string::.3", "bracket:}",
        "string:\"", "bracket:}",
      ])
    #expect(pieces("## doc\nnone..true") == ["comment:## doc", "constant:none", "operator:..", "constant:true"])
    #expect(pieces("$ ∇") == ["invalid:$", "invalid:∇"])
  }

  @Test func unfinishedTextStillGivesTokens() {
    #expect(pieces("f \"abc") == ["name:f", "string:\"", "string:abc", "string:"])
    #expect(pieces("f \"\"\"abc\n") == ["name:f", "string:\"\"\"", "string:abc\n"])
    #expect(
      pieces("load \"a{x.") == ["name:load", "string:\"", "string:a", "bracket:{", "name:x", "operator:.", "bracket:", "string:"])
    #expect(pieces("") == [])
  }

  @Test func theRangeOfTwoNumbersIsNoFraction() {
    #expect(pieces("1..3") == ["number:1", "operator:..", "number:3"])
    #expect(pieces("1.5..2.5") == ["number:1.5", "operator:..", "number:2.5"])
    #expect(pieces("x.y..z") == ["name:x", "operator:.", "name:y", "operator:..", "name:z"])
  }

  @Test func tokensLieBesideOneAnotherInTheText() {
    for text in Samples.all {
      var end: Int32 = 0
      for token in Lexer.tokens(in: text) {
        #expect(token.span.lower >= end && token.span.upper >= token.span.lower && token.span.upper <= text.utf8.count)
        end = token.span.upper
      }
    }
  }
}
