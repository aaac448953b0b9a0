import Base
import Formats
import Frontend
import Interpreter
import Library
import Synchronization
import Syntax

/// The game of one session: what of a run is shown and done in the page while it trains, and after the cell that trained it has ended.
///
/// Pages ask from any thread (`receive`, `greet`); all else is done on the session's thread, between two steps of the training, or, where
/// no program runs, as work of the host's. What is shown is computed apart, so that watching changes no bit of a result.
public final class Game: RunAttendant, @unchecked Sendable {
  let host: SessionHost
  private let send: @Sendable (GameMessage) -> Void
  /// What pages have asked for, and what a page must know that has just come.
  private let desk = Mutex(Desk())
  private let owner = Mutex<Owner?>(nil)

  // On the session's thread alone:
  /// The run that is played; nil before there is one.
  var run: Record?
  var timeline = RunTimeline()
  var curves = GameCurves()
  /// At which step each number of the history was set last, by the step or by the program.
  var settings: [String: Int] = [:]
  var knobs = GameKnobs()
  /// The marks of what has been set or refused since pages were told the last state.
  var answered: [String] = []
  var frames = GameFrames()
  var course = Course()
  /// What is known of the rehearsal of a step that is under way.
  var rehearsal: Rehearsal?
  /// Whether what is shown is being computed: what it calls is no part of a training.
  var isShowing = false
  /// What takes long to find, and seldom changes.
  var outlook = Outlook()

  private struct Desk {
    var inbox: [JSON] = []
    /// Whether the host has been asked to look into the inbox, and has not done so yet.
    var isCalled = false
    var lastState: JSON?
    var curves = GameCurves()
    var lastFrame: GameMessage?
  }

  /// Messages that nobody has looked at are refused beyond so many.
  private static let inboxLimit = 10_000

  /// - Parameter send: Gets messages for all pages, on the session's thread.
  public init(host: SessionHost, send: @escaping @Sendable (GameMessage) -> Void) {
    (self.host, self.send) = (host, send)
  }

  /// What the document does for the game.
  public struct Owner: Sendable {
    /// Another run is played from here on, which the cell trains that is being run.
    let adopted: @Sendable () -> Void
    /// The cell that is being run trains the run.
    let trains: @Sendable () -> Void
    /// Writes `run.lambda = 10` into the program, given as "run", "lambda" and "10", so that it counts from the run's beginning; gives what
    /// is said of it.
    let write: @Sendable (_ variable: String, _ field: String, _ value: String) -> String
    /// What the program calls the data of the run in a variable; nil where that is not known.
    let dataText: @Sendable (_ variable: String) -> String?
  }

  /// The document; nil where there is none.
  var document: Owner? {
    get { owner.withLock { $0 } }
    set { owner.withLock { $0 = newValue } }
  }

  // MARK: From any thread

  /// A message of the type "game" from a page. What is no such message is not answered.
  public func receive(_ message: JSON) {
    guard case .object(let members) = message, case .string? = members["action"] else { return }
    let isCall = desk.withLock { desk in
      guard desk.inbox.count < Game.inboxLimit else { return false }
      desk.inbox.append(message)
      defer { desk.isCalled = true }
      return !desk.isCalled
    }
    // A training looks by itself, before its next step; the call is for when none runs.
    if isCall { afterProgram { $0.answerCall(in: $1) } }
    host.wake()
  }

  /// Everything that a page which has just come must know.
  public func greet(_ send: @escaping @Sendable (GameMessage) -> Void) {
    let (state, curves, frame) = desk.withLock { ($0.lastState, $0.curves, $0.lastFrame) }
    send(.json(state ?? Game.emptyState))
    if !curves.steps.isEmpty { send(.json(curves.all)) }
    if let frame { send(frame) }
  }

  // MARK: The desk

  var hasMessages: Bool { desk.withLock { !$0.inbox.isEmpty } }

  /// The next message; with `isTaken` false it stays.
  func nextMessage(isTaken: Bool = true) -> GameAction? {
    while true {
      let message: JSON? = desk.withLock { desk in
        guard !desk.inbox.isEmpty else { return nil }
        return isTaken ? desk.inbox.removeFirst() : desk.inbox[0]
      }
      guard let message else { return nil }
      if let action = GameAction(message) { return action }
      if !isTaken { desk.withLock { if !$0.inbox.isEmpty { $0.inbox.removeFirst() } } }
    }
  }

  fileprivate func answerCall(in session: Session) {
    desk.withLock { $0.isCalled = false }
    takeTurn(in: session)
  }

  /// Sends what all pages shall know.
  func tell(_ message: GameMessage, state: Bool = false) {
    desk.withLock { desk in
      switch message {
      case .frame: desk.lastFrame = message
      case .json(let json): if state { desk.lastState = json }
      }
    }
    send(message)
  }

  func tellCurves() {
    let news = curves.news()
    desk.withLock { $0.curves = curves }
    if let news { send(.json(news)) }
  }

  func forgetFrame() { desk.withLock { $0.lastFrame = nil } }

  /// Tells of what failed, and how; `subject`: the knob or choice that it is about.
  func notify(_ error: any Error, about subject: String? = nil) {
    let text: String
    switch error {
    case let error as Diagnostic: text = ([error.title] + error.advice).joined(separator: "\n")
    case let error as Failure: text = ([error.title] + error.advice).joined(separator: "\n")
    case is Interrupted: text = "stopped"
    default: text = "\(error)"
    }
    notify(text, level: error is Interrupted ? "note" : "error", about: subject)
  }

  func notify(_ text: String, level: String, about subject: String? = nil) {
    tell(
      .json(
        .object([
          "type": .string("notice"), "level": .string(level), "text": .string(text),
          "about": subject.map(JSON.string) ?? .null,
        ])))
  }
}

extension Game {
  /// How the run is to go on.
  struct Course {
    /// Which networks the next step moves.
    enum Players: Equatable {
      case both, discriminator, generator
    }

    var isPlaying = false
    /// Whether the step that follows is the only one.
    var isSingle = false
    var players = Players.both
    var isSlow = false
    var speeds = GameSpeeds()
    /// When the next step may be made.
    var stepDue = -Double.infinity
    /// Whether the step that has been let go is to wait at its first part, in slow motion.
    var isHeld = false
    /// Whether a program trains the run: then it makes the steps.
    var isInCell = false
    /// Whether the host has been asked to tell when that program has ended.
    var isEndAwaited = false
    /// Whether the program that trained it has ended, and nothing has been played since.
    var isEnded = false
    /// How many turns the host has been asked for: only the last one asked for is taken.
    var turns = 0
    /// Whether a step has been let go that has not come to its end yet, as far as is known.
    var isStepUnderWay = false
    /// Whether that step has asked which networks it moves.
    var isAsked = false
    /// The state from which that step is made, where it is not the last moment.
    var base: RunSnapshot?
    /// The seed that was set last.
    var seed: UInt64 = 0
    var showsSlopes = false
    var showsGrid = true

    init() {}

    /// How it is when a program begins or ends: what was chosen for looking stays.
    init(keeping other: Course) {
      (isSlow, showsSlopes, showsGrid, seed) = (other.isSlow, other.showsSlopes, other.showsGrid, other.seed)
      (speeds, stepDue) = (other.speeds, other.stepDue)
      (turns, isStepUnderWay, isAsked) = (other.turns, other.isStepUnderWay, other.isAsked)
      (isPlaying, isSingle, isHeld, players) = (other.isPlaying, other.isSingle, other.isHeld, other.players)
    }
  }

  /// A step that is made part by part, to be taken back.
  struct Rehearsal {
    var player: String?
    var part: String?
    var says: String?
    /// The user has asked to stop meanwhile.
    var interruption: Interrupted?
    /// Whether its parts are not waited for any more.
    var isHurried = false
    /// Whether the step shall not be made at all.
    var isGivenUp = false
  }
}
