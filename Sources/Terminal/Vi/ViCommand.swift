/// A command of vi's, read from its keys: `3dw` is a number, an operator and a motion.
struct ViCommand: Equatable {
  /// What an operator works on.
  enum Target: Equatable {
    /// A motion, with the character that it looks for (`fx`).
    case motion(Character, Character?)
    /// The inner part of something, or all of it: `iw`, `a(`.
    case object(Character, isInner: Bool)
    /// So many lines: `dd`.
    case lines
  }

  enum Action: Equatable {
    case move(Target)
    case apply(operation: Character, Target)
    case replaceCharacter(Character)
    /// A command of one key.
    case plain(Character)
  }

  /// What keys are so far.
  enum Reading: Equatable {
    case command(ViCommand)
    case waits
    /// They are none, and no further key makes them one.
    case unknown
  }

  /// The number before the command, at most `largestCount`.
  var count: Int?
  var action: Action

  /// More is nobody's wish, and would fill the memory.
  static let largestCount = 999

  private static let operators: Set<Character> = ["d", "c", "y"]
  private static let motions: Set<Character> = [
    "h", "l", " ", "\u{8}", "\u{7F}", "0", "^", "_", "$", "w", "b", "e", "W", "B", "E", "j", "k", "+", "-", "G", "%", ";", ",",
    "|",
  ]
  private static let lookingMotions: Set<Character> = ["f", "F", "t", "T"]
  private static let objects: Set<Character> = ["w", "W", "(", ")", "b", "[", "]", "{", "}", "B", "<", ">", "\"", "'", "`"]
  private static let plainKeys: Set<Character> = [
    "i", "a", "I", "A", "o", "O", "s", "S", "C", "D", "Y", "x", "X", "p", "P", "R", "~", "J", "u", "U", ".", "v", "/", "?", "n",
    "N",
  ]

  static func read(_ keys: [Character]) -> Reading {
    var rest = keys[...]
    var count = number(&rest)
    guard let first = rest.popFirst() else { return .waits }
    if first == "r" {
      guard let character = rest.popFirst() else { return .waits }
      return .command(ViCommand(count: count, action: .replaceCharacter(character)))
    }
    guard operators.contains(first) else {
      if plainKeys.contains(first) { return .command(ViCommand(count: count, action: .plain(first))) }
      switch motion(first, &rest) {
      case .command(let target): return .command(ViCommand(count: count, action: .move(target)))
      case .waits: return .waits
      case .unknown: return .unknown
      }
    }
    if let second = number(&rest) { count = min(largestCount, (count ?? 1) * second) }
    guard let key = rest.popFirst() else { return .waits }
    if key == first { return .command(ViCommand(count: count, action: .apply(operation: first, .lines))) }
    if key == "i" || key == "a" {
      guard let object = rest.popFirst() else { return .waits }
      guard objects.contains(object) else { return .unknown }
      return .command(ViCommand(count: count, action: .apply(operation: first, .object(object, isInner: key == "i"))))
    }
    switch motion(key, &rest) {
    case .command(let target): return .command(ViCommand(count: count, action: .apply(operation: first, target)))
    case .waits: return .waits
    case .unknown: return .unknown
    }
  }

  private enum MotionReading { case command(Target), waits, unknown }

  private static func motion(_ key: Character, _ rest: inout ArraySlice<Character>) -> MotionReading {
    if motions.contains(key) { return .command(.motion(key, nil)) }
    guard lookingMotions.contains(key) || key == "g" else { return .unknown }
    guard let argument = rest.popFirst() else { return .waits }
    if key == "g" { return argument == "g" ? .command(.motion("g", nil)) : .unknown }
    return .command(.motion(key, argument))
  }

  /// The number that the keys begin with; a 0 begins none.
  private static func number(_ keys: inout ArraySlice<Character>) -> Int? {
    var value: Int?
    while let digit = keys.first.flatMap({ $0.isASCII ? $0.wholeNumberValue : nil }), value != nil || digit != 0 {
      value = min(largestCount, (value ?? 0) * 10 + digit)
      keys.removeFirst()
    }
    return value
  }
}
