/// What the cells of one column are. All are alike: numbers and truth where each is such, or missing; and texts, as they stand there, as soon as
/// one of them is something else. Numbers that all stand in quotes, where other cells of the table do not, are texts.
struct CSVColumn {
  private(set) var cells: [CSVTable.Cell] = []
  /// The first number that looks like the name of something, for which all cells are texts.
  private var firstName: String?
  /// The first cell that is no number, its row from 0, and how many there are, in a column that has numbers too.
  private var firstWord: (cell: String, row: Int, count: Int)?
  /// The first whole number of more digits than a Double keeps, and how many there are.
  private var firstRounded: String?
  private var roundedCount = 0

  private enum Look {
    case missing, number(Double), boolean(Bool), quoted
    /// The word `none`, which is a missing value beside numbers.
    case none
    case word
  }

  /// - Parameter quotesTell: whether quotes make a text of what looks like a number.
  init(
    _ reader: CSVReader, fields: some Sequence<CSVReader.Field>, quotesTell: Bool, missingWords: Set<String>, asTexts: Bool
  ) {
    var (hasWord, hasNone, hasOthers) = (asTexts, false, false)
    if !asTexts {
      for field in fields {
        switch CSVColumn.look(of: field, reader, quotesTell, missingWords) {
        case .missing: cells.append(.empty)
        case .number(let number):
          guard !reader.isName(field) else {
            firstName = reader.word(field)
            hasWord = true
            break
          }
          if reader.isBeyondDouble(field, number) {
            roundedCount += 1
            firstRounded = firstRounded ?? reader.word(field)
          }
          hasOthers = true
          cells.append(.number(number))
        case .boolean(let boolean):
          hasOthers = true
          cells.append(.boolean(boolean))
        case .quoted:
          let isNumber = reader.preciseNumber(field) != nil && !reader.isName(field)
          hasWord = !isNumber && !missingWords.contains(reader.text(field))
          cells.append(.text(reader.text(field)))
        case .none:
          hasNone = true
          cells.append(.empty)
        case .word: hasWord = true
        }
        if hasWord { break }
      }
    }
    guard hasWord || hasNone && !hasOthers else {
      // Quotes around nothing, or around NA, are how some programs write a number that is missing.
      if hasOthers {
        cells = zip(cells, fields).map { cell, field in
          if case .text = cell { reader.preciseNumber(field).map(CSVTable.Cell.number) ?? .empty } else { cell }
        }
      }
      return
    }
    roundedCount = 0
    if !hasWord { firstName = nil }
    let word = takeTexts(reader, fields, quotesTell, missingWords)
    if !asTexts, firstName == nil { firstWord = word }
  }

  /// All cells as texts, as they stand there. Gives the first that is no number, where half of them or more are: that is no column of texts.
  private mutating func takeTexts(
    _ reader: CSVReader, _ fields: some Sequence<CSVReader.Field>, _ quotesTell: Bool, _ missingWords: Set<String>
  ) -> (cell: String, row: Int, count: Int)? {
    var first: (field: CSVReader.Field, row: Int)?
    var (words, numbers) = (0, 0)
    cells = fields.enumerated().map { row, field in
      switch CSVColumn.look(of: field, reader, quotesTell, missingWords) {
      case .missing: break
      case .number: numbers += 1
      case .word, .quoted, .boolean, .none:
        words += 1
        if first == nil { first = (field, row) }
      }
      let text = reader.text(field)
      // Blanks alone are a text beside texts, and NaN is a number to the C library.
      let isBlank = reader.isEmpty(field) && !field.range.isEmpty
      return !(field.isQuoted && quotesTell) && !isBlank && missingWords.contains(reader.word(field)) ? .empty : .text(text)
    }
    guard let first, numbers > words || numbers == words && numbers > 1 else { return nil }
    return (reader.text(first.field), first.row, words)
  }

  private static func look(
    of field: CSVReader.Field, _ reader: CSVReader, _ quotesTell: Bool, _ missingWords: Set<String>
  ) -> Look {
    if field.isQuoted, quotesTell { return .quoted }
    if let number = reader.preciseNumber(field) { return .number(number) }
    let word = reader.word(field)
    if missingWords.contains(word) { return .missing }
    switch word {
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    case "none": return .none
    default: return .word
    }
  }

  /// What is to be said of the column of this name.
  func notes(_ name: String) -> [CSV.Note] {
    var notes: [CSV.Note] = []
    if let firstName { notes.append(.names(column: name, cell: firstName)) }
    if let firstWord {
      notes.append(.words(column: name, cell: firstWord.cell, row: firstWord.row + 1, count: firstWord.count))
    }
    if let firstRounded, roundedCount > 0 { notes.append(.rounded(column: name, cell: firstRounded, count: roundedCount)) }
    return notes
  }
}
