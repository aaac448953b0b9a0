/// What a kernel keeps and reduces, and how its work is cut into blocks.
extension FusedKernelDraft {
  /// Members whose numbers someone else reads are kept in memory.
  mutating func addStores() {
    for (position, member) in members.enumerated() where kept.contains(member) && lowering.kinds[member] == .elementwise {
      guard let slot = slotOfMember[position] else { continue }
      let buffer = PlanBuffers.buffer(of: member)
      kernel.stores.append(FusedKernel.Store(slot: slot, buffer: buffer))
      kernel.writes.append(buffer)
      kernel.bytes += 4 * Double(kernel.elements)
    }
  }

  mutating func addReductions() {
    for (position, strides) in reducing {
      let value = lowering.graph.values[members[position]]
      guard case .reduce(let reduction, _) = value.operation else { continue }
      let (buffer, count) = (PlanBuffers.buffer(of: members[position]), value.shape.count)
      kernel.reductions.append(
        FusedKernel.Accumulation(
          reduction: reduction, slot: slotOfMember[position], result: buffer, count: count, strides: strides))
      kernel.writes.append(buffer)
      kernel.bytes += 4 * Double(count)
    }
  }

  /// The blocks of the work, and the reductions that must be made in parts. False where these would be too many for a kernel that
  /// follows a matrix.
  mutating func cutWork() -> Bool {
    let strides = kernel.reductions.map(\.strides)
    let counts = kernel.reductions.map(\.count)
    if let following {
      kernel.partials = following.partials(sizes: kernel.sizes, reductions: strides, counts: counts)
      return kernel.partials.reduce(0) { $0 &+ $1.count } <= max(kernel.elements / 4, Tuning.partialCount)
    }
    let weight = kernel.instructions.count + readings.count + kernel.reductions.count + 1
    let wanted = max(1, min(Tuning.fusedBlocks, kernel.elements &* weight / Tuning.fusedBlockWork))
    (kernel.partition, kernel.partials) = FusedKernel.cut(
      sizes: kernel.sizes, tiles: kernel.tiles, wanted: wanted, reductions: strides, counts: counts)
    return true
  }
}

extension FusedKernel {
  /// Tiles of rows: some of them, or a piece of one. Pieces are as long as can be, all alike in each `stretch` of a row.
  static func tiles(rows: Int, columns: Int, stretch: Int) -> Tiles {
    let pieceCount = (stretch + Tuning.tileCount - 1) / Tuning.tileCount
    let piece = pieceCount == 1 ? stretch : ((stretch + pieceCount - 1) / pieceCount + 15) / 16 * 16
    let pieces = (columns + piece - 1) / piece
    return Tiles(
      columns: columns, piece: piece, pieces: pieces, rows: pieces > 1 ? 1 : min(rows, max(1, Tuning.tileCount / columns)))
  }

  /// Cuts an iteration space into blocks, and tells which reductions must be made in parts (because blocks meet in one of their
  /// results). Axes are innermost first; a reduction's strides are 0 along the axes it sums over.
  static func cut(
    sizes: [Int], tiles: Tiles, wanted: Int, reductions: [[Int]], counts: [Int]
  ) -> (partition: Partition, partials: [Partial]) {
    let elements = sizes.reduce(1, &*)
    let (rows, pieces, tileRows) = (elements / sizes[0], tiles.pieces, tiles.rows)
    let whole = Partition(cutsRows: true, rows: rows, pieces: pieces, blockLength: max(rows, 1))
    guard wanted > 1 else { return (whole, []) }

    /// A cut with these partial reductions, in no more blocks than their parts are worth.
    func partition(cutsRows: Bool, unit: Int, partial: [Int]) -> Partition {
      let length = cutsRows ? rows : pieces
      var blocks = min(wanted, length)
      let parts = partial.reduce(0) { $0 &+ counts[$1] }
      if parts > 0 { blocks = max(1, min(blocks, Tuning.partialBlocks, max(elements / 4, Tuning.partialCount) / parts)) }
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
    return (chosen, partial.map { Partial(reduction: $0, count: counts[$0] &* chosen.count) })
  }
}
