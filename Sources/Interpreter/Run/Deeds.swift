/// What a program does that its text does not tell, for who wants to know whether its results would be the same again: what it looks at
/// outside, and what it does to the outside.
public final class Deeds {
  /// Something outside that a program looks at.
  public enum Reading: Hashable, Sendable {
    /// A file, or all that is in a folder, by the name that the program gives it.
    case file(String)
    /// Which files there are, by a path that may have a `*`.
    case listing(String)
    /// A variable of the environment.
    case variable(String)
  }

  /// What it has looked at, in order, with the state in which that was the first time.
  public private(set) var readings: [(reading: Reading, state: String)] = []
  /// Whether it saw something that the next run will find in another state, whatever has been kept: the time, a person's answer.
  public private(set) var isUnrepeatable = false
  /// Whether it did something that has to be done again each time: wrote a file, waited.
  public private(set) var isFelt = false
  /// Whether it asked in which line of its text something stands.
  public private(set) var knowsLines = false

  private var known: Set<Reading> = []
  private let look: (Reading) -> String?

  /// Nothing yet. `look` gives the state of what is read, as a text that is the same as long as the state is; nil where it has none that
  /// lasts.
  public init(look: @escaping (Reading) -> String?) { self.look = look }

  /// The program looks at something.
  public func read(_ reading: Reading) {
    guard known.insert(reading).inserted else { return }
    if let state = look(reading) { readings.append((reading, state)) } else { isUnrepeatable = true }
  }

  /// The program sees what will be otherwise.
  public func seeUnrepeatable() { isUnrepeatable = true }
  /// The program does something that is to be done each time.
  public func act() { isFelt = true }
  /// The program asks for a line of its text.
  public func seeLine() { knowsLines = true }

  /// Whether what it looked at is as it was.
  public var isUnchanged: Bool { readings.allSatisfy { look($0.reading) == $0.state } }
}
