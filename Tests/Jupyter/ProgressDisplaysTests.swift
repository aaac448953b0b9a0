import Formats
import Interpreter
import Testing

@testable import Jupyter

@Suite struct ProgressDisplaysTests {
  private func state(_ done: Int, isFinished: Bool = false) -> Progress {
    Progress(title: "step", done: done, total: 100, note: "d <1", isFinished: isFinished)
  }

  private func forms(_ content: [String: JSON]?) -> [String: String] {
    guard case .object(let data)? = content?["data"] else { return [:] }
    return data.dictionary.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
  }

  @Test func aLongWorkIsShownAndLeavesALine() {
    var displays = ProgressDisplays()
    #expect(displays.note(state(0), now: 10) == nil)
    let first = displays.note(state(10), now: 11)
    #expect(first != nil && first?.key == nil)
    #expect(forms(first?.content)["text/plain"] == "step 10/100  10%  10.0/s  0:09 left  d <1")
    #expect(forms(first?.content)["text/html"]?.contains("<progress max=\"100\" value=\"10\"") == true)
    #expect(forms(first?.content)["text/html"]?.contains("d &lt;1") == true)
    displays.setKey("k", of: "step")
    // Not for each step.
    #expect(displays.note(state(11), now: 11.01) == nil)
    #expect(displays.note(state(20), now: 12)?.key == "k")
    let last = displays.note(state(100, isFinished: true), now: 20)
    #expect(last?.key == "k")
    #expect(forms(last?.content) == ["text/plain": "step 100: 100 in 0:10, 10.0/s  d <1"])
    #expect(displays.endAll().isEmpty)
  }

  @Test func aShortWorkIsNotShown() {
    var displays = ProgressDisplays()
    #expect(displays.note(state(0), now: 10) == nil)
    #expect(displays.note(state(100, isFinished: true), now: 10.2) == nil)
    #expect(displays.endAll().isEmpty)
  }

  @Test func oneThatBreaksOffLeavesALine() {
    var displays = ProgressDisplays()
    _ = displays.note(state(0), now: 10)
    _ = displays.note(state(30), now: 13)
    displays.setKey("k", of: "step")
    #expect(displays.endAll().map(\.key) == ["k"])
  }
}
