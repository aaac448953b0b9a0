import Testing

@testable import Base

@Suite struct NumberTextTests {
  @Test(arguments: [
    (1.0, "1"), (-0.0, "0"), (0.1, "0.1"), (1e20, "100000000000000000000"), (1e21, "1e21"), (1.25e-7, "1.25e-7"),
    (123456.789, "123456.789"), (5e-324, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e308"), (-2.5, "-2.5"),
    (0.00001, "0.00001"), (9007199254740993, "9007199254740992"), (1e15 + 0.5, "1000000000000000.5"),
  ])
  func numbersAreWrittenAsShortAsTheyCanBeReadBack(_ number: Double, _ text: String) {
    #expect(NumberText.shortest(number) == text)
    if number != 0 { #expect(Double(text) == number) }
  }

  @Test func decimalsAreRoundedCorrectly() {
    #expect(NumberText.fixed(0.125, decimals: 2) == "0.12")
    #expect(NumberText.fixed(2.675, decimals: 2) == "2.67")
    #expect(NumberText.fixed(1e300, decimals: 1).hasSuffix(".0"))
    #expect(NumberText.fixed(.infinity, decimals: 2) == "infinity")
    #expect(NumberText.exponent(12345, decimals: 2) == "1.23e4")
    #expect(NumberText.exponent(0.00012, decimals: 1) == "1.2e-4")
  }
}
