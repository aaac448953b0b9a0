import Foundation
import LabPage
import Testing

@Suite struct PageFileTests {
  /// What the program holds.
  private var held: [String: Data] {
    let files = UnsafeBufferPointer(start: lab_page_files(), count: lab_page_file_count)
    return Dictionary(uniqueKeysWithValues: files.map { (String(cString: $0.path), Data(bytes: $0.text, count: $0.length)) })
  }

  /// See `Sources/LabPage/embed`.
  @Test func everyFileOfTheFolderIsServed() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../Sources/LabPage/page").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(held.keys) == Set(names.map { $0 == "page.html" ? "/" : "/\($0)" }), "Sources/LabPage/embed makes the list anew")
    for name in names {
      #expect(held[name == "page.html" ? "/" : "/\(name)"] == (try Data(contentsOf: folder.appending(path: name))), "\(name)")
    }
  }

  /// Beside the editor, and the game, which is fetched when there is a run.
  @Test func thePageIsSmall() {
    let later: Set = [
      "/editor.js", "/suggestions.js", "/game.js", "/stage.js", "/landscape.js", "/pictures.js", "/curves.js", "/networks.js",
      "/knobs.js", "/histograms.js", "/ticks.js", "/palette.js",
    ]
    #expect(later.isSubset(of: held.keys))
    #expect(held.filter { !later.contains($0.key) }.values.map(\.count).reduce(0, +) <= 100_000)
  }
}
