import Testing

@testable import Terminal

@Suite struct PagerTests {
  private func command(_ variables: [String: String], there: Set<String> = []) -> String? {
    Pager.command({ variables[$0] }, isThere: there.contains)
  }

  @Test func theWishGoesBeforeLess() {
    #expect(command(["PAGER": "most -s", "PATH": "/bin"], there: ["/bin/less"]) == "most -s")
    #expect(command(["PATH": "/x:/bin"], there: ["/bin/less"]) == "less")
    #expect(command(["PAGER": " ", "PATH": "/bin"], there: ["/bin/less"]) == "less")
  }

  @Test func withoutOneTheTextIsPrinted() {
    #expect(command(["PATH": "/x"], there: ["/bin/less"]) == nil)
    #expect(command(["PAGER": "cat"], there: ["/bin/less"]) == nil)
  }
}
