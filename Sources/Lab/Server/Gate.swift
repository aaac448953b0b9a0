import Base
import Formats
import Synchronization

/// Who may come in: whoever shows the token, and from then on the cookie that was given for it; by the names of this machine alone, so that
/// no page of the world reaches the server under a name of its own; and to the socket from our own page alone.
final class Gate: Sendable {
  /// What the gate says of a request.
  enum Verdict {
    case page
    case socket(accept: String)
    case answer(Response)
  }

  /// What the address has that is printed.
  let token: String
  private let secret: String
  private let port: Int
  /// What each browser that we open has in its address: good for one time, as other users of the machine see the words that programs are
  /// started with.
  private let tickets = Mutex<[String]>([])

  /// - Throws: `RandomBytes.Missing`.
  init(port: Int) throws {
    self.port = port
    token = try RandomBytes.word()
    secret = try RandomBytes.word()
  }

  /// A word that opens the gate once.
  func ticket() throws -> String {
    let ticket = try RandomBytes.word()
    tickets.withLock { $0.append(ticket) }
    return ticket
  }

  private var cookieName: String { "gan_lab_\(port)" }
  /// The names under which the server may be spoken to.
  private var hosts: [String] { ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)"] }

  func verdict(on head: RequestHead) -> Verdict {
    guard let host = head.only("host"), hosts.contains(host.lowercased()) else {
      return .answer(Response(403, "This server answers to \(hosts.joined(separator: ", ")) alone."))
    }
    // A page from elsewhere names itself; ours may stay silent but for the socket.
    if head.has("origin"), head.only("origin")?.lowercased() != "http://\(host.lowercased())" {
      return .answer(Response(403, "This server answers to its own page alone."))
    }
    guard head.method == "GET" else {
      return .answer(Response(405, "This server knows GET alone.", headers: [("Allow", "GET")]))
    }
    if head.has("content-length") && head.only("content-length") != "0" || head.has("transfer-encoding") {
      return .answer(Response(400, "A GET brings nothing along."))
    }
    if head.path == "/", let token = shown(in: head.query) { return entry(token) }
    guard let cookie = head.cookie(cookieName), Self.isSame(cookie, secret) else {
      return .answer(Response(403, "Open the address that gan lab has printed: it holds the token."))
    }
    // Another server of this machine is the same site to a browser, and no part of ours.
    if head.has("sec-fetch-site"), !["same-origin", "none"].contains(head.only("sec-fetch-site")) {
      return .answer(Response(403, "This server answers to its own page alone."))
    }
    guard head.path == "/socket" else { return .page }
    return socket(head)
  }

  /// The token in a query.
  private func shown(in query: String?) -> String? {
    guard let query, query.hasPrefix("token=") else { return nil }
    return String(query.dropFirst(6))
  }

  private func entry(_ shown: String) -> Verdict {
    let isTicket = tickets.withLock { tickets in
      guard let place = tickets.firstIndex(where: { Self.isSame($0, shown) }) else { return false }
      tickets.remove(at: place)
      return true
    }
    guard isTicket || Self.isSame(shown, token) else {
      return .answer(Response(403, "This is not the token of this server. Open the address that gan lab has printed."))
    }
    let cookie = "\(cookieName)=\(secret); Path=/; HttpOnly; SameSite=Strict"
    return .answer(Response(303, "/", headers: [("Location", "/"), ("Set-Cookie", cookie)]))
  }

  private func socket(_ head: RequestHead) -> Verdict {
    guard head.has("origin") else { return .answer(Response(403, "The socket is for the page of this server alone.")) }
    guard head.lists("connection", "upgrade"), head.lists("upgrade", "websocket"), head.only("sec-websocket-version") == "13"
    else {
      return .answer(Response(426, "This is a WebSocket.", headers: [("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]))
    }
    // 16 bytes in Base64.
    guard let key = head.only("sec-websocket-key"), key.utf8.count == 24, key.hasSuffix("==") else {
      return .answer(Response(400, "The request for the socket has no key."))
    }
    return .socket(accept: Base64.text(of: SHA1.digest(of: Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8))))
  }

  /// Whether two words are the same, in a time that does not tell where they differ.
  private static func isSame(_ shown: String, _ known: String) -> Bool {
    let (shown, known) = (Array(shown.utf8), Array(known.utf8))
    guard shown.count == known.count else { return false }
    return zip(shown, known).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
