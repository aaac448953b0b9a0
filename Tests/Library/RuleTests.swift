import Foundation
import Testing

/// Every numbered rule of `docs/language.md` has a script of right use and one of misuse in `Tests/Scripts/rules`; `ScriptTests` runs them.
@Suite struct RuleTests {
  static let rules: [String] = {
    let document = ScriptCase.root.appending(path: "docs/language.md")
    let text = (try? String(contentsOf: document, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard line.hasPrefix("**"), let end = line.dropFirst(2).range(of: "**") else { return nil }
      let number = line.dropFirst(2)[..<end.lowerBound]
      return number.allSatisfy { $0.isNumber || $0 == "." } && number.contains(".") ? String(number) : nil
    }
  }()

  @Test func theRulesAreFound() { #expect(Self.rules.count > 60) }

  @Test(arguments: rules)
  func hasAScriptOfRightUseAndOneOfMisuse(_ rule: String) throws {
    let path = "Tests/Scripts/rules/rule_" + rule.replacingOccurrences(of: ".", with: "_")
    let right = try String(contentsOf: ScriptCase.root.appending(path: path + ".gan"), encoding: .utf8)
    #expect(right.contains("# => ") && !right.contains("# error: "))
    let misuse = try String(contentsOf: ScriptCase.root.appending(path: path + "_misuse.gan"), encoding: .utf8)
    #expect(misuse.contains("# error: "))
  }
}
