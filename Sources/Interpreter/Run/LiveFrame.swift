/// What a `live { … }` shows now, in place of what the same one showed before.
public struct LiveFrame: Sendable {
  /// Tells which `live` it is of: where its block stands in the program, the name that it was given, and the statement that is being run.
  public struct Identity: Hashable, Sendable {
    let block: ObjectIdentifier
    /// The name that the program gives it; nil where it gives none.
    public let name: String?
    /// The number of the top-level statement, counted over the session: frames of different statements never take each other's place.
    public let statement: Int
  }

  /// Of which `live` it is.
  public let identity: Identity
  /// What is shown: texts, results, displays, pages of help.
  public let outputs: [Output]
  /// Whether no other one of this identity follows.
  public let isLast: Bool
}

/// How often a sink takes frames.
public enum FramePace: Sendable {
  /// The last one alone: a file, a pipe.
  case last
  /// So many a second at most: a person who watches.
  case watched(perSecond: Double)

  /// The share of the time that frames take where the program says nothing else.
  static let usualShare = 0.02

  /// The seconds to wait behind a frame that took `cost` seconds. Where the program names no share, a frame comes every two seconds as long as it
  /// takes no more than a tenth of that: what stands still for longer is not watched any more.
  static func pause(after cost: Double, share: Double?, perSecond: Double) -> Double {
    let least = 1 / perSecond
    if let share { return max(least, cost * (1 / share - 1)) }
    return max(least, min(cost * (1 / usualShare - 1), max(2 - cost, 9 * cost)))
  }
}

/// The `live` blocks of the statement that is being run.
struct LiveBlocks {
  /// One of them.
  struct Block {
    let identity: LiveFrame.Identity
    /// Shows what there is now; nil where that has been done since the program came to it last.
    var pending: (() throws -> Void)?
    /// How long it took the last time, in seconds.
    var cost = 0.0
  }

  /// In the order in which the program came to them first.
  var blocks: [Block] = []
  /// When the next one may be shown, in seconds of the steady clock.
  var due = -Double.infinity
  /// What the block that is being run has shown so far; nil where none is.
  var outputs: [Output]?
  /// How many statements have been run.
  var statement = 0
}
