import Base

extension Tensor {
  /// For each row of `cost` [n, m], n ≤ m, the column it is given, so that no column is given twice and the sum of the costs
  /// is least; [n]. A derivative that would pass through it is an error. Exact: shortest augmenting paths with dual prices
  /// (Jonker & Volgenant 1987, in the form of Crouse 2016), in O(n² m) at worst.
  ///
  /// - Throws: `TensorError` where there are more rows than columns, or a cost that is not finite.
  public static func assignment(_ cost: Tensor) throws -> Tensor {
    let matrix = try Matrix(cost, named: "cost")
    guard matrix.rows <= matrix.columns else {
      throw TensorError(
        title: "there are more rows than columns to give them", operands: [("cost", "\(cost.shape)")],
        advice: "Each row takes one column. Assign the other way round: transpose(cost).")
    }
    // The prices, places and distances of `Assignment`.
    try Memory.check(bytes: 8 * (matrix.rows + matrix.columns) * MemoryLayout<Double>.stride)
    var assignment = Assignment(matrix)
    let places = try assignment.solve()
    guard places.allSatisfy({ $0 <= 1 << 24 }) else {
      throw TensorError(
        title: "the columns are too many to tell a place among them", operands: [("cost", "\(cost.shape)")],
        advice: "A tensor's numbers are float32, exact for places up to 16777216 (2^24). Look at parts of the columns.")
    }
    let columns = try Storage(copying: places.map(Float.init))
    return try Tensor(built: .precise(.assignment, of: [cost.node], columns, Shape([matrix.rows])))
  }
}

private struct Assignment {
  private let cost: Matrix
  /// The prices of rows and columns: cost − rowPrice − columnPrice is never negative, and 0 on the pairs of the assignment.
  private var rowPrices: [Double]
  private var columnPrices: [Double]
  private var columnOfRow: [Int]
  private var rowOfColumn: [Int]
  // Of the path in search: the way to each column, the row before it, and the columns in the order they are reached.
  private var distance: [Double]
  private var cameFrom: [Int]
  private var order: [Int]

  init(_ cost: Matrix) {
    self.cost = cost
    rowPrices = [Double](repeating: 0, count: cost.rows)
    columnPrices = [Double](repeating: 0, count: cost.columns)
    columnOfRow = [Int](repeating: -1, count: cost.rows)
    rowOfColumn = [Int](repeating: -1, count: cost.columns)
    distance = [Double](repeating: .infinity, count: cost.columns)
    cameFrom = [Int](repeating: -1, count: cost.columns)
    order = Array(0..<cost.columns)
  }

  mutating func solve() throws -> [Int] {
    try bid()
    for row in 0..<cost.rows where columnOfRow[row] < 0 {
      try Engine.checkStop()
      augment(from: row)
    }
    return columnOfRow
  }

  /// Rows bid for their cheapest column, as much as it is cheaper than the next, and displace the row that had it (Jonker and
  /// Volgenant's "augmenting row reduction"): it leaves few rows for the paths. Two rounds, and never more bids than ten a row.
  private mutating func bid() throws {
    guard cost.columns > 1 else { return }
    var bids = 10 * cost.rows
    for _ in 0..<2 {
      var free = (0..<cost.rows).filter { columnOfRow[$0] < 0 }
      var place = 0
      while place < free.count, bids > 0 {
        bids -= 1
        if bids % 256 == 0 { try Engine.checkStop() }
        let row = free[place]
        let (first, second) = cheapest(for: row)
        let gain = second.price - first.price
        let column = gain > 0 || rowOfColumn[first.column] < 0 ? first.column : second.column
        columnPrices[first.column] -= gain
        let previous = rowOfColumn[column]
        (rowOfColumn[column], columnOfRow[row]) = (row, column)
        rowPrices[row] = second.price
        if previous >= 0 { columnOfRow[previous] = -1 }
        if previous >= 0, gain > 0 { free[place] = previous } else { place += 1 }
      }
    }
    for row in 0..<cost.rows where columnOfRow[row] < 0 { rowPrices[row] = cheapest(for: row).0.price }
  }

  /// The two columns that cost a row least, their prices counted in.
  private func cheapest(for row: Int) -> ((column: Int, price: Double), (column: Int, price: Double)) {
    var first = (column: 0, price: Double.infinity)
    var second = first
    cost.values.withUnsafeBufferPointer { costs in
      columnPrices.withUnsafeBufferPointer { prices in
        for column in 0..<cost.columns {
          let price = costs[row * cost.columns + column] - prices[column]
          guard price < second.price else { continue }
          if price < first.price { (first, second) = ((column, price), first) } else { second = (column, price) }
        }
      }
    }
    return (first, second)
  }

  /// Finds the cheapest path from a free row to a free column, over pairs that are assigned already, and exchanges them along it.
  private mutating func augment(from start: Int) {
    // Columns not yet reached for good stand at the front of `order`, the others behind them as they were reached.
    var front = cost.columns
    var reached: [(row: Int, distance: Double)] = [(start, 0)]
    for column in 0..<front { (distance[column], order[column]) = (.infinity, column) }
    while let (row, least) = reached.last {
      let (place, nearest) = relax(row, offset: least - rowPrices[row], front: front)
      let column = order[place]
      front -= 1
      order.swapAt(place, front)
      guard rowOfColumn[column] < 0 else {
        reached.append((rowOfColumn[column], nearest))
        continue
      }
      for (row, distance) in reached { rowPrices[row] += nearest - distance }
      for column in order[front...] { columnPrices[column] -= nearest - distance[column] }
      exchange(endingAt: column, start: start)
      return
    }
  }

  /// Shortens the paths to the first `front` columns by way of `row`; gives the place of the nearest column and its distance.
  private mutating func relax(_ row: Int, offset: Double, front: Int) -> (place: Int, distance: Double) {
    var best = 0
    var nearest = Double.infinity
    cost.values.withUnsafeBufferPointer { costs in
      columnPrices.withUnsafeBufferPointer { prices in
        order.withUnsafeBufferPointer { order in
          distance.withUnsafeMutableBufferPointer { distance in
            for place in 0..<front {
              let column = order[place]
              let through = offset + costs[row * cost.columns + column] - prices[column]
              var current = distance[column]
              if through < current {
                (distance[column], current) = (through, through)
                cameFrom[column] = row
              }
              // Of equals a free column ends the path at once.
              if current < nearest || (current == nearest && rowOfColumn[column] < 0) { (nearest, best) = (current, place) }
            }
          }
        }
      }
    }
    return (best, nearest)
  }

  /// Gives each row on the path back from a free column the column that led on from it.
  private mutating func exchange(endingAt sink: Int, start: Int) {
    var column = sink
    while true {
      let row = cameFrom[column]
      rowOfColumn[column] = row
      (columnOfRow[row], column) = (column, columnOfRow[row])
      if row == start { return }
    }
  }
}
