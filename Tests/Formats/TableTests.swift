import Testing

@testable import Formats

struct TableTests {
  private func decode(_ text: String) throws -> NumericArray { try CSV.decode(Array(text.utf8), path: "a.csv") }

  private func table(_ text: String) throws -> CSVTable? {
    if case .named(let table) = try CSV.contents(of: Array(text.utf8), path: "a.csv").table { table } else { nil }
  }

  @Test func headerQuotesRemarksAndEmptyFieldsAreUnderstood() throws {
    let array = try CSV.read(Fixture.path("table.csv"))
    #expect(array.shape == [3, 3])
    #expect(array.values[0..<4] == [1, 2.5, -300, 4])
    #expect(array.values[4].isNaN)
    #expect(array.values[5...] == [.infinity, 7, 8, 16])
    let table = try #require(try CSVTable.read(Fixture.path("table.csv")))
    #expect(table.names == ["x", "y, the \"second\"", "z"])
    #expect(table.columns[0] == [.number(1), .number(4), .number(7)])
    #expect(table.columns[1] == [.number(2.5), .empty, .number(8)])
    // 0x10 is a number to NumPy's readers alone: in a column it looks like the name of something.
    #expect(table.columns[2] == [.text("-3e2"), .text("inf"), .text("0x10")])
  }

  @Test func numPysTablesAreRead() throws {
    #expect(try CSVTable.read(Fixture.path("numpy.csv")) == nil)
    #expect(try CSV.read(Fixture.path("numpy.csv")).values == [0, 1, 2, 100, 120, 127].map { Float($0) / 7 })
  }

  @Test(arguments: ["1;2\n3;4", "1\t2\n3\t4\n", "\u{feff}1,2\r\n3,4\r\n", " 1 , 2 \n3,4\n\n"])
  func separatorsAndLineEndsOfAllKindsAreRead(text: String) throws {
    #expect(try decode(text) == NumericArray(shape: [2, 2], values: [1, 2, 3, 4]))
  }

  @Test func separatorsWithinQuotesDoNotCount() throws {
    #expect(try table("\"a;b;c;d\",e\n1,2\n") == CSVTable(names: ["a;b;c;d", "e"], columns: [[.number(1)], [.number(2)]]))
  }

  @Test func numbersOfAnyLengthAreRead() throws {
    let long = [String(repeating: "1", count: 38), "0." + String(repeating: "3", count: 60)]
    let text = (["9999999", "99999999", "12345678901234567890123"] + long).joined(separator: "\n")
    #expect(try decode(text).values == [9_999_999, 1e8, 1.2345679e22, 1.1111111e37, 1 / 3])
  }

  @Test func oneColumnIsATable() throws {
    #expect(try decode("loss\n1\n2\n") == NumericArray(shape: [2, 1], values: [1, 2]))
    #expect(try table("loss\n1\n2\n") == CSVTable(names: ["loss"], columns: [[.number(1), .number(2)]]))
  }

  @Test(arguments: [
    ("1,2\n3\n", "Line 2 has 1 field, the first row has 2."), ("a,b\n1,2\n\n# c\n3,x\n", "Line 5, column 2: “x”."),
    ("1,2\n\"3,4\n", "It begins in line 2."), ("1\n\"2\"3\n", "See line 2."), ("", "It holds no row of numbers."),
    ("a,b\n", "It holds no row of numbers."), ("\"a\nb\",c\n1,2\n3\n", "Line 4 has 1 field, the first row has 2."),
  ])
  func errorsNameTheLine(text: String, advice: String) {
    #expect(formatError { _ = try decode(text) }?.advice == advice)
  }

  @Test func numbersComeBackAsWritten() throws {
    let array = NumericArray(shape: [2, 2], values: [1, 0.1, -.infinity, 1e-20])
    try Fixture.withFolder { folder in
      try CSV.write(array, to: "\(folder)/a.csv")
      #expect(try CSV.read("\(folder)/a.csv") == array)
      #expect(try FileBytes.read("\(folder)/a.csv") == Array("1,0.1\n-inf,1e-20\n".utf8))
    }
  }

  @Test func aNamedTableComesBackAsWritten() throws {
    let words: [CSVTable.Cell] = [
      "", "none", "true", "12", "inf", " a", "b ", "#", "c,d;e\tf", "\"", "\"\u{301}g", "1\r\n2", "λ", "0x1F",
    ].map {
      .text($0)
    }
    let others: [CSVTable.Cell] = [
      .empty, .number(0.1), .number(-.infinity), .number(1e-300), .boolean(true), .boolean(false), .number(16_777_217),
      .number(1 / 3), .number(-0.0), .empty, .number(5e-324), .number(1e300), .number(-1), .number(0),
    ]
    let table = CSVTable(names: ["a;b;c", "2"], columns: [words, others])
    try Fixture.withFolder { folder in
      let path = "\(folder)/a.csv"
      func comesBack(_ table: CSVTable) throws {
        try table.write(to: path)
        #expect(try CSVTable.read(path) == table)
      }
      try comesBack(table)
      try comesBack(CSVTable(names: ["loss"], columns: [[.empty, .text("1"), .text("none"), .empty]]))
      try comesBack(
        CSVTable(names: ["a"], columns: [[.text("NA"), .empty, .text("none"), .text("TRUE"), .text("007"), .text("1 2")]]))
      try comesBack(CSVTable(names: ["a|b", "c"], columns: [[.text("x"), .text("1")], [.number(1), .boolean(true)]]))
      try comesBack(CSVTable(names: ["step", "loss"], columns: [[], []]))
      try comesBack(CSVTable(names: ["0", "1"], columns: [[.number(5)], [.number(6)]]))
      try CSVTable(names: ["step", "d, g"], columns: [[.number(1), .number(2)], [.number(0.5), .empty]]).write(to: path)
      #expect(try FileBytes.read(path) == Array("step,\"d, g\"\n1,0.5\n2,\n".utf8))
      try CSVTable(names: ["x"], columns: [[.number(.nan)]]).write(to: path)
      #expect(try FileBytes.read(path) == Array("x\nnan\n".utf8))
      #expect(formatError { try CSVTable(names: ["x"], columns: [[.text("a\0b")]]).write(to: path) } != nil)
    }
    #expect(formatError { try table.write(to: "/dev/full") }?.advice == "The disk is full.")
  }

  @Test func aNamedTablesRowsAreOfOneLength() {
    #expect(formatError { _ = try table("a,b\n1,2\n3\n") }?.advice == "Line 3 has 1 field, the first row has 2.")
    #expect(formatError { _ = try table("a\0,b\n") } != nil)
  }

  @Test func whereEverythingStandsInQuotesTheyTellNothing() throws {
    #expect(try table("\"a\",\"b\"\n\"1\",\"x\"\n\"\",\"y\"\n")?.columns == [[.number(1), .empty], [.text("x"), .text("y")]])
    #expect(try table("a,\"b\"\n\"1\",\"x\"\n\"2\",\"y\"\n")?.columns[0] == [.text("1"), .text("2")])
    // Nothing in quotes beside numbers is how some programs write a missing number.
    #expect(try table("a,b,c\n1,\"\",\"\"\n2,3,4\n")?.columns[1] == [.empty, .number(3)])
  }

  @Test func theSeparatorIsWhatGivesRowsOfOneLengthAndNumbers() throws {
    #expect(try table("a;b\n1,5;x, y\n2,5;z\n")?.names == ["a", "b"])
    #expect(try table("1,5;2,5\n3,5;4,5\n") == nil, "numbers with commas in front of their decimals")
    #expect(try table("a;1,5\nb;2,5\na;3\n")?.columns[1] == [.number(1.5), .number(2.5), .number(3)])
    #expect(try table("a;b,1,2\nc;d,3,4\na;b,1,2\n")?.columns.count == 3)
    #expect(try table("say\nhello world\nwell\n")?.columns == [[.text("hello world"), .text("well")]])
    #expect(try table("x y\n1 2\n")?.names == ["x", "y"])
    #expect(try table("k|v\na|1,2\nb|3\n")?.names == ["k", "v"])
  }

  @Test func blanksAroundTextsBelongToThem() throws {
    #expect(
      try table("a , b\n x,1\ny , 2 \n")
        == CSVTable(names: ["a", "b"], columns: [[.text(" x"), .text("y ")], [.number(1), .number(2)]]))
  }

  @Test func bytesThatAreNotUTF8AreToldWithTheirPlace() {
    for bytes: [UInt8] in [
      [0xff], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc3], [0xe2, 0x82], [0x80],
    ] {
      let file = Array("aé,b\nüx".utf8) + bytes
      let error = formatError {
        _ = try CSVTable.decode(CSVGuess(file, CSV.Options(), path: "a.csv"), CSV.Options(), path: "a.csv")
      }
      #expect(error?.title == "the text is not UTF-8")
      #expect(error?.advice.hasPrefix("Line 2, column 3 holds the byte ") == true, "\(error?.advice ?? "")")
    }
    #expect(TextEncoding.firstInvalid(Array("é€😀\u{d7ff}\u{e000}\u{10ffff}".utf8)) == nil)
  }

  /// The names of the columns; nil for a table of numbers that has none.
  private func names(_ text: String) throws -> [String]? { try table(text)?.names }

  private func notes(_ text: String) throws -> [CSV.Note] { try CSV.contents(of: Array(text.utf8), path: "a.csv").notes }

  /// What pandas writes of a frame whose columns have no names, and of one whose columns are years.
  @Test func numbersThatCountTheColumnsAreNames() throws {
    #expect(try names(",0,1\n0,1.0,0.0\n1,0.0,1.0\n") == ["Unnamed: 0", "0", "1"])
    #expect(try table(",0,1\n0,5,6\n1,7,8\n")?.columns[2] == [.number(6), .number(8)])
    #expect(try names(",2020,2021\nx,1,2\n") == ["Unnamed: 0", "2020", "2021"])
    #expect(try names(",0\n0,1.5\n1,2.5\n") == ["Unnamed: 0", "0"])
    #expect(try names("0,1,2\n0.5,1.5,2.0\n,5e-3,nan\n") == ["0", "1", "2"])
    #expect(try names("0,1\n5.1,setosa\n4.9,virginica\n") == ["0", "1"])
    #expect(try decode("2020,2021\n1.5,2.5\n") == NumericArray(shape: [1, 2], values: [1.5, 2.5]))
    #expect(try notes("0,1\n0.5,1.5\n") == [.numbersAsNames("0")])
  }

  @Test(arguments: [
    "1,2,3\n4,5,6\n", "1,2,3\n4.5,5.5,6\n", "3,1,2\n0.5,1.5,2.5\n", "0.0,1.0\n0.5,1.5\n", ",5\n3,4\n", ",1,2\n,3,4\n",
    "0,1\n", "1\n0.5\n", "2020,2021\n1,2\n", ",3,2\n3,4,5\n",
  ])
  func otherRowsOfNumbersAreNumbers(text: String) throws {
    #expect(try table(text) == nil)
  }

  @Test func numbersThatMayAsWellBeNamesAreTold() throws {
    #expect(try notes("2020,2021,2022,2023\n1,2,3,4\n") == [.numbersAsRow("2020, 2021, 2022")])
    for text in ["1,2\n3,4\n", "0,1\n", "0,2\n5,1\n0,3\n", "1\n2\n5\n", "3,1\n5,6\n", "0.0,1\n0.5,2\n"] {
      #expect(try notes(text) == [], "\(text)")
    }
  }

  /// A table of numbers comes back with all of its rows, also where the first one counts up.
  @Test(arguments: [([0, 1, 0.5, 0.25], "0.0,1\n0.5,0.25\n"), ([1, 2, 3, 4], "1,2\n3,4\n")])
  func aWrittenRowOfNumbersIsNotReadAsNames(values: [Float], text: String) throws {
    try Fixture.withFolder { folder in
      let array = NumericArray(shape: [2, 2], values: values)
      try CSV.write(array, to: "\(folder)/a.csv")
      #expect(try FileBytes.read("\(folder)/a.csv") == Array(text.utf8))
      #expect(try CSV.contents("\(folder)/a.csv") == CSV.Contents(table: .numbers(array)))
    }
  }

  /// NumPy's `savetxt(header: …)`, with more lines above the names.
  @Test func namesStandInTheLastRemarkThatFits() throws {
    #expect(try names("# made by me\n# a,b\n1,2\n") == ["a", "b"])
    #expect(try names("# 2020, March\n# a,\"b, c\"\n#\n1,2\n") == ["a", "b, c"])
    #expect(try names("# made 2020\n# x y z\n1 2 3\n4 5 6\n") == ["x", "y", "z"])
    #expect(try names("# 0,1\n5,6\n") == ["0", "1"])
    #expect(try names("# made by me\n1,2\n3,4\n") == nil)
    #expect(try names("# made, by me\na,b\n1,2\n") == ["a", "b"])
    #expect(try table("# loss\n1\n2\n") == nil)
    #expect(try decode("# a,b\n1,2\n# c,d\n3,4\n").values == [1, 2, 3, 4])
  }

  @Test func rowsMayHaveNamesOfTheirOwn() throws {
    let columns: [[CSVTable.Cell]] = [[.text("x"), .text("y")], [.number(1), .number(3)], [.number(2), .number(4)]]
    let expected = CSVTable(names: ["Unnamed: 0", "a", "b"], columns: columns)
    #expect(try table("a,b\nx,1,2\ny,3,4\n") == expected)
    #expect(try table("\"a\" \"b\"\n\"x\" 1 2\n\"y\" 3 4\n") == expected, "R's write.table")
    #expect(try names("a b\n1 1 2\n2 3 4\n") == ["Unnamed: 0", "a", "b"])
    #expect(try table("\"\",\"a\"\n\"x\",1\n")?.names == ["Unnamed: 0", "a"], "R's write.csv")
    #expect(formatError { _ = try table("a,b\n1,2\n3,4,5\n") }?.advice == "Line 3 has 3 fields, the first row has 2.")
    #expect(try notes("a,b\nx,1,2\ny,3,4\n") == [.namesOfRows])
    var commas = CSV.Options()
    commas.separator = .byte(UInt8(ascii: ","))
    for text in ["a,b\n1,2,3\n4,5\n", "a,b\n1,2,3\n", "a,b\n1,2,3\n1,4,5\n", "price\n1,200\n15,000\n"] {
      #expect(formatError { _ = try CSV.contents(of: Array(text.utf8), commas, path: "a") } != nil, "\(text)")
    }
    #expect(formatError { _ = try decode("1,2\n3,4,5\n") } != nil)
  }

  @Test func rowsMayEndWithASeparator() throws {
    #expect(try table("a,b\n1,2,\n3,,\n")?.columns == [[.number(1), .number(3)], [.number(2), .empty]])
    #expect(try decode("a,b\n1,2,\n3,4,\n").values == [1, 2, 3, 4])
    #expect(try table("a,b,\n1,2,\n")?.names == ["a", "b", "Unnamed: 2"])
  }

  @Test func linesAboveTheNamesArePassedOver() throws {
    let text = "Sales of the year\nin 1000\n\nmonth,sum\nMay,5\nJune,6\n"
    #expect(
      try table(text) == CSVTable(names: ["month", "sum"], columns: [[.text("May"), .text("June")], [.number(5), .number(6)]]))
    #expect(try notes(text) == [.titles("Sales of the year", count: 2)])
    // Texts with a comma are no rows of two cells.
    #expect(try table("say\nwell, well\nhello, world\n")?.columns.count == 1)
    #expect(try table("x\n1,5\n2,5\n")?.names == ["x"])
  }

  @Test func blanksAloneAreATextBesideTexts() throws {
    #expect(try table("a,b\nx, \ny,z\nw,\n")?.columns[1] == [.text(" "), .text("z"), .empty])
    #expect(try table("a,b\nx, \ny,2\n")?.columns[1] == [.empty, .number(2)])
  }

  @Test func tablesOfQuotedNumbersHaveNoNames() throws {
    #expect(try table("\"1\",\"2\"\n\"3\",\"4\"\n") == nil)
    #expect(try decode("\"1\",\"2\"\n\"3\",\"4\"\n").values == [1, 2, 3, 4])
    #expect(try table("\"1\",\"2\"\n3,4\n")?.names == ["1", "2"])
  }
}
