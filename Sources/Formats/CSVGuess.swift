import Base

/// What a table says of the way it is written, where nobody has told it.
struct CSVGuess {
  /// Reads the table from its first row on.
  let reader: CSVReader
  /// Whether its first row holds the names of the columns.
  let hasHeader: Bool
  /// Whether numbers stand in the row that is taken for names.
  let namesHoldNumbers: Bool
  /// Whether nobody has said so, and the first row holds numbers alone.
  let isAllNumbers: Bool
  /// What stands for a missing value.
  let missingWords: Set<String>

  private static let separators: [CSV.Options.Separator] = [
    .byte(9), .byte(UInt8(ascii: ";")), .byte(UInt8(ascii: "|")), .byte(UInt8(ascii: ",")),
  ]
  private static let sampleRows = 200

  /// - Throws: `FormatError` where the text is no table, such as one with 0 bytes.
  init(_ file: [UInt8], _ options: CSV.Options, path: String) throws {
    guard options.encoding != nil || !file.contains(0) || file.starts(with: [0xff, 0xfe]) || file.starts(with: [0xfe, 0xff])
    else {
      throw FormatError(
        title: "this is not a table", advice: "It is \(Contents.describe(Array(file.prefix(4096)))).", path: path)
    }
    let text = try TextEncoding.utf8(file, as: options.encoding, path: path)
    guard !text.contains(0) else {
      throw FormatError(
        title: "this is not a table", advice: "It holds the character \\0. See that `encoding` is right.", path: path)
    }
    self.init(text: text, options, path: path)
  }

  /// - Parameter text: in UTF-8, without a byte order mark.
  init(text: [UInt8], _ options: CSV.Options, path: String) {
    let (text, options) = CSVGuess.told(text, options)
    let comments: CSVDialect.Comments = options.comments.map { .from(Array($0.utf8)) } ?? .from([UInt8(ascii: "#")])
    let decimal = options.decimal ?? UInt8(ascii: ".")
    let whole = CSVReader(
      text, CSVDialect(separator: .byte(UInt8(ascii: ",")), comments: comments, decimal: decimal), path: path)
    var best: Candidate?
    for separator in options.separator.map({ [$0] }) ?? CSVGuess.separators {
      let candidate = Candidate(whole, separator, comments, decimal)
      if best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
    }
    if options.separator == nil, best.map({ $0.width <= 1 }) ?? true {
      let blanks = Candidate(whole, .blanks, comments, decimal)
      if blanks.isGridOfNumbers { best = blanks }
    }
    let found = best ?? Candidate(whole, .byte(UInt8(ascii: ",")), comments, decimal)
    var dialect = found.dialect
    // Alone in its column a number with a comma may as well be two cells.
    if options.decimal == nil, found.hasDecimalCommas, found.width > 1 || options.separator != nil {
      dialect.decimal = UInt8(ascii: ",")
    }
    if options.comments == nil { dialect.comments = .fitting(width: found.width, takesFirst: found.beginsWithNumbers) }
    reader = CSVReader(whole, as: dialect)
    missingWords = CSV.missingWords.union(options.missingWords).union([""])
    (hasHeader, namesHoldNumbers, isAllNumbers) = CSVGuess.header(reader, options, missingWords)
  }

  /// The text without a first line `sep=;`, with which Excel is told the separator, and the options with that.
  private static func told(_ text: [UInt8], _ options: CSV.Options) -> ([UInt8], CSV.Options) {
    let word = Array("sep=".utf8)
    guard text.count > word.count + 1, text.starts(with: word), [10, 13].contains(text[word.count + 1]),
      CSVGuess.separators.contains(.byte(text[word.count]))
    else {
      return (text, options)
    }
    var told = options
    if told.separator == nil { told.separator = .byte(text[word.count]) }
    return (Array(text[(word.count + 1)...]), told)
  }

  // MARK: Names

  /// The first row holds names unless it holds numbers alone, or numbers beside words that its columns hold again.
  private static func header(
    _ reader: CSVReader, _ options: CSV.Options, _ missing: Set<String>
  ) -> (hasHeader: Bool, namesHoldNumbers: Bool, isAllNumbers: Bool) {
    var ahead = reader
    if let header = options.header { return (header, false, false) }
    guard let first = try? ahead.nextRow() else { return (false, false, false) }
    let isMissing = first.map { missing.contains(ahead.word($0)) }
    let isNumber = first.map { ahead.number($0) != nil }
    if zip(isNumber, isMissing).allSatisfy({ $0 || $1 }), isNumber.contains(true) {
      // Names in quotes above numbers without.
      guard first.allSatisfy(\.isQuoted), let next = try? ahead.nextRow() else { return (false, false, true) }
      let isHeader = next.contains { !$0.isQuoted }
      return (isHeader, isHeader, !isHeader)
    }
    guard isNumber.contains(true) else { return (true, false, false) }
    var rows = 0
    while rows < sampleRows, let row = try? ahead.nextRow() {
      rows += 1
      for (place, field) in row.enumerated() where place < first.count && !isNumber[place] && !isMissing[place] {
        if ahead.text(field) == ahead.text(first[place]) { return (false, false, false) }
      }
    }
    return (true, true, false)
  }

  // MARK: Separators

  /// The first rows, read with one separator.
  private struct Candidate {
    let dialect: CSVDialect
    /// The number of fields of most rows.
    private(set) var width = 0
    private var rows = 0
    private var isEven = true
    /// Whether a number stands in the first row that does not begin with a #.
    private(set) var beginsWithNumbers = false
    private var cells = 0
    private var numbers = 0
    private var numbersBehindFirst = 0
    /// How many cells are numbers only with a comma in front of the decimals, and how many only with a point, or with either.
    private var (commas, points) = (0, 0)

    init(
      _ whole: CSVReader, _ separator: CSV.Options.Separator, _ comments: CSVDialect.Comments, _ decimal: UInt8
    ) {
      dialect = CSVDialect(separator: separator, comments: comments, decimal: decimal)
      var european = dialect
      if separator == .byte(UInt8(ascii: ";")) { european.decimal = UInt8(ascii: ",") }
      var found: [[CSVReader.Field]] = []
      var reader = CSVReader(whole, as: european)
      let plain = CSVReader(whole, as: dialect)
      while found.count < CSVGuess.sampleRows, let row = try? reader.nextRow() { found.append(row) }
      // Where every line begins with a #, that is how its first cells look.
      if found.isEmpty {
        european.comments = .from([])
        reader = CSVReader(whole, as: european)
        while found.count < CSVGuess.sampleRows, let row = try? reader.nextRow() { found.append(row) }
      }
      rows = found.count
      width = found.first?.count ?? 0
      for (place, row) in found.enumerated() {
        isEven = isEven && row.count == width
        for field in row {
          cells += 1
          let (isEuropean, isPlain) = (reader.preciseNumber(field) != nil, plain.preciseNumber(field) != nil)
          if isEuropean != isPlain { if isEuropean { commas += 1 } else { points += 1 } }
          guard isEuropean || isPlain || reader.isEmpty(field) else { continue }
          numbers += 1
          if place == 0 { beginsWithNumbers = true }
          if place > 0 { numbersBehindFirst += 1 }
        }
      }
    }

    /// Whether a comma stands in front of decimals, as is usual where cells are separated by semicolons.
    var hasDecimalCommas: Bool { commas > 0 && points == 0 }

    /// Rows of one length come before others, then numbers before words, then many fields before few.
    func isBetter(than other: Candidate) -> Bool {
      if (width > 1) != (other.width > 1) { return width > 1 }
      if isEven != other.isEven { return isEven }
      let (mine, others) = (Double(numbers) / Double(max(cells, 1)), Double(other.numbers) / Double(max(other.cells, 1)))
      if isEven, mine != others { return mine > others }
      return width > other.width
    }

    /// Whether each line but perhaps the first, which may hold names, is of as many numbers.
    var isGridOfNumbers: Bool {
      width > 1 && isEven && (numbers == cells || rows > 1 && numbersBehindFirst == cells - width)
    }
  }
}
