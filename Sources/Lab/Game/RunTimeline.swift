import Library

/// The moments of a run that one can step back to, the present one last.
///
/// Of the last of them all are kept; of older ones every second goes, and then the oldest, where they are too many or their numbers need
/// more memory than the limit. One at which the run was left for its beginning goes as the oldest alone.
struct RunTimeline {
  /// The state of the run before a step.
  struct Moment {
    let snapshot: RunSnapshot
    let step: Int
    /// At which step each number of the history was set last.
    var settings: [String: Int] = [:]
    /// Where D alone has been moved to come here: the state before that, from which D and G make the whole step.
    var beforeHalf: RunSnapshot?
    /// What had been changed up to here, as the curves tell it.
    var marks: [GameCurves.Mark] = []
    /// Where the run was left here for its beginning: the curves as they were.
    var curves: GameCurves?
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
  /// The moment one step back.
  var previous: Moment? { moments.dropLast().last }
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

  /// The run is at its beginning again; the moment that it has left is one step back, with its curves. Gives the beginning.
  mutating func begin(leaving curves: GameCurves) -> Moment? {
    guard let first, let last = moments.last else { return nil }
    if last.snapshot !== first.snapshot {
      moments[moments.count - 1].curves = curves
      add(first)
    }
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
      var gone = stride(from: 1, to: max(1, older), by: 2).filter { moments[$0].curves == nil }
      if gone.isEmpty { gone = [0] }
      for place in gone { release(moments[place]) }
      let isGone = Set(gone)
      moments = moments.indices.filter { !isGone.contains($0) }.map { moments[$0] }
    }
  }
}
