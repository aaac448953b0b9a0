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
  /// What is to be said of what was guessed so.
  let notes: [CSV.Note]
  /// What the rows have more than the row of names.
  private let surplus: Surplus
  /// What stands for a missing value.
  let missingWords: Set<String>

  /// What rows that are one field longer than their names have too many.
  private enum Surplus {
    case none
    /// Names of their own in front of them, each another, as R writes them.
    case index
    /// A separator behind their last field.
    case separators
  }

  private static let separators: [CSV.Options.Separator] = [
    .byte(9), .byte(UInt8(ascii: ";")), .byte(UInt8(ascii: "|")), .byte(UInt8(ascii: ",")),
  ]
  static let sampleRows = 200

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
      if blanks.isGrid { best = blanks }
    }
    let found = best ?? Candidate(whole, .byte(UInt8(ascii: ",")), comments, decimal)
    var dialect = found.dialect
    // Alone in its column a number with a comma may as well be two cells.
    if options.decimal == nil, found.hasDecimalCommas, found.width > 1 || options.separator != nil {
      dialect.decimal = UInt8(ascii: ",")
    }
    let reader = CSVReader(whole, as: dialect)
    var names: Int?
    if options.comments == nil {
      if options.header != false, found.beginsWithNumbers { names = reader.namesInRemark(width: found.width) }
      dialect.comments = .fitting(width: found.width, names: names)
    }
    var table = CSVReader(whole, as: dialect)
    let titles = try? (0..<found.titles).compactMap { _ in try table.nextRow()?.first.map(table.word) }
    self.reader = table
    missingWords = CSV.missingWords.union(options.missingWords).union([""])
    let first = options.header == nil && names == nil ? CSVFirstRow(table, missing: missingWords) : nil
    hasHeader = first?.isNames ?? options.header ?? true
    namesHoldNumbers = first?.isNames == true && first?.hasNumbers == true
    isAllNumbers = first?.isNames == false && first?.hasNumbersAlone == true
    surplus = hasHeader ? CSVGuess.surplus(table) : .none
    var notes: [CSV.Note] = []
    if let titles, let title = titles.first { notes.append(.titles(CSV.shortened(title), count: titles.count)) }
    if let first, first.isInDoubt { notes.append(.numbersAsRow(first.text)) }
    if case .index = surplus { notes.append(.namesOfRows) }
    self.notes = notes
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

  // MARK: Rows of another length

  /// The fields of a row as they belong to the columns.
  func fitted(_ row: [CSVReader.Field], isHeader: Bool) -> [CSVReader.Field] {
    switch surplus {
    case .none: return row
    case .index: return isHeader ? [CSVReader.Field(range: 0..<0, isQuoted: false)] + row : row
    case .separators:
      guard !isHeader, let last = row.last, last.range.isEmpty, !last.isQuoted else { return row }
      return Array(row.dropLast())
    }
  }

  private static func surplus(_ reader: CSVReader) -> Surplus {
    var ahead = reader
    // A single name may as well stand above numbers with a comma for thousands.
    guard let names = try? ahead.nextRow(), names.count > 1 else { return .none }
    var (rows, hasIndex) = (0, false)
    var index: Set<String> = []
    while rows < sampleRows, let row = try? ahead.nextRow() {
      guard row.count == names.count + 1, let first = row.first, let last = row.last else { return .none }
      rows += 1
      hasIndex = hasIndex || !last.range.isEmpty || last.isQuoted
      index.insert(ahead.text(first))
    }
    guard hasIndex else { return rows == 0 ? .none : .separators }
    return rows > 1 && index.count == rows ? .index : .none
  }

  // MARK: Separators

  /// The first rows, read with one separator.
  private struct Candidate {
    let dialect: CSVDialect
    /// The number of fields of most rows.
    private(set) var width = 0
    /// How many lines of one field stand above the names of the columns.
    private(set) var titles = 0
    private var rows = 0
    private var isEven = true
    /// Whether all rows but the first, which may hold names, have one field more.
    private var isOneShort = false
    private var isHeadQuoted = false
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
      titles = Candidate.titles(found, reader)
      found.removeFirst(titles)
      rows = found.count
      width = found.first?.count ?? 0
      isOneShort = rows > 1 && found.dropFirst().allSatisfy { $0.count == width + 1 }
      isHeadQuoted = found.first?.allSatisfy(\.isQuoted) ?? false
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

    /// Whether each line is of as many numbers, but perhaps the first, which may hold names; or anything stands below names in quotes. Names may be
    /// one less than there are columns.
    var isGrid: Bool {
      guard width > 1, isEven || isOneShort else { return false }
      return isEven && numbers == cells || rows > 1 && (isHeadQuoted || numbersBehindFirst == cells - width)
    }

    /// How many lines of one field stand above a row of names, below which there are as many fields, and in some column numbers alone.
    private static func titles(_ rows: [[CSVReader.Field]], _ reader: CSVReader) -> Int {
      let titles = rows.prefix { $0.count == 1 }.count
      let table = rows.dropFirst(titles)
      guard titles > 0, let names = table.first, table.count > 1, table.allSatisfy({ $0.count == names.count }),
        !names.contains(where: { reader.isEmpty($0) || reader.preciseNumber($0) != nil }),
        names.indices.contains(where: { place in table.dropFirst().allSatisfy { reader.preciseNumber($0[place]) != nil } })
      else { return 0 }
      return titles
    }
  }
}
