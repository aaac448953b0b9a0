import Library

/// The moments of a run that one can step back to, the present one last.
///
/// Of the last of them all are kept; of older ones every second goes, and then the oldest, where they are too many or their numbers need
/// more memory than the limit.
struct RunTimeline {
  /// The state of the run before a step.
  struct Moment {
    let snapshot: RunSnapshot
    let step: Int
    /// At which step each number of the history was set last.
    var settings: [String: Int] = [:]
    /// Where D alone has been moved to come here: the state before that, from which D and G make the whole step.
    var beforeHalf: RunSnapshot?
  }

  private(set) var moments: [Moment] = []
  /// The run as it began.
  private(set) var first: Moment?
  /// How many moments hold each block of memory, and its bytes.
  private var blocks: [ObjectIdentifier: (holders: Int, bytes: Int)] = [:]
  /// The bytes of the numbers that the moments hold.
  private(set) var byteCount = 0
  private let byteLimit: Int
  private let countLimit: Int
  /// So many of the last are not thinned out.
  private let wholeCount: Int

  init(byteLimit: Int = 256 << 20, countLimit: Int = 1000, wholeCount: Int = 100) {
    (self.byteLimit, self.countLimit, self.wholeCount) = (byteLimit, countLimit, wholeCount)
  }

  var last: Moment? { moments.last }
  /// How many steps back there are.
  var backCount: Int { max(0, moments.count - 1) }

  /// The run has come to a moment.
  mutating func add(_ moment: Moment) {
    if first == nil { first = moment }
    hold(moment)
    moments.append(moment)
    thin()
  }

  /// The present moment is another than it was: a knob has been turned.
  mutating func replaceLast(by moment: Moment) {
    if let last = moments.popLast() { release(last) }
    add(moment)
  }

  /// Forgets the present moment; gives the one before, which is the present one then. Nil where there is none.
  mutating func stepBack() -> Moment? {
    guard moments.count > 1, let last = moments.popLast() else { return nil }
    release(last)
    return moments.last
  }

  /// Only the beginning is left.
  mutating func rewind() -> Moment? {
    guard let first else { return nil }
    for moment in moments { release(moment) }
    moments = []
    add(first)
    return first
  }

  private mutating func hold(_ moment: Moment) {
    for (block, bytes) in moment.snapshot.blocks {
      let holders = blocks[block]?.holders ?? 0
      if holders == 0 { byteCount += bytes }
      blocks[block] = (holders + 1, bytes)
    }
  }

  private mutating func release(_ moment: Moment) {
    for (block, bytes) in moment.snapshot.blocks {
      let holders = (blocks[block]?.holders ?? 1) - 1
      if holders == 0 { byteCount -= bytes }
      blocks[block] = holders == 0 ? nil : (holders, bytes)
    }
  }

  private mutating func thin() {
    while moments.count > 1, byteCount > byteLimit || moments.count > countLimit {
      let older = moments.count - wholeCount
      let gone = older > 1 ? stride(from: 1, to: older, by: 2).map { $0 } : [0]
      for place in gone { release(moments[place]) }
      let isGone = Set(gone)
      moments = moments.indices.filter { !isGone.contains($0) }.map { moments[$0] }
    }
  }
}
