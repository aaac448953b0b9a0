import Base
import Glibc
import Synchronization

/// What is to be sent, from any thread, in its order. Lines that are printed in quick succession go together; of what is shown in place of something
/// older only the newest goes, a few times a second.
final class Outbox: Sendable {
  /// How many seconds lie at least between two messages of printed lines, unless something else follows.
  static let streamPace = 0.05
  /// How many seconds lie at least between two updates of what changes.
  static let updatePace = 0.25

  /// How the work for a request has ended.
  struct Ending: Sendable {
    /// Whether those behind it shall not be run.
    var aborts = false
    /// Where the kernel is to end with it: its exit code.
    var exitCode: Int32?
    /// When it was, in seconds since 1970.
    var date = 0.0
  }

  /// Printed lines to which more may be added.
  private struct Stream {
    let name: String
    let parent: [UInt8]
    var text: String

    var message: Message { Message(.iopub, "stream", parent: parent, ["name": .string(name), "text": .string(text)]) }
  }

  private struct State {
    var messages: [Message] = []
    /// What was printed behind them.
    var stream: Stream?
    /// Of each thing that changes the newest state that has not been sent.
    var updates: [(key: String, message: Message)] = []
    var lastStream = -Double.infinity
    var lastUpdate = -Double.infinity
    /// Whether the I/O thread has been woken, or will wake by itself, for what is there.
    var isSignaled = false
    var isTimed = false
    /// The header of the request that is being run.
    var running: [UInt8]?
    var ending: Ending?

    mutating func append(_ new: [Message]) {
      if let stream { messages.append(stream.message) }
      stream = nil
      messages += new
    }

    mutating func appendUpdates() {
      guard !updates.isEmpty else { return }
      append(updates.map(\.message))
      updates = []
    }
  }

  private let state = Mutex(State())
  /// Wakes the I/O thread.
  let alarm = WakePipe()

  // MARK: In

  func send(_ message: Message) { send([message]) }

  /// Messages between which no other gets.
  func send(_ messages: [Message]) {
    change { state in
      state.append(messages)
      return true
    }
  }

  /// Text that is printed, with its line ends. `name`: "stdout" or "stderr".
  func print(_ text: String, to name: String, parent: [UInt8]) {
    guard !text.isEmpty else { return }
    change { state in
      if state.stream?.name == name {
        state.stream?.text += text
      } else {
        state.append([])
        state.stream = Stream(name: name, parent: parent, text: text)
      }
      return !state.isTimed
    }
  }

  /// A message that takes the place of the last one with the same key, if that has not been sent yet.
  func update(_ key: String, _ message: Message) {
    change { state in
      state.updates.removeAll { $0.key == key }
      state.updates.append((key, message))
      return !state.isTimed
    }
  }

  /// Takes back what `update` was to send for a key, if that has not been sent yet.
  func forget(_ key: String) {
    change { state in
      state.updates.removeAll { $0.key == key }
      return false
    }
  }

  /// Lets the I/O thread look, from any thread and from a signal handler.
  func wake() { alarm.wake() }

  /// `body` says whether the I/O thread is to look at once.
  private func change(_ body: (inout State) -> Bool) {
    let wakes = state.withLock { state in
      guard body(&state), !state.isSignaled else { return false }
      state.isSignaled = true
      return true
    }
    if wakes { wake() }
  }

  // MARK: Requests

  /// Says that the kernel is at work for a request.
  func begin(_ request: Request, isRun: Bool = false) {
    change { state in
      state.append([.status("busy", parent: request.header)])
      if isRun { state.running = request.header }
      return true
    }
  }

  /// Answers a request, and says that the kernel is idle; where a program runs meanwhile, that it is busy with it.
  func finish(_ request: Request, with messages: [Message] = []) {
    change { state in
      state.append(messages + [.status("idle", parent: request.header)])
      if let running = state.running { state.append([.status("busy", parent: running)]) }
      return true
    }
  }

  /// Ends the request that was run. What has changed goes before `messages`.
  func finishRun(_ request: Request, with messages: [Message], _ ending: Ending) {
    change { state in
      state.appendUpdates()
      state.running = nil
      state.append(messages + [.status("idle", parent: request.header)])
      state.ending = ending
      return true
    }
  }

  /// Sends the newest state of all that changes before what follows.
  func settle() {
    change { state in
      guard !state.updates.isEmpty else { return false }
      state.appendUpdates()
      return true
    }
  }

  // MARK: Out

  /// What is to be sent now, how the run has ended that has, and in how many seconds there will be more, if nothing else comes. `isEnd`: all there is.
  func take(now: Double, isEnd: Bool = false) -> (messages: [Message], ending: Ending?, wait: Double?) {
    alarm.drain()
    return state.withLock { state in
      state.isSignaled = false
      var messages = state.messages
      var waits: [Double] = []
      state.messages = []
      if let stream = state.stream {
        let due = state.lastStream + Self.streamPace
        if due > now, !isEnd {
          waits.append(due - now)
        } else {
          messages.append(stream.message)
          state.stream = nil
          state.lastStream = now
        }
      }
      if !state.updates.isEmpty {
        let due = state.lastUpdate + Self.updatePace
        if due > now, !isEnd {
          waits.append(due - now)
        } else {
          messages += state.updates.map(\.message)
          state.updates = []
          state.lastUpdate = now
        }
      }
      let ending = state.ending
      state.ending = nil
      state.isTimed = !waits.isEmpty
      return (messages, ending, waits.min())
    }
  }
}
