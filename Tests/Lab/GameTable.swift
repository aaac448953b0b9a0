import Base
import Formats
import Frontend
import Interpreter
import Library
import Synchronization
import Syntax
import Testing

@testable import Lab

/// A session on a thread of its own, the game at it, and a page that has heard all.
final class GameTable: Sendable {
  let host: SessionHost
  let game: Game
  private let heard: Heard

  final class Heard: Sendable {
    let messages = Mutex<[GameMessage]>([])
    let outputs = Mutex<[String]>([])
    let lines = Mutex<[String]>([])
  }

  private final class Sink: OutputSink {
    let heard: Heard
    init(_ heard: Heard) { self.heard = heard }
    func receive(_ output: Output) {
      switch output {
      case .text(let text): heard.outputs.withLock { $0.append(text) }
      case .diagnostic(let diagnostic): heard.outputs.withLock { $0.append(diagnostic.title) }
      case .interrupted(let note): heard.outputs.withLock { $0.append(note ?? "") }
      default: break
      }
    }
  }

  init(isWatched: Bool = true) {
    let heard = Heard()
    self.heard = heard
    host = SessionHost {
      let session = Library.session(threads: 1)
      let sink = Sink(heard)
      session.sink = sink
      _ = session.service(Sink.self) { sink }
      return session
    }
    game = Game(host: host) { message in heard.messages.withLock { $0.append(message) } }
    game.document = Game.Owner(
      adopted: {}, trains: {},
      write: { variable, field, value in
        heard.lines.withLock { $0.append("\(variable).\(field) = \(value)") }
        return ""
      }, dataText: { _ in nil })
    if isWatched { host.enqueue { [game] session in session.attendant = game } }
  }

  /// The beginning of a program that plays with points.
  static let points = """
    use gan
    seed 1
    G = net { dense 8; relu; dense 2 }
    D = net { dense 8; relu; dense 1 }
    data = ring(200)
    """

  deinit { _ = host.end(within: 20) }

  // MARK: The program

  /// Runs a cell; its outcome comes when it has ended.
  func start(_ text: String) -> Promise<Outcome> {
    let promise = Promise<Outcome>()
    host.enqueue { session in promise.keep(session.perform(Source(name: "cell", text: text))) }
    return promise
  }

  func run(_ text: String) throws { try #require(try start(text).value() == .done, "\(outputs.suffix(3))") }

  /// What `body` finds out on the session's thread, after all that was asked for before.
  func ask<T: Sendable>(_ body: @escaping @Sendable (Session) throws -> T) throws -> T {
    let promise = Promise<Result<T, any Error>>()
    host.enqueue { session in promise.keep(Result { try session.inside { try body(session) } }) }
    return try promise.value().get()
  }

  /// The parameters and the history of `run`, and where chance stands, to the last bit.
  func bits() throws -> [Float] {
    try ask { session in
      let text = """
        nets = filter(["G", "D", "encoder"], name -> has(run, name))
        parts = [tensor([run.step, run.epoch]), (aside { uniform([3]) })]
        for name in nets { for p in run[name].parameters + run[name].statistics { append parts, reshape(p, [-1]) } }
        for name, values in run.history { if len(values) > 0 { append parts, tensor(values) } }
        concat(parts)
        """
      // In a function, so that no variable is left.
      let value = try session.run(Source(name: "bits", text: "fn _bits() {\n\(text)\n}\n_bits()"))
      return try value.floats()?.numbers ?? []
    }
  }

  func number(_ text: String) throws -> Double {
    try ask { session in
      guard case .number(let number) = try session.run(Source(name: "number", text: text)) else { return .nan }
      return number
    }
  }

  // MARK: The page

  func press(_ action: String, _ more: (String, JSON)...) {
    game.receive(.object(JSON.Members([("type", .string("game")), ("action", .string(action))] + more)))
  }

  /// Presses, and waits until what follows is done.
  func pressAndWait(_ action: String, _ more: (String, JSON)...) throws {
    game.receive(.object(JSON.Members([("type", .string("game")), ("action", .string(action))] + more)))
    try settle()
  }

  /// Waits until the game stands still and has nothing more to do.
  func settle() throws {
    try wait("that the game stands still") { [game] in
      !game.hasMessages && !self.host.isBusy && self.state?.text("state") != "playing"
    }
    _ = try ask { _ in true }
  }

  var messages: [GameMessage] { heard.messages.withLock { $0 } }
  var outputs: [String] { heard.outputs.withLock { $0 } }
  var lines: [String] { heard.lines.withLock { $0 } }
  func forget() { heard.messages.withLock { $0 = [] } }

  var states: [JSON] {
    messages.compactMap { if case .json(let json) = $0, json.text("type") == "game" { json } else { nil } }
  }
  var state: JSON? { states.last }
  var notices: [String] {
    messages.compactMap { if case .json(let json) = $0, json.text("type") == "notice" { json.text("text") } else { nil } }
  }

  /// The curves as a page that comes now is told them.
  var curves: JSON? {
    let told = Monitor<JSON?>(nil)
    game.greet { message in if case .json(let json) = message, json.text("type") == "curves" { told.change { $0 = json } } }
    return told.change { $0 }
  }
  /// "λ 3 from step 20"
  var marks: [String] {
    curves?.list("marks").map { "\($0.text("text") ?? "") from step \(Int($0.number("step") ?? -1))" } ?? []
  }

  /// The heads of the frames, and the lengths of their payloads.
  var frames: [(head: JSON, payload: Int)] {
    messages.compactMap { message in
      guard case .frame(let bytes) = message, bytes.count >= 4 else { return nil }
      let length = (0..<4).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
      guard let head = try? JSON(bytes[4..<4 + length]) else { return nil }
      return (head, bytes.count - (4 + length + 3) / 4 * 4)
    }
  }

  /// Waits until something is so; fails after a long time.
  func wait(_ what: String, until isSo: () -> Bool) throws {
    let start = SteadyClock.seconds
    while !isSo() {
      try #require(SteadyClock.seconds - start < 120, "waited too long: \(what)")
      pause()
    }
  }

  private func pause() {
    let gate = Monitor(false)
    _ = gate.wait(within: 0.005) { $0 ? true : nil }
  }
}

/// A value that another thread will have.
final class Promise<T: Sendable>: Sendable {
  private let kept = Monitor<T?>(nil)

  func keep(_ value: T) { kept.change { $0 = value } }

  var isKept: Bool { kept.change { $0 != nil } }

  func value() throws -> T { try #require(kept.wait(within: 240) { $0 }) }
}

extension JSON {
  func text(_ name: String) -> String? {
    guard case .object(let members) = self, case .string(let text)? = members[name] else { return nil }
    return text
  }

  func number(_ name: String) -> Double? {
    guard case .object(let members) = self, case .number(let number)? = members[name] else { return nil }
    return number
  }

  func list(_ name: String) -> [JSON] {
    guard case .object(let members) = self, case .array(let list)? = members[name] else { return [] }
    return list
  }
}
