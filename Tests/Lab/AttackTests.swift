import Formats
import TestSupport
import Testing

@testable import Lab

/// What somebody might send who is not our page.
@Suite(.serialized) struct AttackTests {
  private let bench: LabBench
  private var port: Int { bench.lab.port }
  private var host: String { "Host: 127.0.0.1:\(port)\r\n" }
  private var cookie: String { "Cookie: \(bench.cookie)\r\n" }

  init() throws { bench = try LabBench("1 + 1\n") }

  /// Expects that a request gets a status, and nothing of the page or the document.
  private func expect(_ status: Int, _ request: String, at location: SourceLocation = #_sourceLocation) throws {
    let answer = try bench.answer(request)
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(request.prefix(80)) got \(answer.prefix(60))", sourceLocation: location)
    #expect(!answer.contains("<script") && !answer.contains("Set-Cookie"), sourceLocation: location)
    #expect(answer.contains("Content-Security-Policy: default-src 'none'"), sourceLocation: location)
    #expect(answer.contains("X-Content-Type-Options: nosniff"), sourceLocation: location)
    #expect(answer.contains("Cache-Control: no-store"), sourceLocation: location)
  }

  // MARK: Who comes in

  @Test func theTokenOpensTheGate() throws {
    let answer = try bench.answer("GET /?token=\(bench.lab.token) HTTP/1.1\r\n\(host)\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 303 ") && answer.contains("\r\nLocation: /\r\n"))
    #expect(answer.contains("\r\nSet-Cookie: gan_lab_\(port)=") && answer.contains("; HttpOnly; SameSite=Strict\r\n"))
    let page = try bench.answer("GET / HTTP/1.1\r\n\(host)\(cookie)\r\n")
    #expect(page.hasPrefix("HTTP/1.1 200 ") && page.contains("<script"))
    // The cookie is no copy of the token: who sees the address in a history has no cookie yet.
    #expect(!bench.cookie.contains(bench.lab.token))
  }

  @Test func nobodyComesInWithoutTokenOrCookie() throws {
    let token = bench.lab.token
    for query in [
      "", "?token=", "?token=\(token.dropLast())", "?token=\(token)0", "?token=\(token.uppercased())x", "?Token=\(token)",
      "?token",
      "?a=1&token=\(token)", "?token=%\(token)", "?token=\(String(repeating: "0", count: 48))",
    ] {
      try expect(403, "GET /\(query) HTTP/1.1\r\n\(host)\r\n")
    }
    for wrong in [
      "gan_lab_\(port)=\(token)", "gan_lab_\(port)=", "gan_lab_1=\(bench.cookie.split(separator: "=")[1])", bench.cookie + "0",
      "x\(bench.cookie)",
    ] {
      try expect(403, "GET / HTTP/1.1\r\n\(host)Cookie: \(wrong)\r\n\r\n")
      try expect(403, "GET /page.js HTTP/1.1\r\n\(host)Cookie: \(wrong)\r\n\r\n")
    }
  }

  @Test func theAddressOfTheBrowserOpensTheGateOnce() throws {
    let ticket = try bench.lab.ticket()
    #expect(try bench.answer("GET /?token=\(ticket) HTTP/1.1\r\n\(host)\r\n").hasPrefix("HTTP/1.1 303 "))
    try expect(403, "GET /?token=\(ticket) HTTP/1.1\r\n\(host)\r\n")
  }

  @Test func otherNamesOfTheServerAreRefused() throws {
    for wrong in [
      "evil.example", "evil.example:\(port)", "127.0.0.1", "127.0.0.1:\(port + 1)", "127.0.0.1:\(port).evil.example",
      "127.0.0.1:\(port)@evil",
      "0.0.0.0:\(port)", "", "127.0.0.1:\(port), evil.example",
    ] {
      try expect(403, "GET / HTTP/1.1\r\nHost: \(wrong)\r\n\(cookie)\r\n")
    }
    try expect(403, "GET / HTTP/1.1\r\n\(cookie)\r\n")
    try expect(403, "GET / HTTP/1.1\r\n\(host)\(host)\(cookie)\r\n")
    try expect(403, "GET /?token=\(bench.lab.token) HTTP/1.1\r\nHost: evil.example\r\n\r\n")
    for name in ["localhost", "[::1]", "LOCALHOST"] {
      #expect(try bench.answer("GET / HTTP/1.1\r\nHost: \(name):\(port)\r\n\(cookie)\r\n").hasPrefix("HTTP/1.1 200 "))
    }
  }

  @Test func pagesFromElsewhereAreRefused() throws {
    for origin in [
      "http://evil.example", "null", "http://127.0.0.1:\(port + 1)", "https://127.0.0.1:\(port)", "http://localhost:\(port)", "",
    ] {
      try expect(403, "GET / HTTP/1.1\r\n\(host)\(cookie)Origin: \(origin)\r\n\r\n")
      let request = PageClient.request(port: port, cookie: bench.cookie).replacing("http://127.0.0.1:\(port)", with: origin)
      try expect(403, request)
    }
  }

  // MARK: What they ask for

  @Test func onlyGetIsKnown() throws {
    for method in ["POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "GETGET"] {
      try expect(405, "\(method) / HTTP/1.1\r\n\(host)\(cookie)\r\n")
    }
    try expect(400, "GET / HTTP/1.1\r\n\(host)\(cookie)Content-Length: 4\r\n\r\nbody")
    try expect(400, "GET / HTTP/1.1\r\n\(host)\(cookie)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    try expect(400, "GET / HTTP/1.1\r\n\(host)\(cookie)Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello")
  }

  @Test func noPathLeadsAnywhereElse() throws {
    for path in [
      "/../../etc/passwd", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/./page.js", "/page.js/",
      "/page.js%00",
      "/page.html", "/PAGE.JS", "/..\\..\\a.gan", "/a.gan", "/page.js?x", "/socket/", "/.git", "/page.css/../page.js",
      "/%2fpage.js", "/#",
    ] {
      try expect(404, "GET \(path) HTTP/1.1\r\n\(host)\(cookie)\r\n")
    }
  }

  @Test func whatIsNoRequestIsRefused() throws {
    for head in [
      "GET http://127.0.0.1:\(port)/ HTTP/1.1\r\n\(host)", "GET / HTTP/2.0\r\n\(host)", "GET / HTTP/1.1 x\r\n\(host)",
      "GET /\r\n", "GET  / HTTP/1.1\r\n\(host)",
      "GET / HTTP/1.1\n\(host)", "GET / HTTP/1.1\r\nHost : 127.0.0.1:\(port)\r\n", "GET / HTTP/1.1\r\n\(host)X: a\r\n b\r\n",
      "\r\nGET / HTTP/1.1\r\n\(host)",
      "GET / HTTP/1.1\r\n\(host)X: \0\r\n", "GET / HTTP/1.1\r\n\(host)X\r\n", "GET / HTTP/1.1\r\n\(host): x\r\n",
      "GET / HTTP/1.1\r\n\(host)X: a\rb\r\n",
      "GET * HTTP/1.1\r\n\(host)", "\u{1}\u{2}\u{3}\r\n", "GET /\u{7F} HTTP/1.1\r\n\(host)", "GET /ü HTTP/1.1\r\n\(host)",
      "{} / HTTP/1.1\r\n\(host)",
    ] {
      try expect(400, head + "\r\n")
    }
    // A second request behind the first is not looked at.
    let answer = try bench.answer("GET /none HTTP/1.1\r\n\(host)\(cookie)\r\nGET / HTTP/1.1\r\n\(host)\(cookie)\r\n\r\n")
    #expect(answer.hasPrefix("HTTP/1.1 404 ") && answer.ranges(of: "HTTP/1.1").count == 1)
  }

  // MARK: Too much

  @Test func hugeHeadsAreRefused() throws {
    try expect(431, "GET / HTTP/1.1\r\n\(host)X: \(String(repeating: "x", count: 200_000))\r\n\r\n")
    try expect(431, "GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\n\(host)\r\n")
    try expect(431, "GET / HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 5000))
  }

  @Test func slowHeadsKeepNobodyFromThePage() throws {
    let slow = try (0..<200).map { _ in
      let connection = try RawConnection(port: port)
      connection.send("GET / HT")
      return connection
    }
    let page = try bench.page()
    try page.wait(for: "hello")
    #expect(try bench.answer("GET / HTTP/1.1\r\n\(host)\(cookie)\r\n").hasPrefix("HTTP/1.1 200 "))
    // The first had to go for the last; those that stay are told that they took too long.
    #expect(slow[0].rest().isEmpty)
    #expect(slow[199].rest().hasPrefix("HTTP/1.1 408 "))
  }

  @Test func tooManyPagesAreRefused() throws {
    let pages = try (0..<WebServer.mostPages).map { _ in try bench.page() }
    try expect(503, PageClient.request(port: port, cookie: bench.cookie))
    for page in pages { try page.wait(for: "hello") }
  }

  // MARK: The socket

  @Test func theSocketWantsItsHandshake() throws {
    let good = PageClient.request(port: port, cookie: bench.cookie)
    try expect(403, good.replacing("Cookie: \(bench.cookie)", with: "X: y"))
    try expect(403, good.replacing("Origin: http://127.0.0.1:\(port)", with: "X: y"))
    try expect(426, good.replacing("Sec-WebSocket-Version: 13", with: "Sec-WebSocket-Version: 8"))
    try expect(426, good.replacing("Upgrade: websocket", with: "Upgrade: h2c"))
    try expect(426, good.replacing("Connection: Upgrade", with: "Connection: close"))
    try expect(400, good.replacing("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", with: "Sec-WebSocket-Key: x"))
    try expect(405, good.replacing("GET ", with: "POST "))
    try expect(404, good.replacing("/socket ", with: "/other "))
    let connection = try RawConnection(port: port, isVersion6: false)
    connection.send(good)
    #expect(try connection.takeHead().contains("\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
  }

  /// The code with which the socket ends after these frames.
  private func ending(after frames: [UInt8]) throws -> UInt16 {
    let page = try bench.page()
    page.client.connection.send(frames)
    while true { if case .closed(let code) = try page.client.next() { return code } }
  }

  @Test func framesThatNoBrowserSendsEndTheSocket() throws {
    let text = Array("{}".utf8)
    #expect(try ending(after: PageClient.frame(0x81, text, isMasked: false)) == 1002)
    #expect(try ending(after: PageClient.frame(0xC1, text)) == 1002)
    #expect(try ending(after: PageClient.frame(0x83, text)) == 1002)
    #expect(try ending(after: PageClient.frame(0x80, text)) == 1002)
    #expect(try ending(after: PageClient.frame(0x01, text) + PageClient.frame(0x81, text)) == 1002)
    #expect(try ending(after: PageClient.frame(0x09, text)) == 1002)
    #expect(try ending(after: PageClient.frame(0x89, Array(repeating: 1, count: 126))) == 1002)
    #expect(try ending(after: PageClient.frame(0x81, [0xFF, 0xFE])) == 1007)
    #expect(try ending(after: [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == 1009)
    #expect(try ending(after: [0x81, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == 1009)
    #expect(try ending(after: PageClient.frame(0x88, [])) == 1000)
  }

  @Test func messagesThatMakeNoSenseAreAnsweredByANotice() throws {
    let page = try bench.page()
    try page.wait(for: "hello")
    for message in [
      "", "{", "[]", "3", "{}", #"{"type":3}"#, #"{"type":"nothing"}"#, #"{"type":"run"}"#, #"{"type":"edit","cell":"c1"}"#,
      #"{"type":"kind","cell":"c1","kind":"x"}"#, #"{"type":"split","cell":"c1","at":1e300}"#,
      #"{"type":"complete","text":"x","cursor":"y"}"#,
      #"{"type":"resolve","choice":"x"}"#, #"{"type":"export","format":"exe"}"#, String(repeating: "[", count: 100_000),
    ] {
      page.client.send(message)
      let notice = try page.wait(for: "notice")
      #expect(notice["level"] == .string("error"), "\(message.prefix(60))")
    }
    page.client.connection.send(PageClient.frame(0x82, [1, 2, 3]))
    try page.wait(for: "notice")
    // Cells that are not here are no error: another page may have deleted them.
    for type in ["run", "edit", "delete", "move", "join", "run_from"] {
      page.send(["type": .string(type), "cell": .string("c99"), "text": .string("")])
    }
    page.send(["type": .string("split"), "cell": .string("c99"), "at": .number(1)])
    try page.catchUp()
    #expect(page.order == ["c1"] && page.text("c1") == "1 + 1")
  }

  @Test func placesOutsideOfATextAreItsEnds() throws {
    let page = try bench.page()
    try page.wait(for: "hello")
    for cursor in [-5.0, 99, 1e15, -1e15] {
      page.send(["type": .string("complete"), "request": .number(1), "text": .string("😀pri"), "cursor": .number(cursor)])
      try page.wait(for: "completion")
      page.send(["type": .string("inspect"), "request": .number(1), "text": .string("😀pri"), "cursor": .number(cursor)])
      try page.wait(for: "inspection")
    }
  }

  @Test func messagesThatAreTooLongAreSaidToBe() throws {
    let page = try bench.page()
    try page.wait(for: "hello")
    page.client.connection.send(PageClient.frame(0x81, Array(repeating: 0x20, count: 5 << 20)))
    let notice = try page.wait(for: "notice")
    guard case .string(let text)? = notice["text"] else { return #expect(Bool(false)) }
    #expect(text.contains("5.2 MB") && text.contains("4.2 MB"))
    // Also in pieces; and the socket goes on.
    for place in 0..<6 {
      page.client.connection.send(
        PageClient.frame(place == 0 ? 0x01 : place == 5 ? 0x80 : 0x00, Array(repeating: 0x20, count: 1 << 20)))
    }
    try page.wait(for: "notice")
    page.send(["type": .string("edit"), "cell": .string("c1"), "text": .string(String(repeating: "#", count: 2 << 20))])
    try page.wait(for: "notice")
    page.client.connection.send(PageClient.frame(0x89, [7]))
    while true { if case .pong(let bytes) = try page.client.next() { #expect(bytes == [7]); break } }
    // The page shows what was typed, the session what it had.
    let other = try bench.page()
    try other.wait(for: "hello")
    #expect(other.text("c1") == "1 + 1")
  }
}
