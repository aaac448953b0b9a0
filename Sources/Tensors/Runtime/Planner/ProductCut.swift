import Kernels

/// How a product of one size is cut into blocks: by its sizes alone, never by the number of threads.
struct ProductCut: Equatable {
  var rows: Int
  var columns: Int
  /// Terms of a sum in one part.
  var depth: Int

  /// Blocks for so many multiplications and additions: a few where they are few, more only where each is large, because each
  /// block prepares the operands for itself.
  static func blocks(work: Double) -> Int {
    even(
      Int(
        max(
          1, min(Double(Tuning.fewBlocks), work / Tuning.smallBlockWork),
          min(Double(Tuning.mostBlocks), work / Tuning.largeBlockWork))))
  }

  /// Several blocks in pairs: of three, one of two threads would make two.
  private static func even(_ count: Int) -> Int { count > 1 ? (count + 1) / 2 * 2 : 1 }

  private init(rows: Int, columns: Int, depth: Int) { (self.rows, self.columns, self.depth) = (rows, columns, depth) }

  init(m: Int, n: Int, k: Int, rightIsTransposed: Bool) {
    (rows, columns, depth) = (max(m, 1), max(n, 1), max(k, 1))
    let work = 2 * Double(m) * Double(n) * Double(k)
    // Where sums are short, the work is with the results.
    let wanted = Self.even(max(Self.blocks(work: work), min(Tuning.fewBlocks, m &* n / Tuning.productBlockCount)))
    guard wanted > 1 else { return }
    if !rightIsTransposed || m <= Tuning.fewRows, k >= Tuning.longSum, k >= 2 * n {
      // Long sums in parts: narrow columns of the right side would touch a page for every few numbers where it is not transposed,
      // and would each pack all of the left side.
      let parts = min(wanted, Tuning.mostParts, k / Tuning.partDepth)
      if m &* n &* parts <= Tuning.partCount {
        depth = Self.length(k, parts: parts, unit: 16)
        return
      }
    }
    let (down, along) = Self.blocks(m: m, n: n, k: k, wanted: wanted)
    rows = Self.length(m, parts: down, unit: 16)
    columns = Self.length(n, parts: along, unit: 32)
    if down * along < min(wanted, Tuning.fewBlocks), k >= Tuning.longSum {
      depth = Self.length(k, parts: min(Tuning.mostParts, k / Tuning.partDepth), unit: 16)
    }
  }

  /// Blocks down and along the result. Each packs its rows of the left side and its columns of the right one: as little of both as can be.
  private static func blocks(m: Int, n: Int, k: Int, wanted: Int) -> (down: Int, along: Int) {
    let (mostDown, mostAlong) = (max(1, m / 32), max(1, n / 64))
    var best: (cost: Double, down: Int, along: Int)?
    // Sums of few terms are soon made: whole rows of them, for the epilogue.
    let leastDown = k <= Tuning.fewTerms && mostDown >= wanted ? wanted : 1
    for down in leastDown...min(wanted, mostDown) {
      let along = min(mostAlong, (wanted + down - 1) / down)
      let missing = Double(wanted) / Double(down * along)
      let cost = (Double(m) * Double(along) + Double(n) * Double(down)) * max(1, missing)
      if best == nil || cost <= best?.cost ?? 0 { best = (cost, down, along) }
    }
    return (best?.down ?? 1, best?.along ?? 1)
  }

  /// Whether a product has little to do for each of its rows.
  static func isByRows(m: Int, n: Int, k: Int) -> Bool {
    min(n, k) < Tuning.narrowSide && n * k <= Tuning.narrowCount && m > 1
  }

  /// Some rows for each block.
  static func byRows(m: Int, n: Int, k: Int) -> ProductCut {
    ProductCut(rows: ResultBlocks(rowsOf: m, columns: n).blockRows, columns: max(n, 1), depth: max(k, 1))
  }

  /// A few columns for each block, of few rows by a transposed side.
  static func ofFewRows(m: Int, n: Int, k: Int) -> ProductCut {
    ProductCut(rows: m, columns: groupColumns * max(1, n / groupColumns / 32), depth: k)
  }

  /// Whether a right side is much larger than the left one, and than a cache.
  static func isOfFewRows(m: Int, n: Int, k: Int) -> Bool {
    let packed = Multiplication.padded(m)
    return m <= Tuning.fewRows && m >= packed - packed / 8 && n >= 8 * groupColumns && k % 16 == 0
      && n * k >= Tuning.largeRightCount
  }

  private static let groupColumns = Int(GAN_ROW_GROUP)

  private static func length(_ size: Int, parts: Int, unit: Int) -> Int {
    min(size, ((size + parts - 1) / parts + unit - 1) / unit * unit)
  }
}
