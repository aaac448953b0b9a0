import Base
import Formats

/// An answer to a request, after which the connection is closed.
struct Response {
  private static let reasons = [
    200: "OK", 101: "Switching Protocols", 303: "See Other", 400: "Bad Request", 403: "Forbidden", 404: "Not Found",
    405: "Method Not Allowed", 408: "Request Timeout", 426: "Upgrade Required", 431: "Request Header Fields Too Large",
    503: "Service Unavailable",
  ]

  /// What a page may do: ask nothing of anywhere but here, run no script but ours, lie in nobody's frame. `scripts`: those that stand in the
  /// page itself.
  static func policy(scripts: [[UInt8]] = []) -> String {
    let hashes = scripts.map { script in
      var hash = SHA256()
      hash.add(script)
      return " 'sha256-\(Base64.text(of: hash.bytes()))'"
    }
    return "default-src 'none'; script-src 'self'\(hashes.joined()); style-src 'self' 'unsafe-inline'; "
      + "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  }

  var status: Int
  var type = "text/plain; charset=utf-8"
  /// Further headers.
  var headers: [(String, String)] = []
  var body: [UInt8] = []
  var policy = Response.policy()

  /// An answer of words.
  init(_ status: Int, _ words: String, headers: [(String, String)] = []) {
    self.status = status
    self.headers = headers
    body = Array((words + "\n").utf8)
  }

  /// A file.
  init(type: String, _ body: [UInt8]) {
    status = 200
    self.type = type
    self.body = body
  }

  /// Head and body.
  var bytes: [UInt8] {
    var head = "HTTP/1.1 \(status) \(Self.reasons[status] ?? "")\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    head += "Content-Type: \(type)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n"
    head +=
      "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nX-Frame-Options: DENY\r\n"
    head += "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n"
    head += "Content-Security-Policy: \(policy)\r\n\r\n"
    return Array(head.utf8) + body
  }
}
