import Testing

@testable import Terminal

private func told(_ variables: [String: String]) -> ColorDepth { ColorDepth.told { variables[$0] } }

@Suite struct ColorDepthTests {
  @Test func environmentChoosesTheDepth() {
    #expect(told(["TERM": "xterm-256color"]) == .indexed)
    #expect(told(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == .full)
    #expect(told(["TERM": "xterm-kitty"]) == .full)
    #expect(told(["TERM": "xterm"]) == .named)
    #expect(told(["TERM": "vt100"]) == .none)
  }

  @Test func noColorsWhereNoneAreWanted() {
    #expect(told(["TERM": "xterm-256color", "NO_COLOR": "1"]) == .none)
    #expect(told(["TERM": "dumb", "COLORTERM": "truecolor"]) == .none)
    #expect(told([:]) == .none)
  }

  @Test func emptyNoColorCountsAsUnset() {
    #expect(told(["TERM": "xterm", "NO_COLOR": ""]) == .named)
  }

  @Test func localeTellsAboutUnicode() {
    #expect(Screen.isUnicode { ["LANG": "de_DE.UTF-8"][$0] })
    #expect(Screen.isUnicode { ["LC_ALL": "C.utf8", "LANG": "en_US.ISO-8859-1"][$0] })
    #expect(!Screen.isUnicode { ["LANG": "en_US.ISO-8859-1"][$0] })
    #expect(Screen.isUnicode { _ in nil })
  }
}
