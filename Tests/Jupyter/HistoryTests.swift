import Formats
import Testing

@testable import Jupyter

@Suite struct HistoryTests {
  private var history: History {
    var history = History()
    for (number, text) in ["a = 1", "b = 2", "a + b", "a = 1"].enumerated() { history.append(text, line: number + 1) }
    history.setResult("3", line: 3)
    return history
  }

  private func lines(_ content: String) throws -> [Double] {
    let request = try #require(Request.example("history_request", content: content))
    guard case .array(let entries)? = history.answer(to: request)["history"] else { return [] }
    return entries.compactMap { entry in
      guard case .array(let parts) = entry, case .number(let line) = parts[1] else { return nil }
      return line
    }
  }

  @Test func tailRangeAndSearch() throws {
    #expect(try lines(#"{"hist_access_type":"tail","n":2}"#) == [3, 4])
    #expect(try lines(#"{"hist_access_type":"tail","n":-2}"#) == [])
    #expect(try lines(#"{"hist_access_type":"range","session":0,"start":2,"stop":4}"#) == [2, 3])
    #expect(try lines(#"{"hist_access_type":"range","session":7,"start":2,"stop":4}"#) == [])
    #expect(try lines(#"{"hist_access_type":"search","pattern":"a*"}"#) == [1, 3, 4])
    #expect(try lines(#"{"hist_access_type":"search","pattern":"a*","unique":true}"#) == [3, 4])
    #expect(try lines(#"{"hist_access_type":"search","pattern":"?*2","n":1}"#) == [2])
    #expect(try lines(#"{"hist_access_type":"search","pattern":"a"}"#) == [])
  }

  @Test func resultsStandBesideTheirTexts() throws {
    let request = try #require(
      Request.example("history_request", content: #"{"hist_access_type":"range","start":3,"output":true}"#))
    #expect(history.answer(to: request)["history"]?.text == #"[[1,3,["a + b","3"]],[1,4,["a = 1",null]]]"#)
  }
}
