import Syntax
import Testing

@Suite struct SyntaxErrorTests {
  private func render(_ text: String) -> String {
    // The last newline belongs to the golden file: a text that breaks off must be able to end in the middle of a line.
    let source = Source(name: "test.gan", text: String(text.dropLast()))
    let renderer = DiagnosticRenderer(style: .plain, width: 100)
    switch Parser.parse(source) {
    case .complete: return "complete\n"
    case .incomplete(let incompleteness):
      return "awaiting \(incompleteness.awaited), indented by \(incompleteness.depth)\n"
        + renderer.render(incompleteness.diagnostic)
    case .invalid(let diagnostics): return diagnostics.map(renderer.render).joined()
    }
  }

  @Test(arguments: ["errors", "habits", "characters", "strings", "incomplete", "recovery"])
  func looksLikeItsGoldenFile(_ name: String) throws { try Golden(name).check(render) }
}
