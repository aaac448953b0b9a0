/// How a matrix is cut into blocks: by its sizes alone, never by the number of threads.
struct ResultBlocks: Equatable {
  let rows: Int
  let columns: Int
  let blockRows: Int
  let blockColumns: Int

  /// Of whole rows.
  init(rows: Int, columns: Int, blockRows: Int) {
    self.init(rows: rows, columns: columns, blockRows: blockRows, blockColumns: columns)
  }

  init(rows: Int, columns: Int, blockRows: Int, blockColumns: Int) {
    (self.rows, self.columns, self.blockRows, self.blockColumns) = (rows, columns, max(blockRows, 1), max(blockColumns, 1))
    across = (columns + self.blockColumns - 1) / self.blockColumns
  }

  /// Blocks of few rows, alike for all matrices of so many rows.
  init(rowsOf rows: Int, columns: Int) {
    let length = rows < Tuning.leastRows ? rows : min(Tuning.mostBlockRows, (rows + 15) / 16 * 4)
    self.init(rows: rows, columns: columns, blockRows: length)
  }

  /// Blocks side by side.
  private let across: Int

  var hasWholeRows: Bool { across == 1 }

  var count: Int { (rows + blockRows - 1) / blockRows * across }

  func rows(of block: Int) -> Range<Int> {
    let first = (across == 1 ? block : block / across) * blockRows
    return first..<min(first + blockRows, rows)
  }

  func columns(of block: Int) -> Range<Int> {
    let first = across == 1 ? 0 : block % across * blockColumns
    return first..<min(first + blockColumns, columns)
  }
}

/// How the iteration space of a fused kernel is cut into blocks: by its shape alone, never by the number of threads.
struct Partition: Equatable {
  /// Along rows, or along the pieces that rows are cut into.
  var cutsRows: Bool
  var rows: Int
  var pieces: Int
  /// Rows or pieces of a block.
  var blockLength: Int

  static let empty = Partition(cutsRows: false, rows: 0, pieces: 0, blockLength: 1)

  var count: Int {
    let length = cutsRows ? rows : pieces
    return length == 0 || rows == 0 || pieces == 0 ? 0 : (length + blockLength - 1) / blockLength
  }

  func range(of block: Int) -> (rows: Range<Int>, pieces: Range<Int>) {
    let start = block * blockLength
    return cutsRows
      ? (start..<min(start + blockLength, rows), 0..<pieces) : (0..<rows, start..<min(start + blockLength, pieces))
  }
}
