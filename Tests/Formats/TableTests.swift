import Testing

@testable import Formats

struct TableTests {
  private func decode(_ text: String) throws -> CSV { try CSV.decode(Array(text.utf8), path: "a.csv") }

  @Test func headerQuotesRemarksAndEmptyFieldsAreUnderstood() throws {
    let csv = try CSV.read(Fixture.path("table.csv"))
    #expect(csv.header == ["x", "y, the \"second\"", "z"])
    #expect(csv.table.shape == [3, 3])
    #expect(csv.table.values[0..<4] == [1, 2.5, -300, 4])
    #expect(csv.table.values[4].isNaN)
    #expect(csv.table.values[5...] == [.infinity, 7, 8, 16])
  }

  @Test func numPysTablesAreRead() throws {
    let csv = try CSV.read(Fixture.path("numpy.csv"))
    #expect(csv.header == nil)
    #expect(csv.table.values == [0, 1, 2, 100, 120, 127].map { Float($0) / 7 })
  }

  @Test(arguments: ["1;2\n3;4", "1\t2\n3\t4\n", "\u{feff}1,2\r\n3,4\r\n", " 1 , 2 \n3,4\n\n"])
  func separatorsAndLineEndsOfAllKindsAreRead(text: String) throws {
    #expect(try decode(text).table == NumericArray(shape: [2, 2], values: [1, 2, 3, 4]))
  }

  @Test func oneColumnIsATable() throws {
    #expect(try decode("loss\n1\n2\n") == CSV(header: ["loss"], table: NumericArray(shape: [2, 1], values: [1, 2])))
  }

  @Test(arguments: [
    ("1,2\n3\n", "Line 2 has 1 field, the first row has 2."), ("a,b\n1,2\n\n# c\n3,x\n", "Line 5, column 2: “x”."),
    ("1,2\n\"3,4\n", "It begins in line 2."), ("1\n\"2\"3\n", "See line 2."), ("", "It holds no row of numbers."),
    ("a,b\n", "It holds no row of numbers."),
  ])
  func errorsNameTheLine(text: String, advice: String) {
    #expect(formatError { _ = try decode(text) }?.advice == advice)
  }

  @Test func aTableComesBackAsWritten() throws {
    let csv = CSV(header: ["a", "b,c"], table: NumericArray(shape: [2, 2], values: [1, 0.1, -.infinity, 1e-20]))
    try Fixture.withFolder { folder in
      try csv.write(to: "\(folder)/a.csv")
      #expect(try CSV.read("\(folder)/a.csv") == csv)
      #expect(try FileBytes.read("\(folder)/a.csv") == Array("a,\"b,c\"\n1,0.1\n-inf,1e-20\n".utf8))
    }
  }
}
