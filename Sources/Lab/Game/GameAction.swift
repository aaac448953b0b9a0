import Formats

/// What a page can ask for. A message that asks for nothing of the kind is none.
enum GameAction: Equatable {
  case play, pause, back, next, seed, reset
  case step(Game.Course.Players)
  case slow(Bool)
  case speed(Int)
  /// The page knows by its mark which of its wishes has been answered.
  case set(name: String, value: Double, mark: String? = nil)
  case choose(what: String, value: String)
  case points([[Double]])
  case write(name: String)
  case show(slopes: Bool?, grid: Bool?)

  /// What of the run it is about: the name of a knob or of a choice.
  var subject: String? {
    switch self {
    case .set(let name, _, _), .write(let name): name
    case .choose(let what, _): what
    case .points: "data"
    default: nil
    }
  }

  /// So many points can be drawn by hand at most.
  static let pointLimit = 20_000

  init?(_ message: JSON) {
    guard case .object(let members) = message, case .string(let action)? = members["action"] else { return nil }
    func text(_ name: String) -> String? { if case .string(let text)? = members[name] { text } else { nil } }
    func truth(_ name: String) -> Bool? { if case .boolean(let truth)? = members[name] { truth } else { nil } }
    switch action {
    case "play": self = .play
    case "pause": self = .pause
    case "step": self = .step(.both)
    case "step_d": self = .step(.discriminator)
    case "step_g": self = .step(.generator)
    case "back": self = .back
    case "next": self = .next
    case "seed": self = .seed
    case "reset": self = .reset
    case "slow":
      guard let on = truth("on") else { return nil }
      self = .slow(on)
    case "speed":
      guard case .number(let number)? = members["value"], let speed = Int(exactly: number),
        GameSpeeds.range.contains(speed)
      else { return nil }
      self = .speed(speed)
    case "set":
      guard let name = text("name"), case .number(let value)? = members["value"], value.isFinite else { return nil }
      self = .set(name: name, value: value, mark: text("mark").map { String($0.prefix(64)) })
    case "choose":
      guard let what = text("what"), let value = text("value") else { return nil }
      self = .choose(what: what, value: value)
    case "points":
      guard case .array(let points)? = members["points"], points.count <= GameAction.pointLimit else { return nil }
      let pairs = points.compactMap(GameAction.pair)
      guard pairs.count == points.count else { return nil }
      self = .points(pairs)
    case "write":
      guard let name = text("name") else { return nil }
      self = .write(name: name)
    case "show":
      self = .show(slopes: truth("slopes"), grid: truth("grid"))
    default: return nil
    }
  }

  private static func pair(_ json: JSON) -> [Double]? {
    guard case .array(let pair) = json, pair.count == 2, case .number(let x) = pair[0], case .number(let y) = pair[1],
      x.isFinite, y.isFinite, abs(x) < 1e30, abs(y) < 1e30
    else { return nil }
    return [x, y]
  }
}
