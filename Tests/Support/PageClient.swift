import Glibc

/// A connection to a server on this machine, by raw sockets, so that it can send what no browser sends.
public final class RawConnection {
  /// What could not be done.
  public struct Failure: Error {}

  private let descriptor: Int32
  /// What has come, and was not taken yet.
  public private(set) var received: [UInt8] = []

  /// Connects to a port; `isVersion6`: by ::1.
  public init(port: Int, isVersion6: Bool = false) throws {
    descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0, let number = UInt16(exactly: port) else { throw Failure() }
    // A server that says nothing for so long has hung.
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    var code: Int32
    if isVersion6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = number.bigEndian
      address.sin6_addr = in6addr_loopback
      code = Self.connect(descriptor, &address)
    } else {
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = number.bigEndian
      address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      code = Self.connect(descriptor, &address)
    }
    guard code == 0 else {
      Glibc.close(descriptor)
      throw Failure()
    }
  }

  deinit { Glibc.close(descriptor) }

  private static func connect<Address>(_ descriptor: Int32, _ address: inout Address) -> Int32 {
    withUnsafeBytes(of: &address) { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
      return Glibc.connect(descriptor, start, socklen_t(bytes.count))
    }
  }

  /// Sends all bytes; false where the other side has closed.
  @discardableResult
  public func send(_ bytes: [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(descriptor, buffer.baseAddress.map { $0 + place }, bytes.count - place, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      place += count
    }
    return true
  }

  /// Sends a text.
  @discardableResult
  public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Reads what comes next; false at the end.
  public func read() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    repeat { count = recv(descriptor, &buffer, buffer.count, 0) } while count < 0 && errno == EINTR
    guard count > 0 else { return false }
    received += buffer[..<count]
    return true
  }

  /// Reads until the other side closes; gives all of it.
  public func rest() -> String {
    while read() {}
    return String(decoding: received, as: UTF8.self)
  }

  /// Takes bytes, once they have come.
  public func take(_ count: Int) throws -> [UInt8] {
    while received.count < count { guard read() else { throw Failure() } }
    defer { received.removeFirst(count) }
    return Array(received[..<count])
  }

  /// Takes what comes up to an empty line, and it.
  public func takeHead() throws -> String {
    while true {
      if let end = received.firstRange(of: [0x0D, 0x0A, 0x0D, 0x0A]) {
        return String(decoding: try take(end.upperBound), as: UTF8.self)
      }
      guard read() else { throw Failure() }
    }
  }
}

/// A page, as a server sees it: a WebSocket.
public final class PageClient {
  /// What a frame holds.
  public enum Message: Equatable {
    case text(String)
    case binary([UInt8])
    case pong([UInt8])
    /// The server has ended the socket, with this code.
    case closed(UInt16)
  }

  /// The connection itself.
  public let connection: RawConnection

  /// Opens the socket of a server on a port, with a cookie: "name=value"; `name`: what the page calls itself.
  public init(port: Int, cookie: String, name: String? = nil) throws {
    connection = try RawConnection(port: port)
    let request = Self.request(port: port, cookie: cookie)
    connection.send(name.map { request.replacing("/socket ", with: "/socket?page=\($0) ") } ?? request)
    guard try connection.takeHead().hasPrefix("HTTP/1.1 101 ") else { throw RawConnection.Failure() }
  }

  /// What a browser sends to open the socket.
  public static func request(port: Int, cookie: String) -> String {
    """
    GET /socket HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nOrigin: http://127.0.0.1:\(port)\r\nCookie: \(cookie)\r\nConnection: Upgrade\r
    Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
    """
  }

  /// The cookie that a server gives for a token.
  public static func cookie(port: Int, token: String) throws -> String {
    let connection = try RawConnection(port: port)
    connection.send("GET /?token=\(token) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n")
    let answer = connection.rest()
    guard let start = answer.firstRange(of: "Set-Cookie: ") else { throw RawConnection.Failure() }
    return String(answer[start.upperBound...].prefix { $0 != ";" })
  }

  /// A frame as browsers send it; `bits`: its first byte.
  public static func frame(_ bits: UInt8, _ bytes: [UInt8], isMasked: Bool = true) -> [UInt8] {
    var frame = [bits]
    let mark: UInt8 = isMasked ? 0x80 : 0
    switch bytes.count {
    case ..<126: frame.append(mark | UInt8(bytes.count))
    case ..<65536: frame += [mark | 126, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)]
    default: frame += [mark | 127] + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bytes.count >> $0) }
    }
    guard isMasked else { return frame + bytes }
    let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
    return frame + mask + bytes.enumerated().map { $1 ^ mask[$0 & 3] }
  }

  /// Sends a message.
  public func send(_ text: String) { connection.send(Self.frame(0x81, Array(text.utf8))) }

  /// The next message.
  public func next() throws -> Message {
    let head = try connection.take(2)
    var count = Int(head[1] & 0x7F)
    if count == 126 { count = try connection.take(2).reduce(0) { $0 << 8 | Int($1) } }
    if count == 127 { count = try connection.take(8).reduce(0) { $0 << 8 | Int($1) } }
    let bytes = try connection.take(count)
    switch head[0] & 0x0F {
    case 1: return .text(String(decoding: bytes, as: UTF8.self))
    case 8: return .closed(bytes.count >= 2 ? UInt16(bytes[0]) << 8 | UInt16(bytes[1]) : 1005)
    case 10: return .pong(bytes)
    default: return .binary(bytes)
    }
  }
}
