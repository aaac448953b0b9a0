import Base
import Testing

@Suite struct HarmlessTextTests {
  @Test func whatSteersATerminalIsShownAsASign() {
    #expect("\u{1B}[2J\u{1B}]0;title\u{7}".harmless == "␛[2J␛]0;title␇")
    #expect("a\nb\tc\r\nd\re\u{7F}\u{8}".harmless == "a␊b␉c␊d␍e␡␈")
    #expect("a\nb\tc\r\nd\re".harmlessLines == "a\nb\tc\nd␍e")
    // C1 controls, of which U+009B does what ESC [ does, and marks of direction.
    #expect("\u{9B}31m \u{202E}gpj.exe\u{202C} \u{2066}x\u{2069} \u{200F}\u{61C}\u{2028}".harmless == "�31m �gpj.exe� �x� ���")
  }

  @Test(arguments: ["", "plain", "größer 模型 |·…", "👩‍👩‍👧 \u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", "e\u{301} می\u{200C}خواهم", "“ — ”"])
  func whatDoesNotStays(text: String) {
    #expect(text.harmless == text)
    #expect(text.harmlessLines == text)
  }
}
