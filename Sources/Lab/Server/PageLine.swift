import Base
import Formats
import Synchronization

/// The line to one page: what is sent waits in a queue until the page has taken what was sent before. The queue has an end: a page that reads too
/// slowly loses what it has not got, and is told everything anew when it reads again.
public final class PageLine: Sendable {
  /// One message.
  struct Message {
    /// Of messages of one kind the newest takes the place of the older ones, as long as they wait.
    var kind: String?
    /// As frames of the socket.
    var bytes: [UInt8]
  }

  private struct State {
    var queue: [Message] = []
    /// The place of each kind in the queue, counted from its first message ever.
    var places: [String: Int] = [:]
    var sent = 0
    var byteCount = 0
    var isBehind = false
    var isClosed = false
  }

  /// More bytes do not wait: 16 MiB beside what a single message has.
  static let most = 16 << 20
  private static let mostMessages = 20_000

  /// The name that the page gives itself, the same for each of its connections; nil where it gives none.
  let page: String?
  private let state = Mutex(State())
  private let wake: @Sendable () -> Void

  init(page: String? = nil, wake: @escaping @Sendable () -> Void) {
    self.page = page
    self.wake = wake
  }

  /// Sends a message; of those of one kind that wait, the newest alone.
  func send(_ message: JSON, kind: String? = nil) { send(text: message.text, kind: kind) }

  /// The same for a text that is JSON already.
  func send(text: String, kind: String? = nil) { put(Message(kind: kind, bytes: SocketFrames.text(Array(text.utf8)))) }

  /// Sends bytes.
  func send(bytes: [UInt8], kind: String? = nil) { put(Message(kind: kind, bytes: SocketFrames.binary(bytes))) }

  private func put(_ message: Message) {
    let isNew = state.withLock { state in
      guard !state.isBehind, !state.isClosed else { return false }
      state.byteCount += message.bytes.count
      if let kind = message.kind, let place = state.places[kind], place >= state.sent {
        state.byteCount -= state.queue[place - state.sent].bytes.count
        state.queue[place - state.sent] = message
      } else {
        if let kind = message.kind { state.places[kind] = state.sent + state.queue.count }
        state.queue.append(message)
      }
      // The first one is a page's greeting, however long: it has to come through.
      let waiting = state.byteCount - (state.queue.first?.bytes.count ?? 0)
      guard waiting > Self.most || state.queue.count > Self.mostMessages else { return true }
      state.isBehind = true
      (state.queue, state.places, state.byteCount) = ([], [:], 0)
      return true
    }
    if isNew { wake() }
  }

  /// What is to be sent next: frames of about 256 kB in all; nil where nothing waits. `isBehind`: the page has lost something, and waits to be told
  /// everything.
  func next() -> (bytes: [UInt8], isBehind: Bool)? {
    state.withLock { state in
      guard !state.isBehind else { return ([], true) }
      guard !state.queue.isEmpty else { return nil }
      var bytes: [UInt8] = []
      var count = 0
      while count < state.queue.count, bytes.isEmpty || bytes.count + state.queue[count].bytes.count <= 256 << 10 {
        bytes += state.queue[count].bytes
        count += 1
      }
      state.queue.removeFirst(count)
      state.sent += count
      state.byteCount -= bytes.count
      if state.queue.isEmpty { state.places = [:] }
      return (bytes, false)
    }
  }

  /// The page is told everything from here on.
  func catchUp() { state.withLock { $0.isBehind = false } }

  /// Nothing is sent any more.
  func close() {
    state.withLock { state in
      state.isClosed = true
      (state.queue, state.places) = ([], [:])
    }
  }
}
