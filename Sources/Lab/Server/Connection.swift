import Base
import Formats
import Glibc

/// One connection, on the server's thread: a head is read, an answer written; or it becomes a page's socket.
final class Connection {
  enum Stage {
    case head
    case answer
    /// What the other side has still sent is thrown away, so that it gets the answer before the connection ends.
    case drain
    case socket(PageLine)
  }

  /// How long a head, an answer, and the end may take, in seconds.
  static let patience = (head: 5.0, answer: 30.0, drain: 1.0)

  let descriptor: Int32
  private(set) var stage = Stage.head
  /// When it is ended, if nothing else ends it; nil: never.
  private(set) var deadline: Double?
  private(set) var isOver = false
  private let server: WebServer
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var written = 0
  private var frames = SocketFrames()
  /// The end of the socket has been said: nothing follows it.
  private var isClosing = false

  init(_ descriptor: Int32, server: WebServer) {
    self.descriptor = descriptor
    self.server = server
    deadline = SteadyClock.seconds + Self.patience.head
  }

  /// The page that has the socket, by the name that it gives itself; nil where it gives none.
  var page: String? { if case .socket(let line) = stage { line.page } else { nil } }
  var isSocket: Bool { if case .socket = stage { true } else { false } }
  /// Whether what the other side sends is looked at: while an answer is written, it waits.
  var wantsToRead: Bool { if case .answer = stage { false } else { true } }
  var wantsToWrite: Bool { written < output.count }

  func end() {
    guard !isOver else { return }
    isOver = true
    close(descriptor)
    if case .socket(let line) = stage {
      line.close()
      server.service.closed(line)
    }
  }

  /// The time is over.
  func expire() {
    switch stage {
    case .head: answer(Response(408, "The request took too long."))
    case .answer, .drain, .socket: end()
    }
  }

  // MARK: Reading

  func read() {
    guard !isOver else { return }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else {
      if count == 0 || (errno != EAGAIN && errno != EINTR) { end() }
      return
    }
    switch stage {
    case .head: readHead(buffer[..<count])
    case .answer, .drain: break
    case .socket(let line): readFrames(buffer[..<count], line)
    }
  }

  private func readHead(_ bytes: ArraySlice<UInt8>) {
    // The end may have begun among the bytes before.
    let seen = max(0, input.count - 3)
    input += bytes
    guard let place = input[seen...].firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]), place.lowerBound <= RequestHead.most else {
      if input.count > RequestHead.most { answer(Response(431, "The head of the request is too long.")) }
      return
    }
    guard let head = RequestHead(Array(input[..<place.lowerBound])) else {
      return answer(Response(400, "This is no request of HTTP/1.1."))
    }
    let rest = input[place.upperBound...]
    input = []
    switch server.gate.verdict(on: head) {
    case .answer(let response): answer(response)
    case .page:
      if head.query == nil, let file = page(head.path) ?? server.files.file(head.path) { return answer(file) }
      if head.query == nil, let file = server.service.file(head.path) { return answer(file) }
      guard head.query == nil, server.service.visit(head.path) else { return answer(Response(404, "There is no such page.")) }
      answer(Response(303, "/", headers: [("Location", "/")]))
    case .socket(let accept):
      guard let line = server.line(of: Self.page(head.query)) else {
        return answer(Response(503, "There are too many pages. Close one."))
      }
      output = Array(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: \(accept)\r\n\r\n"
          .utf8)
      stage = .socket(line)
      deadline = nil
      server.service.opened(line)
      write()
      if !rest.isEmpty { readFrames(rest, line) }
    }
  }

  /// The page itself, where it is asked for.
  private func page(_ path: String) -> Response? {
    path == "/" ? server.files.page(showing: server.service.firstView()) : nil
  }

  /// The name of a page in the query of its socket.
  private static func page(_ query: String?) -> String? {
    guard let query, query.hasPrefix("page="), query.utf8.count <= 64 else { return nil }
    return String(query.dropFirst(5))
  }

  private func readFrames(_ bytes: ArraySlice<UInt8>, _ line: PageLine) {
    guard !isClosing else { return }
    do {
      for event in try frames.take(bytes) {
        switch event {
        case .text(let text): server.service.received(text, from: line)
        case .binary: server.service.received(nil, from: line)
        case .tooLong(let count):
          let words = "A message of \(SizeText.bytes(count)) was not taken: \(SizeText.bytes(SocketFrames.most)) are the most."
          line.send(LabState.message("notice", [("level", .string("error")), ("text", .string(words))]))
        // More answers than these do not wait for a page that only asks.
        case .ping(let bytes): if output.count - written < 64 << 10 { output += SocketFrames.pong(bytes) }
        case .close: say(1000)
        }
      }
    } catch { say(error.code) }
    write()
  }

  /// Says the end of the socket.
  private func say(_ code: UInt16) {
    isClosing = true
    output += SocketFrames.close(code)
    deadline = SteadyClock.seconds + Self.patience.drain
  }

  // MARK: Writing

  private func answer(_ response: Response) {
    input = []
    output = response.bytes
    written = 0
    stage = .answer
    deadline = SteadyClock.seconds + Self.patience.answer
    write()
  }

  /// Writes what the other side takes now.
  func write() {
    while !isOver {
      if written == output.count { refill() }
      guard written < output.count else { return }
      let count = output.withUnsafeBytes { bytes in
        Glibc.send(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else {
        if errno != EAGAIN && errno != EINTR { end() }
        return
      }
      written += count
    }
  }

  private func refill() {
    (output, written) = ([], 0)
    switch stage {
    case .head, .drain: break
    case .answer:
      stage = .drain
      deadline = SteadyClock.seconds + Self.patience.drain
      shutdown(descriptor, Int32(SHUT_WR))
    case .socket(let line):
      guard !isClosing else { return end() }
      while let next = line.next() {
        guard next.isBehind else {
          output = next.bytes
          return
        }
        server.service.opened(line)
      }
    }
  }
}
