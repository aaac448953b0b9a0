/// The sizes and limits by which plans are made and work is cut.
///
/// Each was chosen on one machine: two processors of a virtual AMD EPYC (Zen 4) with AVX-512, 32 kB of first-level and 512 kB of second-level
/// cache each; by the medians of `Benchmarks/gan/dragan.gan` (image networks, batch 64) and `Benchmarks/gan/swissroll.gan` (points, batch 256)
/// unless the member says otherwise. Results depend on them in the last bits, because they decide in which order numbers are added;
/// they do not depend on the number of threads.
enum Tuning {
  // MARK: Element-wise kernels

  /// Floats of a tile, at most: a kernel's registers, of so many floats each, stay in the first-level cache.
  static let tileCount = 1024
  /// Elements times instructions that are worth a block of work of their own.
  static let fusedBlockWork = 32 * 1024
  /// Blocks of work of a kernel, at most.
  static let fusedBlocks = 64
  /// Blocks of a kernel with partial reductions, at most: their parts are reduced once more.
  static let partialBlocks = 32
  /// Floats of partial reductions that are always allowed; above, a quarter of the elements are.
  static let partialCount = 65536
  /// Columns of an epilogue's tile, at least, where the blocks of the matrix are pieces of rows.
  static let epiloguePiece = 256
  /// Slots (registers and operands) of a kernel, at most. The kernels themselves take 512.
  static let fusedSlots = 400

  // MARK: Rows of a batch

  /// Rows from which on a batch is cut into blocks of rows.
  static let leastRows = 32
  /// Rows of such a block, at most.
  static let mostBlockRows = 64
  /// Floats that row-wise work leaves behind, at most: none of them makes room for another before all is done.
  static let rowwiseCount = 2 << 20
  /// Elements of an element-wise kernel within row-wise work, at most: more of them are worth a kernel of their own.
  static let rowwiseElements = 256 << 10

  // MARK: Products

  /// Multiplications and additions of a block of work, where there are few blocks (at most `fewBlocks`) …
  static let smallBlockWork = 4e6
  static let fewBlocks = 4
  /// … and where there are more (at most `mostBlocks`): each block packs its operands for itself.
  static let largeBlockWork = 50e6
  static let mostBlocks = 16
  /// Numbers of a result that are worth a block, up to `fewBlocks`, however short its sums are.
  static let productBlockCount = 16 << 10
  /// Terms of a sum from which on it is cut into parts, terms of a part at least, and parts at most.
  static let longSum = 2048
  static let partDepth = 512
  static let mostParts = 8
  /// Floats of all parts, at most: they are written and read once more.
  static let partCount = 4 << 20
  /// Terms of a sum that is soon made, at most: its result is cut into whole rows, for the epilogue.
  static let fewTerms = 256
  /// Rows of a left side that is small compared with its weights, at most.
  static let fewRows = 256
  /// Numbers of a transposed right side from which on few rows are multiplied in groups of its rows: more than a cache holds.
  static let largeRightCount = 256 << 10
  /// Rows or columns that are multiplied one by one, at most: a tile of the kernels would be mostly empty.
  static let fewVectors = 3
  /// A product of which one side is narrower than this (columns or terms) has little to do for each row, and is cut by rows, if
  /// its right side has at most so many numbers.
  static let narrowSide = 8
  static let narrowCount = 64 << 10
  /// Numbers of one block where parts of sums are added up.
  static let summationBlock = 16384

  // MARK: Products that read a packed side

  /// Terms and numbers of a right side that is packed for all of its products, at most: it stays in the second-level cache.
  static let packedDepth = 256
  static let packedCount = 64 << 10
  /// Rows, columns and terms of such a product, at least.
  static let packedSize = 8
  /// Rows of all products that read a right side, at least, so that packing it is worth while.
  static let packedRows = 64
  /// Rows of stacked products, at most: a product gains nothing by more.
  static let stackedRows = 1024
  /// Multiplications and additions of a product that is worth stacking, at least.
  static let stackedFlops = 1e6

  // MARK: Sums of products

  /// Terms of all products of a packed sum, at most, and numbers of their packed right sides.
  static let packedSumDepth = 1024
  static let packedSumCount = 1 << 20
  /// Multiplications of a packed sum of several products and of one, at least: the few blocks of a small product may as well pack it each.
  static let packedSumWork = 1e6
  static let packedSumWorkOfOne = 16e6
  /// Numbers of a block: with the matrices that an optimizer goes through as its epilogue, they stay in the second-level cache.
  static let packedSumBlockCount = 48 << 10
  static let packedSumBlockColumns = 1024

  // MARK: Convolutions

  /// Floats of im2col patches at a time: they stay in a thread's share of the last-level cache.
  static let patchCount = 512 * 1024
  /// Results of a block of a weight gradient, at least, and blocks at most.
  static let weightGradientPositions = 256
  static let weightGradientBlocks = 8
  /// Points of a Winograd tile along an axis, at most: more are less exact, and their sums more work.
  static let winogradPoints = 5
  /// What a Winograd convolution takes, in multiplications of a plain convolution: one of the many small products; a number of the data
  /// or the results, transformed; a number of the filter, transformed. Measured on 64 images of 14×14×64 with 128 outputs.
  static let winogradProductCost = 1.1
  static let winogradNumberCost = 8.0
  static let winogradFilterCost = 15.0
  /// Floats of a block's data and results in the Winograd domain.
  static let winogradBlockCount = 1 << 18
  /// Images from which on there are `winogradBlocks` blocks; below there are half as many, because each block reads all of the filter.
  static let winogradImages = 48
  static let winogradBlocks = 4
  /// Of a weight gradient: floats of ȳ in the Winograd domain at a time, columns of a block at most, and images of a block where ȳ is
  /// transformed.
  static let winogradGradientCount = 1 << 19
  static let winogradGradientColumns = 64
  static let winogradGradientImages = 4

  // MARK: Movement

  /// Numbers of a block of work where numbers are copied, set or gathered, and blocks of a copy at most.
  static let movementBlock = 65536
  static let copyBlocks = 32
  /// Columns of a block where rows are added to rows, at least.
  static let scatterColumns = 64
}
