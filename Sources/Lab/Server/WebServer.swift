import Base
import Glibc
import Synchronization

/// What stands behind the pages. Called on the server's thread, which it must not keep waiting.
protocol PageService: AnyObject, Sendable {
  /// What is shown of the document, as HTML, until a page has been told everything.
  func firstView() -> String
  /// A page has come, or has lost something: it is to be told everything. Calls `catchUp` first.
  func opened(_ line: PageLine)
  /// Somebody follows a link of a page to here: whether it leads anywhere.
  func visit(_ path: String) -> Bool
  /// A file that a page can get beside those of the program; nil where there is none at this path.
  func file(_ path: String) -> Response?
  /// A page has sent a message; nil: one that is no text.
  func received(_ message: String?, from line: PageLine)
  /// A page has gone.
  func closed(_ line: PageLine)
}

/// A server of HTTP/1.1 and WebSocket for pages on this machine. One thread does all of it, and never waits for a single page: neither slow heads
/// nor pages that do not read hold up anybody else.
///
/// `@unchecked Sendable`: the connections belong to that thread alone.
final class WebServer: @unchecked Sendable {
  /// The most connections that are not a page's socket: beyond, the oldest one has to go.
  static let mostConnections = 96
  /// The most pages.
  static let mostPages = 48

  let port: Int
  let gate: Gate
  let files: PageFiles
  let service: any PageService
  private let listener: Listener
  /// Wakes the thread.
  private let alarm = WakePipe()
  private let isStopped = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private var connections: [Connection] = []
  private var isFull = false

  /// A server for a listener; it answers from `start` on.
  init(_ listener: Listener, files: PageFiles, service: any PageService) throws {
    self.listener = listener
    port = listener.port
    gate = try Gate(port: port)
    self.files = files
    self.service = service
    guard alarm.readEnd >= 0 else { throw Listener.Failure(port: port, code: errno) }
  }

  // Not before: whoever still has a line wakes the thread through it.
  deinit { alarm.close() }

  /// The address with the token.
  var address: String { "http://127.0.0.1:\(port)/?token=\(gate.token)" }

  func start() { Threads.start { self.serve() } }

  /// Ends all connections, and the thread; waits for it.
  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    wake()
    while !hasEnded.load(ordering: .sequentiallyConsistent) { usleep(1000) }
  }

  /// A line for a new page, or for one that comes again; nil where there are too many.
  func line(of page: String?) -> PageLine? {
    // What its earlier connection might still bring would come behind what the page is told now.
    for connection in connections where page != nil && connection.page == page { connection.end() }
    guard connections.count(where: { $0.isSocket && !$0.isOver }) < Self.mostPages else { return nil }
    return PageLine(page: page) { [weak self] in self?.wake() }
  }

  private func wake() { alarm.wake() }

  // MARK: The thread

  private func serve() {
    while !isStopped.load(ordering: .sequentiallyConsistent) { turn() }
    for connection in connections { connection.end() }
    for descriptor in listener.descriptors { close(descriptor) }
    connections = []
    hasEnded.store(true, ordering: .sequentiallyConsistent)
  }

  private func turn() {
    var polled = [pollfd(fd: alarm.readEnd, events: Int16(POLLIN), revents: 0)]
    for descriptor in listener.descriptors {
      polled.append(pollfd(fd: descriptor, events: isFull ? 0 : Int16(POLLIN), revents: 0))
    }
    for connection in connections {
      let events = (connection.wantsToRead ? Int16(POLLIN) : 0) | (connection.wantsToWrite ? Int16(POLLOUT) : 0)
      polled.append(pollfd(fd: connection.descriptor, events: events, revents: 0))
    }
    let now = SteadyClock.seconds
    let next = connections.compactMap(\.deadline).min().map { max(0, $0 - now) } ?? 60
    let wait = isFull ? min(next, 0.1) : next
    isFull = false
    guard poll(&polled, nfds_t(polled.count), Int32(min(wait, 60) * 1000 + 1)) >= 0 else { return }
    if polled[0].revents != 0 { alarm.drain() }
    let first = 1 + listener.descriptors.count
    for (place, connection) in connections.enumerated() {
      let happened = polled[first + place].revents
      let isBroken = happened & Int16(POLLHUP | POLLERR) != 0
      if happened & Int16(POLLIN) != 0 || isBroken && connection.wantsToRead { connection.read() }
      if happened & Int16(POLLOUT) != 0 || isBroken, !connection.isOver { connection.write() }
    }
    // What others have put into the lines.
    for connection in connections where connection.isSocket && !connection.isOver && !connection.wantsToWrite {
      connection.write()
    }
    let late = SteadyClock.seconds
    for connection in connections where !connection.isOver && connection.deadline ?? .infinity <= late { connection.expire() }
    for (place, descriptor) in listener.descriptors.enumerated() where polled[1 + place].revents != 0 { accept(descriptor) }
    connections.removeAll(where: \.isOver)
  }

  private func accept(_ listener: Int32) {
    for _ in 0..<16 {
      let descriptor = Glibc.accept(listener, nil, nil)
      guard descriptor >= 0 else {
        // No descriptors are left: somebody has to go, and the next try waits.
        if errno == EMFILE || errno == ENFILE {
          isFull = true
          oldest()?.end()
        }
        return
      }
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      var yes: Int32 = 1
      setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
      if connections.count(where: { !$0.isSocket && !$0.isOver }) >= Self.mostConnections { oldest()?.end() }
      connections.append(Connection(descriptor, server: self))
    }
  }

  /// The connection that has been there longest, of those that are no sockets: they stand in the order in which they came.
  private func oldest() -> Connection? { connections.first { !$0.isSocket && !$0.isOver } }
}
