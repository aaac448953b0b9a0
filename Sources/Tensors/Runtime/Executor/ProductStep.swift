import Kernels

/// Matrix products, in blocks of the result; where the result is small and the sums are long, in parts of the sums.
final class ProductStep: Step, BlockwiseStep, RowwiseWork {
  let left: ProductOperand
  let right: ProductOperand
  let leftBuffer: Int
  let rightBuffer: Int
  let target: Int
  let batch: Int
  let m: Int
  let n: Int
  let k: Int
  /// Whether the result is added to what is there.
  let accumulates: Bool
  private let cut: Cut
  private let parts: Int?
  /// Where the left side lies packed, if it has few rows and the right one is large and transposed: see
  /// `gan_few_rows_by_transposed`.
  private let packedLeft: Int?
  private let neighbours: Neighbours

  /// How a product of one size is cut: by its sizes alone, never by the number of threads.
  struct Cut {
    var rows: Int
    var columns: Int
    /// Terms of a sum in one part.
    var depth: Int

    /// Blocks for so many multiplications and additions: a few where they are few, more only where each is large, because each
    /// block prepares the operands for itself.
    static func blocks(work: Double) -> Int { even(Int(max(1, min(4, work / 4e6), min(16, work / 50e6)))) }

    /// Several blocks in pairs: of three, one of two threads would make two.
    private static func even(_ count: Int) -> Int { count > 1 ? (count + 1) / 2 * 2 : 1 }

    private init(rows: Int, columns: Int, depth: Int) { (self.rows, self.columns, self.depth) = (rows, columns, depth) }

    init(m: Int, n: Int, k: Int, rightIsTransposed: Bool) {
      (rows, columns, depth) = (max(m, 1), max(n, 1), max(k, 1))
      let work = 2 * Double(m) * Double(n) * Double(k)
      // Where sums are short, the work is with the results.
      let wanted = Cut.even(max(Cut.blocks(work: work), min(4, m &* n / Cut.blockCount)))
      guard wanted > 1 else { return }
      if !rightIsTransposed || m <= Cut.fewRows, k >= 2048, k >= 2 * n {
        // Long sums in parts: narrow columns of the right side would touch a page for every few numbers where it is not transposed,
        // and would each pack all of the left side.
        let parts = min(wanted, 8, k / 512)
        if m &* n &* parts <= Cut.mostPartCount {
          depth = Cut.length(k, parts: parts, unit: 16)
          return
        }
      }
      // Each block packs its rows of the left side and its columns of the right one: as little of both as can be.
      let (mostDown, mostAlong) = (max(1, m / 32), max(1, n / 64))
      var best: (cost: Double, down: Int, along: Int)?
      // Sums of few terms are soon made: whole rows of them, for the work that follows a block.
      let leastDown = k <= Cut.fewTerms && mostDown >= wanted ? wanted : 1
      for down in leastDown...min(wanted, mostDown) {
        let along = min(mostAlong, (wanted + down - 1) / down)
        let missing = Double(wanted) / Double(down * along)
        let cost = (Double(m) * Double(along) + Double(n) * Double(down)) * max(1, missing)
        if best == nil || cost <= best?.cost ?? 0 { best = (cost, down, along) }
      }
      let (down, along) = (best?.down ?? 1, best?.along ?? 1)
      rows = Cut.length(m, parts: down, unit: 16)
      columns = Cut.length(n, parts: along, unit: 32)
      if down * along < min(wanted, 4), k >= 2048 { depth = Cut.length(k, parts: min(8, k / 512), unit: 16) }
    }

    /// Whether a product has little to do for each of its rows.
    static func isByRows(m: Int, n: Int, k: Int) -> Bool { min(n, k) < 8 && n * k <= 64 << 10 && m > 1 }

    /// Some rows for each block.
    static func byRows(m: Int, n: Int, k: Int) -> Cut {
      Cut(rows: ResultBlocks(rowsOf: m, columns: n).blockRows, columns: max(n, 1), depth: max(k, 1))
    }

    /// A few columns for each block, of few rows by a transposed side.
    static func ofFewRows(m: Int, n: Int, k: Int) -> Cut {
      Cut(rows: m, columns: groupColumns * max(1, n / groupColumns / 32), depth: k)
    }

    /// Whether a right side is much larger than the left one, and than a cache.
    static func isOfFewRows(m: Int, n: Int, k: Int) -> Bool {
      let packed = Multiplication.padded(m)
      return m <= fewRows && m >= packed - packed / 8 && n >= 8 * groupColumns && k % 16 == 0 && n * k >= 256 << 10
    }

    private static let groupColumns = Int(GAN_ROW_GROUP)

    /// Numbers of the parts of sums, at most: they are written and read once more.
    private static let mostPartCount = 4 << 20
    private static let blockCount = 16 << 10
    /// Rows of a left side that is small beside its weights, at most.
    static let fewRows = 256
    private static let fewTerms = 256

    private static func length(_ size: Int, parts: Int, unit: Int) -> Int {
      min(size, ((size + parts - 1) / parts + unit - 1) / unit * unit)
    }
  }

  /// Buffers that lie behind the left one and the target in memory, and are read and written too.
  struct Neighbours {
    var reads: [Int] = []
    var writes: [Int] = []
  }

  init(
    left: (operand: ProductOperand, buffer: Int), right: (operand: ProductOperand, buffer: Int), target: Int, batch: Int, m: Int,
    n: Int, k: Int, accumulates: Bool, neighbours: Neighbours = Neighbours(), makeBuffer: (Int) -> Int
  ) {
    (self.left, leftBuffer) = left
    (self.right, rightBuffer) = right
    (self.target, self.batch, self.m, self.n, self.k) = (target, batch, m, n, k)
    self.accumulates = accumulates
    self.neighbours = neighbours
    let isOfFewRows =
      !Multiplication.usesLibrary && batch == 1 && right.operand.isTransposed && !left.operand.isTransposed
      && Cut.isOfFewRows(m: m, n: n, k: k)
    let isByRows = !left.operand.isTransposed && Cut.isByRows(m: m, n: n, k: k)
    cut =
      isOfFewRows
      ? .ofFewRows(m: m, n: n, k: k)
      : isByRows ? .byRows(m: m, n: n, k: k) : Cut(m: m, n: n, k: k, rightIsTransposed: right.operand.isTransposed)
    packedLeft = isOfFewRows ? makeBuffer(Multiplication.padded(m) * k) : nil
    let depthParts = (k + cut.depth - 1) / cut.depth
    let parts = batch == 1 && depthParts > 1 ? makeBuffer(depthParts &* m &* n) : nil
    self.parts = parts
    var writes = [target]
    for case let buffer? in [parts, packedLeft] { writes.append(buffer) }
    let (m, n, k, batch) = (Double(m), Double(n), Double(k), Double(batch))
    super.init(
      name: "product \(self.batch > 1 ? "\(self.batch)×" : "")\(self.m)×\(self.n)×\(self.k)", flops: 2 * m * n * k * batch,
      bytes: 4 * (m * k + k * n + m * n) * batch, reads: [left.buffer, right.buffer] + neighbours.reads,
      writes: writes + neighbours.writes, scratchCount: Multiplication.scratchCount)
  }

  override var isProduct: Bool { true }

  override func formulas(_ notation: PlanNotation) -> [String] {
    let lefts = [leftBuffer] + neighbours.reads
    func side(_ buffers: [Int], _ isTransposed: Bool) -> String {
      let names = notation.operands(buffers)
      return (buffers.count > 1 ? "[\(names)]" : names) + (isTransposed ? "ᵀ" : "")
    }
    return [
      "\(notation.results([target] + neighbours.writes)) \(accumulates ? "+=" : "=") "
        + "\(side(lefts, left.isTransposed)) @ \(side([rightBuffer], right.isTransposed))"
    ]
  }

  override func run(_ context: ExecutionContext) {
    guard let c = context[target], batch > 0, m > 0, n > 0 else { return }
    guard k > 0, let a = context[leftBuffer], let b = context[rightBuffer] else {
      if !accumulates { gan_set_identity(Int32(GAN_SUM), c, Int64(batch &* m &* n)) }
      return
    }
    let blocks = ResultBlocks(rows: m, columns: n, blockRows: cut.rows, blockColumns: cut.columns)
    guard packedLeft == nil else { return runBlocks(blocks, context) }
    let (partCount, length) = parts == nil ? (batch, k) : ((k + cut.depth - 1) / cut.depth, cut.depth)
    let partial = parts.flatMap { context[$0] }
    context.pool.run(blocks: partCount * blocks.count) { block, worker in
      let (part, block) = (block / blocks.count, block % blocks.count)
      let (matrix, term) = partial == nil ? (part, 0) : (0, part * length)
      let (row, column) = (blocks.rows(of: block).lowerBound, blocks.columns(of: block).lowerBound)
      multiply(
        block, of: blocks, terms: term..<min(term + length, k), a + (left.offset + matrix * left.batchStride),
        b + (right.offset + matrix * right.batchStride), accumulates: accumulates && partial == nil,
        into: (partial ?? c) + part * m * n + row * n + column, leading: n, context.scratch(of: worker))
    }
    if let partial {
      Self.sum(partial, parts: partCount, count: m * n, accumulates: accumulates, into: c, context)
    }
  }

  var blocks: ResultBlocks? {
    guard batch == 1, parts == nil, neighbours.writes.isEmpty, m > 0, n > 0, k > 0 else { return nil }
    return ResultBlocks(rows: m, columns: n, blockRows: cut.rows, blockColumns: cut.columns)
  }

  func prepare(_ context: ExecutionContext) {
    guard let packed = packedLeft.flatMap({ context[$0] }), let a = context[leftBuffer] else { return }
    let rows = gan_product_term(
      left: nil, right: a + left.offset, left_leading: 0, right_leading: Int64(left.leading), k: Int64(k), transpose_left: false,
      transpose_right: true)
    withUnsafePointer(to: rows) {
      Multiplication.packRightSides(UnsafeBufferPointer(start: $0, count: 1), columns: m, into: packed, on: context.pool)
    }
  }

  /// Whether it is one product of matrices that lie in order, whose target is its own.
  var isWhole: Bool { batch == 1 && neighbours.reads.isEmpty && neighbours.writes.isEmpty && m > 0 && n > 0 && k > 0 }

  var rightSide: ProductRightSide { ProductRightSide(buffer: rightBuffer, operand: right, k: k, n: n) }

  var rowBlocks: ResultBlocks? {
    isWhole && !accumulates && !left.isTransposed && Cut.isByRows(m: m, n: n, k: k)
      ? ResultBlocks(rowsOf: m, columns: n) : nil
  }
  var madeByRow: [Int] { [target] }
  func readsByRow(_ buffer: Int, count: Int) -> Bool {
    buffer == leftBuffer && buffer != rightBuffer && !left.isTransposed && left.offset == 0 && left.leading == k
      && count == m * k
  }

  /// Itself, for kernels that add up several.
  func term(_ context: ExecutionContext) -> gan_product_term? {
    guard let a = context[leftBuffer], let b = context[rightBuffer] else { return nil }
    return gan_product_term(
      left: a + left.offset, right: b + right.offset, left_leading: Int64(left.leading), right_leading: Int64(right.leading),
      k: Int64(k), transpose_left: left.isTransposed, transpose_right: right.isTransposed)
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    guard let a = context[leftBuffer], let b = context[rightBuffer] else { return }
    if let packed = packedLeft.flatMap({ context[$0] }) {
      let columns = blocks.columns(of: block)
      gan_few_rows_by_transposed(
        Int64(m), Int64(columns.count), Int64(k), packed, b + (right.offset + columns.lowerBound * right.leading),
        Int64(right.leading), accumulates, place, Int64(leading), context.scratch(of: worker))
      return
    }
    multiply(
      block, of: blocks, terms: 0..<k, a + left.offset, b + right.offset, accumulates: accumulates, into: place,
      leading: leading, context.scratch(of: worker))
  }

  /// Some terms of the sums of one block.
  private func multiply(
    _ block: Int, of blocks: ResultBlocks, terms: Range<Int>, _ a: UnsafeMutablePointer<Float>,
    _ b: UnsafeMutablePointer<Float>, accumulates: Bool, into place: UnsafeMutablePointer<Float>, leading: Int,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (rows, columns, term) = (blocks.rows(of: block), blocks.columns(of: block), terms.lowerBound)
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    Multiplication.multiply(
      rows.count, columns.count, terms.count,
      Multiplication.Side(
        pointer: a + (left.isTransposed ? term * left.leading + row : row * left.leading + term), leading: left.leading,
        isTransposed: left.isTransposed),
      Multiplication.Side(
        pointer: b + (right.isTransposed ? column * right.leading + term : term * right.leading + column),
        leading: right.leading, isTransposed: right.isTransposed),
      accumulates: accumulates, into: place, leading: leading, scratch: scratch)
  }

  /// target = (target +) the sum of `parts` blocks of `count` numbers, in their order.
  static func sum(
    _ partial: UnsafeMutablePointer<Float>, parts: Int, count: Int, accumulates: Bool, into target: UnsafeMutablePointer<Float>,
    _ context: ExecutionContext
  ) {
    let length = 16384
    context.pool.run(blocks: (count + length - 1) / length) { block, _ in
      let (start, end) = (block * length, min(count, (block + 1) * length))
      if !accumulates { gan_set_identity(Int32(GAN_SUM), target + start, Int64(end - start)) }
      gan_reduce_rows(
        Int32(GAN_SUM), target + start, partial + start, Int64(parts), Int64(end - start), Int64(count))
    }
  }
}

/// Steps one after another: products that are added up in one place.
final class SumStep: Step, BlockwiseStep {
  let parts: [Step]
  let target: Int

  init(_ parts: [Step], target: Int) {
    self.parts = parts
    self.target = target
    super.init(
      name: Set(parts.map(\.name)).count == 1
        ? "\(parts.count) × \(parts[0].name)" : parts.map(\.name).joined(separator: " + "),
      flops: parts.reduce(0) { $0 + $1.flops },
      bytes: parts.reduce(0) { $0 + $1.bytes }, reads: parts.flatMap(\.reads), writes: parts.flatMap(\.writes),
      scratchCount: parts.reduce(0) { max($0, $1.scratchCount) })
  }

  override var isProduct: Bool { parts.allSatisfy(\.isProduct) }

  override func formulas(_ notation: PlanNotation) -> [String] { parts.flatMap { $0.formulas(notation) } }

  /// Those of its products, where all are cut alike: a block then stays in the cache for all of them.
  var blocks: ResultBlocks? {
    guard let blocks = (parts.first as? BlockwiseStep)?.blocks,
      parts.allSatisfy({ ($0 as? BlockwiseStep)?.blocks == blocks })
    else { return nil }
    return blocks
  }

  func make(
    _ block: Int, of blocks: ResultBlocks, at place: UnsafeMutablePointer<Float>, leading: Int,
    beside: UnsafePointer<gan_beside>?, _ context: ExecutionContext, worker: Int
  ) {
    for case let part as BlockwiseStep in parts {
      part.make(block, of: blocks, at: place, leading: leading, beside: beside, context, worker: worker)
    }
  }

  override func run(_ context: ExecutionContext) {
    if let blocks {
      runBlocks(blocks, context)
    } else {
      for part in parts { part.run(context) }
    }
  }
}
