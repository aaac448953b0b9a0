import Foundation
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// Measures of quality, held to NumPy, SciPy, scikit-learn and POT in float64: see `Tests/Fixtures/measures.py`.
  @Suite struct MeasureTests {
    /// How the samples of each group come to be, in the language.
    static let samples = [
      "vectors": "x = data.x; y = data.y",
      "points": "x = data.points; y = data.true_points",
      "digits": "\(digits); x = maximum(rows[0..1000], rows[3000..4000]); y = rows[1000..2000]",
      "digits_floor": "\(digits); x = rows[2000..3000]; y = rows[1000..2000]",
      "logits": "",
      "far": "x = data.far_x; y = data.far_y",
      "near": "x = data.near_x; y = data.near_y",
      "small": "x = data.small_x; y = data.small_y",
      "large": "x = data.large_x; y = data.large_y",
      "same": "x = data.same_x; y = data.same_y",
      "two": "x = data.two_x; y = data.two_y",
    ]
    private static let digits = "rows = flatten(load(\"\(ScriptCase.root.path)/examples/data/digits\").images)"

    @Test(arguments: samples.keys.sorted())
    func agreesWithTheUsualLibraries(_ group: String) throws {
      let folder = ScriptCase.root.appending(path: "Tests/Fixtures")
      let all = try JSONDecoder().decode(
        [String: [String: Double]].self, from: Data(contentsOf: folder.appending(path: "measures.json")))
      let expected = try #require(all[group]).sorted { $0.key < $1.key }
      let text = """
        use gan
        data = load("\(folder.path)/measures.npz")
        \(Self.samples[group] ?? "")
        \(expected.map { "print \($0.key)" }.joined(separator: "\n"))
        """
      let (output, diagnostic) = try Recorder.run(Source(name: "measures.gan", text: text))
      #expect(diagnostic == nil, "\(diagnostic.map { DiagnosticRenderer().render($0) } ?? "")")
      try #require(output.count == expected.count)
      for ((expression, value), line) in zip(expected, output) {
        let found = try #require(Double(line))
        #expect(abs(found - value) <= 1e-4 * abs(value), "\(group): \(expression) is \(found), not \(value)")
      }
    }
  }
}
