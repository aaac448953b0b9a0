extension FusedKernel {
  /// Tiles of rows: some of them, or a piece of one. Pieces are as long as can be, all alike in each `stretch` of a row.
  static func tiles(rows: Int, columns: Int, stretch: Int) -> (piece: Int, pieces: Int, tileRows: Int) {
    let pieceCount = (stretch + tile - 1) / tile
    let piece = pieceCount == 1 ? stretch : ((stretch + pieceCount - 1) / pieceCount + 15) / 16 * 16
    let pieces = (columns + piece - 1) / piece
    return (piece, pieces, pieces > 1 ? 1 : min(rows, max(1, tile / columns)))
  }

  /// Cuts an iteration space into blocks, and tells which reductions must be made in parts (because blocks meet in one of their
  /// results). Axes are innermost first; a reduction's strides are 0 along the axes it sums over.
  static func cut(
    sizes: [Int], rows: Int, pieces: Int, tileRows: Int, wanted: Int, reductions: [[Int]], counts: [Int]
  ) -> (partition: Partition, partials: [(reduction: Int, count: Int)]) {
    let whole = Partition(cutsRows: true, rows: rows, pieces: pieces, blockLength: max(rows, 1))
    guard wanted > 1 else { return (whole, []) }
    let elements = sizes.reduce(1, &*)

    /// A cut with these partial reductions, in no more blocks than their parts are worth.
    func partition(cutsRows: Bool, unit: Int, partial: [Int]) -> Partition {
      let length = cutsRows ? rows : pieces
      var blocks = min(wanted, length)
      let parts = partial.reduce(0) { $0 &+ counts[$1] }
      if parts > 0 { blocks = max(1, min(blocks, 32, max(elements / 4, 65536) / parts)) }
      let blockLength = ((length + blocks - 1) / blocks + unit - 1) / unit * unit
      return Partition(cutsRows: cutsRows, rows: rows, pieces: pieces, blockLength: blockLength)
    }

    // By rows: a reduction is whole in each block if the outer axes are kept and blocks end where those do.
    let enough = min(wanted, 4)
    var unit = tileRows > 1 && rows / tileRows >= wanted ? tileRows : 1
    var rowPartials: [Int] = []
    for (number, strides) in reductions.enumerated() {
      var inner = sizes.count
      while inner > 1, strides[inner - 1] != 0 || sizes[inner - 1] == 1 { inner -= 1 }
      let rowsOfUnit = sizes[1..<max(inner, 1)].reduce(1, &*)
      if rows / rowsOfUnit >= enough {
        unit = rowsOfUnit == 1 ? unit : max(rowsOfUnit, unit % rowsOfUnit == 0 ? unit : rowsOfUnit)
      } else {
        rowPartials.append(number)
      }
    }
    let byRows = partition(cutsRows: true, unit: unit, partial: rowPartials)
    // By pieces of rows: it is whole in each block if the last axis is kept.
    let piecePartials = reductions.indices.filter { reductions[$0][0] == 0 }
    let byPieces = partition(cutsRows: false, unit: 1, partial: piecePartials)

    let prefersPieces =
      rows == 1 || (byPieces.count >= enough && piecePartials.isEmpty && !rowPartials.isEmpty)
      || (byRows.count < enough && byPieces.count > byRows.count)
    let (chosen, partial) = prefersPieces ? (byPieces, piecePartials) : (byRows, rowPartials)
    guard chosen.count > 1 else { return (whole, []) }
    return (chosen, partial.map { (reduction: $0, count: counts[$0] &* chosen.count) })
  }

  /// Gives a reduction that is made in parts a buffer for them.
  mutating func setParts(of reduction: Int, buffer: Int) {
    results[reduction] = Int(reductions[reduction].buffer)
    reductions[reduction].buffer = Int32(buffer)
    reductions[reduction].is_partial = 1
    writes.append(buffer)
  }
}
