import Foundation
import Syntax
import Testing

/// Files in `Golden/` that hold, for each case, a title, a source, and what is rendered for it.
/// Run the tests with `RECORD=1` to write down what comes out now; such a run fails, so that no one forgets to look at it.
struct Golden {
  struct Case {
    var title: String
    var source: String
    var rendered: String
  }

  static let isRecording = ProcessInfo.processInfo.environment["RECORD"] != nil
  private static let caseMark = "═══ "
  private static let renderedMark = "───"
  let path: String

  init(_ name: String, file: String = #filePath) {
    path = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden/\(name).txt").path
  }

  func cases() throws -> [Case] {
    var cases: [Case] = []
    var inSource = true
    for line in try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n") {
      if line.hasPrefix(Self.caseMark) {
        cases.append(Case(title: String(line.dropFirst(Self.caseMark.count)), source: "", rendered: ""))
        inSource = true
      } else if line == Self.renderedMark {
        inSource = false
      } else if !cases.isEmpty {
        if inSource { cases[cases.count - 1].source += line + "\n" } else { cases[cases.count - 1].rendered += line + "\n" }
      }
    }
    for index in cases.indices {
      while cases[index].rendered.hasSuffix("\n\n") || cases[index].rendered == "\n" { cases[index].rendered.removeLast() }
    }
    return cases
  }

  /// Holds every case against what `render` makes of its source.
  func check(_ render: (String) -> String) throws {
    var cases = try cases()
    for index in cases.indices {
      let found = render(cases[index].source)
      if !Self.isRecording {
        #expect(found == cases[index].rendered, "\(cases[index].title)\n\(found)")
      }
      cases[index].rendered = found
    }
    guard Self.isRecording else { return }
    let text = cases.map { "\(Self.caseMark)\($0.title)\n\($0.source)\(Self.renderedMark)\n\($0.rendered)\n" }.joined()
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    Issue.record("recorded \(path): look at the difference, then run again without RECORD")
  }
}
