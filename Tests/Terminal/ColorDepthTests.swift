import Base
import Foundation
import Testing

@testable import Terminal

private func told(_ variables: [String: String]) -> ColorDepth { ColorDepth.told { variables[$0] } }

@Suite struct ColorDepthTests {
  @Test func environmentChoosesTheDepth() {
    #expect(told(["TERM": "xterm-256color"]) == .indexed)
    #expect(told(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == .full)
    #expect(told(["TERM": "xterm-kitty"]) == .full)
    #expect(told(["TERM": "xterm"]) == .named)
    #expect(told(["TERM": "xterm", "XTERM_VERSION": "XTerm(379)"]) == .indexed)
    #expect(told(["TERM": "screen", "XTERM_VERSION": "XTerm(379)"]) == .named)
    #expect(told(["TERM": "vt100"]) == .none)
  }

  /// As WCAG 2 defines it, for the colors of the cube and the grays.
  private func contrast(_ index: Int, to ground: Double) -> Double {
    let levels = [0.0, 95, 135, 175, 215, 255]
    let shade = Double(8 + 10 * (index - 232))
    let cube = index - 16
    let channels = index >= 232 ? [shade, shade, shade] : [levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]]
    let linear = channels.map { $0 / 255 <= 0.04045 ? $0 / 255 / 12.92 : pow(($0 / 255 + 0.055) / 1.055, 2.4) }
    let light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (max(light, ground) + 0.05) / (min(light, ground) + 0.05)
  }

  @Test(arguments: TextPalette.Ink.allCases) func textCanBeReadOnBlackAndOnWhite(_ ink: TextPalette.Ink) {
    let index = TextPalette.indexed(ink)
    #expect(contrast(index, to: 0) > 3.8 && contrast(index, to: 1) > 3.8)
    #expect(TextPalette(hasManyColors: true).code(ink) == "38;5;\(index)")
  }

  @Test func amongSixteenColorsTheGroundDecides() {
    func ground(_ variables: [String: String]) -> TextPalette.Ground { TextPalette.ground { variables[$0] } }
    #expect(ground(["COLORFGBG": "0;15"]) == .light && ground(["COLORFGBG": "0;default;7"]) == .light)
    #expect(ground(["COLORFGBG": "15;0"]) == .dark && ground(["COLORFGBG": "7;8"]) == .dark)
    #expect(ground(["TERM": "linux"]) == .dark && ground(["TERM": "xterm"]) == .unknown)
    let codes = [TextPalette.Ground.dark, .light, .unknown].map { TextPalette(hasManyColors: false, ground: $0).code(.cyan) }
    #expect(codes == ["36", "34", "94"])
    #expect(TextPalette(hasManyColors: false).code(.faint) == "90")
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
