import Base
import Formats
import Glibc

/// A message that a client has sent (jupyter-client.readthedocs.io, "Messaging in Jupyter").
struct Request: Sendable {
  /// The socket that it came by, and that its reply goes by.
  let channel: Channel
  /// Whom the reply goes to.
  let identities: [[UInt8]]
  /// Its header as it came: what answers it carries the same bytes.
  let header: [UInt8]
  let type: String
  let content: JSON.Members
  /// The subshell that it is for; nil for the shell itself.
  let subshell: String?
  /// When the client says that it made it, in seconds since 1970; nil where it does not say.
  let date: Double?

  /// What stands between the identities and the message.
  static let delimiter = Array("<IDS|MSG>".utf8)

  /// The message in these frames; nil where they are none, or are not signed with the key.
  init?(_ frames: [[UInt8]], channel: Channel, key: [UInt8]) {
    guard let place = frames.firstIndex(of: Self.delimiter), frames.count >= place + 6 else { return nil }
    let parts = Array(frames[(place + 2)..<(place + 6)])
    guard key.isEmpty || Self.isSame(frames[place + 1], Array(Signature.text(of: parts, key: key).utf8)) else { return nil }
    guard case .object(let header)? = try? JSON(parts[0]), case .string(let type)? = header["msg_type"],
      case .string? = header["msg_id"], case .object(let content)? = try? JSON(parts[3], takesNaN: true)
    else { return nil }
    self.channel = channel
    identities = Array(frames[..<place])
    self.header = parts[0]
    self.type = type
    self.content = content
    subshell =
      switch header["subshell_id"] {
      case nil, .null: nil
      case .string(let name): name
      // No subshell has such a name.
      case .some(let other): other.text
      }
    date = if case .string(let text)? = header["date"] { Timestamp.seconds(text) } else { nil }
  }

  /// In a time that does not tell how much of them is the same.
  private static func isSame(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    first.count == second.count && zip(first, second).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  // MARK: Content

  /// A text of the content; nil where there is none of the name.
  func text(_ name: String) -> String? { if case .string(let text)? = content[name] { text } else { nil } }

  /// A truth value of the content, or what it is where it is left out.
  func flag(_ name: String, default other: Bool) -> Bool { if case .boolean(let flag)? = content[name] { flag } else { other } }

  /// A whole number of the content; nil where there is none of the name.
  func whole(_ name: String) -> Int? {
    if case .number(let number)? = content[name] { Int(exactly: number.rounded()) } else { nil }
  }
}

/// The sockets by which messages go.
enum Channel: Sendable { case shell, control, stdin, iopub }

/// How messages are signed.
enum Signature {
  /// HMAC-SHA256 of the four parts of a message, in hexadecimal digits; empty where there is no key.
  static func text(of parts: [[UInt8]], key: [UInt8]) -> String {
    key.isEmpty ? "" : Hexadecimal.text(of: SHA256.signature(of: parts, key: key))
  }
}

/// Moments as messages have them: ISO 8601 with microseconds, in UTC.
enum Timestamp {
  /// A moment, in seconds since 1970, as text.
  static func text(_ seconds: Double) -> String {
    let whole = seconds.rounded(.down)
    let date = (try? DateText.text(whole, format: "%Y-%m-%dT%H:%M:%S", isUniversal: true)) ?? "1970-01-01T00:00:00"
    let micros = String(Int(min(max((seconds - whole) * 1e6, 0), 999_999)))
    return date + "." + String(repeating: "0", count: 6 - micros.count) + micros + "Z"
  }

  /// The moment that a text names; nil where it names none. A zone may be given in hours and minutes; without one it is UTC.
  static func seconds(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    func number(_ lower: Int, _ count: Int) -> Int32? {
      guard lower + count <= bytes.count else { return nil }
      return bytes[lower..<lower + count].reduce(0) { value, byte in
        guard let value, (48...57).contains(byte) else { return nil }
        return value * 10 + Int32(byte - 48)
      }
    }
    guard let year = number(0, 4), let month = number(5, 2), let day = number(8, 2), let hour = number(11, 2),
      let minute = number(14, 2), let second = number(17, 2), (1...12).contains(month), (1...31).contains(day), hour < 24,
      minute < 60, second < 61
    else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (year - 1900, month - 1, day)
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (hour, minute, second)
    var result = Double(timegm(&parts))
    var place = 19
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      place += 1
      var unit = 0.1
      while place < bytes.count, (48...57).contains(bytes[place]) {
        result += Double(bytes[place] - 48) * unit
        unit /= 10
        place += 1
      }
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") {
      guard let hours = number(place + 1, 2) else { return nil }
      let colon = place + 3 < bytes.count && bytes[place + 3] == UInt8(ascii: ":") ? 1 : 0
      let offset = Double(hours) * 3600 + Double(number(place + 3 + colon, 2) ?? 0) * 60
      result -= bytes[place] == UInt8(ascii: "+") ? offset : -offset
    }
    return result
  }
}
