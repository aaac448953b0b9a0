/// What the first row of a table is, where nobody has said it: the names of the columns, or a row like the others.
struct CSVFirstRow {
  /// Whether it holds names: where none of its cells is a number; where some are, and no column holds again what is none of them; where all are, and
  /// stand in quotes or above words, or number the columns.
  let isNames: Bool
  /// Whether a number is among its cells.
  let hasNumbers: Bool
  /// Whether its cells are numbers, or missing.
  let hasNumbersAlone: Bool
  /// Whether it is taken for a row, and may as well be names.
  let isInDoubt: Bool
  /// Its first cells, as they stand there.
  let text: String

  init(_ reader: CSVReader, missing: Set<String>) {
    var ahead = reader
    let first = (try? ahead.nextRow()) ?? []
    var rows: [[CSVReader.Field]] = []
    while rows.count < CSVGuess.sampleRows, let row = try? ahead.nextRow() { rows.append(row) }
    let sample = Sample(reader: reader, first: first, rows: rows, missing: missing)
    hasNumbers = sample.isNumber.contains(true)
    hasNumbersAlone = hasNumbers && zip(sample.isNumber, sample.isMissing).allSatisfy { $0 || $1 }
    let isNames =
      !hasNumbersAlone
      ? !first.isEmpty && (!hasNumbers || !sample.recurs { !sample.isNumber[$0] && !sample.isMissing[$0] })
      : first.allSatisfy(\.isQuoted)
        ? rows.first?.contains { !$0.isQuoted } ?? false
        : sample.hasWordsBelow || sample.isNumbering && (sample.hasIndexBelow || sample.hasPointsBelow)
    self.isNames = isNames
    isInDoubt =
      !isNames && hasNumbersAlone && !rows.isEmpty && sample.isNumbering && !sample.goesOn && !sample.recurs { _ in true }
    text = first.prefix(3).map(reader.word).joined(separator: ", ")
  }

  private struct Sample {
    let reader: CSVReader
    let first: [CSVReader.Field]
    let rows: [[CSVReader.Field]]
    let missing: Set<String>
    let isMissing: [Bool]
    let isNumber: [Bool]

    init(reader: CSVReader, first: [CSVReader.Field], rows: [[CSVReader.Field]], missing: Set<String>) {
      (self.reader, self.first, self.rows, self.missing) = (reader, first, rows, missing)
      isMissing = first.map { missing.contains(reader.word($0)) }
      isNumber = first.map { reader.number($0) != nil }
    }

    /// The cells below one of the first row, without those that are missing.
    private func column(_ place: Int) -> some Sequence<CSVReader.Field> {
      rows.lazy.filter { place < $0.count && !missing.contains(reader.word($0[place])) }.map { $0[place] }
    }

    /// Whether a cell of some of these columns stands in it again.
    func recurs(_ isMeant: (Int) -> Bool) -> Bool {
      first.indices.contains { place in
        isMeant(place) && rows.contains { place < $0.count && reader.text($0[place]) == reader.text(first[place]) }
      }
    }

    /// Whether all cells below one of the numbers are words.
    var hasWordsBelow: Bool {
      rows.count > 1
        && first.indices.contains { place in
          isNumber[place] && column(place).contains { _ in true } && column(place).allSatisfy { reader.number($0) == nil }
        }
    }

    /// The numbers of the first row without an empty cell in front of them, where each is written as a whole number.
    private var numbers: [Int]? {
      let wholes = first.dropFirst(hasCorner ? 1 : 0).map(reader.whole)
      return wholes.contains(nil) ? nil : wholes.compactMap { $0 }
    }

    private var hasCorner: Bool { first.first.map { $0.range.isEmpty && !$0.isQuoted } ?? false }

    /// Whether the first row counts up in even steps: 0, 1, 2 or 2020, 2021, as pandas names columns that have no names.
    var isNumbering: Bool {
      guard let numbers, let start = numbers.first else { return false }
      guard numbers.count > 1 else { return hasCorner && start == 0 }
      let (step, overflow) = numbers[1].subtractingReportingOverflow(start)
      return !overflow && step > 0
        && zip(numbers, numbers.dropFirst()).allSatisfy { $0.addingReportingOverflow(step) == ($1, false) }
    }

    /// Whether the first row begins with an empty cell, and no other does: rows with an index.
    var hasIndexBelow: Bool { hasCorner && !rows.isEmpty && rows.allSatisfy { $0.first.map { !$0.range.isEmpty } ?? false } }

    /// Whether each column has numbers below, all written with a point: one who writes numbers so writes all of a column so.
    var hasPointsBelow: Bool {
      !rows.isEmpty
        && first.indices.allSatisfy { place in
          column(place).contains { _ in true }
            && column(place).allSatisfy { reader.number($0) != nil && reader.whole($0) == nil }
        }
    }

    /// Whether the second row counts on where the first ends.
    var goesOn: Bool {
      guard let numbers, numbers.count > 1, let next = rows.first?.first.flatMap(reader.whole) else { return false }
      return numbers[numbers.count - 1].addingReportingOverflow(numbers[1] - numbers[0]) == (next, false)
    }
  }
}
