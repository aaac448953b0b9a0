import Syntax
import Testing

@Suite struct StringTests {
  @Test(arguments: [
    (#""a\n\t\\\"\{\}\u{1F600}""#, #""a\n\t\\\"{}😀""#), (#""{x}""#, #""{x}""#), (#""a{x:.3}b""#, #""a{x:}b""#),
    (#""{"{"inner"}"}""#, #""{"{"inner"}"}""#),
    (#""{f(x, y: 1)}""#, #""{f(x, y: 1)}""#), (#""{{a: 1}.a}""#, #""{{a: 1}rec.a}""#), (#""{x[1..]}""#, #""{x[(1..)]}""#),
    (#""""#, #""""#),
    (#""a } b""#, #""a } b""#), (#""{ x }""#, #""{x}""#), ("\"# no comment\"", "\"# no comment\""),
    ("\"\"\"\n    a\n      b\n    \"\"\"", #""a\n  b""#), ("\"\"\"\n  a\n\n  {x}\n  \"\"\"", #""a\n\n{x}""#),
    ("\"\"\"a\n  b\"\"\"", #""a\nb""#),
    ("\"\"\"\n  say \"hi\"\n  \"\"\"", #""say \"hi\"""#), ("\"\"\"\n  {f(\n 1)}\n\"\"\"", #""  {f(1)}""#),
    ("\"\"\"\n\"\"\"", #""""#), ("\"\"\"\"\"\"", #""""#),
    ("\"\"\"\n\ta\n\tb\n\t\"\"\"", #""a\nb""#), ("\"\"\"\r\n  a\r\n  b\r\n  \"\"\"", #""a\r\nb""#),
    (#""\u{48}\u{65}""#, #""He""#),
  ])
  func areRead(_ text: String, _ tree: String) { #expect(TreeText.of(text) == tree) }

  private func format(_ text: String) -> FormatSpecification? {
    guard case .complete(let program) = Parser.parse(Source(name: "", text: "\"{x:\(text)}\"")),
      case .expression(let value) = program.statements.first?.kind, case .string(let pieces) = value.kind,
      case .interpolation(_, let format) = pieces.first
    else { return nil }
    return format
  }

  @Test func formatsAreRead() throws {
    let wide = try #require(format(">+08.3e"))
    #expect(wide.alignment == .right && wide.showsPlus && wide.padsWithZeros && wide.width == 8 && wide.decimals == 3)
    #expect(wide.style == .exponent)
    let percent = try #require(format(".0%"))
    #expect(percent.style == .percent && percent.decimals == 0 && percent.width == nil && percent.alignment == nil)
    #expect(format("10")?.width == 10)
    #expect(format("0")?.width == 0)
    #expect(format("^5")?.alignment == .center)
    #expect(format(" .3")?.decimals == 3)
  }

  @Test(arguments: [".3f", "x", "99999", ".", ".500", "", " 1} {", "1, b"])
  func otherFormatsAreErrors(_ text: String) { #expect(format(text) == nil) }
}
