extension FusedKernel {
  /// A matrix whose epilogue a kernel is: it goes on with the blocks, one after another, as they are made.
  struct Following {
    let blocks: ResultBlocks
    /// The matrix's buffer, if only the block in hand lies somewhere; its rows are then as far apart as a block is wide.
    let loose: Int?
    /// Blocks of fewer columns are not worth a tile for each row, where there are many.
    var leastPiece: Int { blocks.rows == 1 ? 1 : Tuning.epiloguePiece }

    /// Where the matrix's axes begin, as products of sizes.
    var cuts: [Int] { Array(Set([1, blocks.columns, blocks.rows &* blocks.columns])).sorted() }

    /// Whether blocks are whole tiles of a kernel with such rows, in such pieces.
    func fits(columns: Int, piece: Int) -> Bool {
      blocks.columns % columns == 0
        && (blocks.hasWholeRows || (columns == blocks.columns && blocks.blockColumns % piece == 0 && piece >= leastPiece))
    }

    /// The strides of the matrix where only a block of it lies in memory. Axes are innermost first.
    func stridesInBlocks(_ strides: [Int], sizes: [Int]) -> [Int] {
      var length = 1
      var result = strides
      for (axis, size) in sizes.enumerated() {
        if length >= blocks.columns { result[axis] = strides[axis] / blocks.columns &* blocks.blockColumns }
        length = length &* size
      }
      return result
    }

    /// The reductions in whose results blocks meet, and the numbers of their parts.
    func partials(sizes: [Int], reductions: [[Int]], counts: [Int]) -> [Partial] {
      let rowsOfRow = blocks.columns / sizes[0]
      return reductions.indices.compactMap { number in
        let strides = reductions[number]
        var inner = sizes.count
        while inner > 1, strides[inner - 1] != 0 || sizes[inner - 1] == 1 { inner -= 1 }
        let rowsOfResult = sizes[1..<max(inner, 1)].reduce(1, &*)
        let meetsBelow = blocks.blockRows < blocks.rows && (blocks.blockRows &* rowsOfRow) % rowsOfResult != 0
        let meetsBeside = !blocks.hasWholeRows && strides[0] == 0
        return meetsBelow || meetsBeside ? Partial(reduction: number, count: counts[number] &* blocks.count) : nil
      }
    }
  }
}
