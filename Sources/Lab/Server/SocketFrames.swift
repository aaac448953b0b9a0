/// The frames of WebSocket (RFC 6455): those of a browser taken apart, and ours put together.
struct SocketFrames {
  /// What has come.
  enum Event: Equatable {
    case text(String)
    case binary
    case ping([UInt8])
    case close
    /// A message of so many bytes, which was passed over.
    case tooLong(Int)
  }

  /// What no browser sends; the code says which (section 7.4 of the RFC).
  struct Violation: Error, Equatable { let code: UInt16 }

  /// Longer messages are passed over: 4 MiB.
  static let most = 4 << 20
  /// Whoever announces more than that is shown out: 256 MiB.
  private static let mostSkipped = 256 << 20

  private enum Opcode: UInt8 {
    case continuation = 0
    case text, binary
    case close = 8
    case ping, pong
  }

  private struct Head {
    var opcode: Opcode
    var isFinal: Bool
    var mask: [UInt8]
    /// How many bytes of it are still to come.
    var rest: Int
    var done = 0
  }

  private var pending: [UInt8] = []
  private var head: Head?
  /// The payload of the control frame in hand.
  private var control: [UInt8] = []
  /// The message in hand; nil between two.
  private var message: (opcode: Opcode, bytes: [UInt8], length: Int)?

  /// Takes bytes as they come, and gives what is whole.
  mutating func take(_ bytes: some Sequence<UInt8>) throws(Violation) -> [Event] {
    pending += bytes
    var events: [Event] = []
    var place = 0
    defer { pending.removeFirst(place) }
    while true {
      if head == nil {
        guard let (found, length) = try readHead(pending[place...]) else { return events }
        place += length
        try begin(found)
      }
      guard var current = head else { return events }
      let count = min(current.rest, pending.count - place)
      unmask(pending[place..<place + count], &current)
      place += count
      guard current.rest == 0 else {
        head = current
        return events
      }
      head = nil
      if let event = try finish(current) { events.append(event) }
      if events.last == .close { return events }
    }
  }

  private func readHead(_ bytes: ArraySlice<UInt8>) throws(Violation) -> (Head, Int)? {
    guard bytes.count >= 2 else { return nil }
    let (first, second) = (bytes[bytes.startIndex], bytes[bytes.startIndex + 1])
    // No extension has been agreed on, and browsers mask all that they send.
    guard first & 0x70 == 0, second & 0x80 != 0, let opcode = Opcode(rawValue: first & 0x0F) else { throw Violation(code: 1002) }
    let isControl = opcode.rawValue >= 8
    if isControl, first & 0x80 == 0 || second & 0x7F > 125 { throw Violation(code: 1002) }
    let width = second & 0x7F == 126 ? 2 : second & 0x7F == 127 ? 8 : 0
    let length = 2 + width + 4
    guard bytes.count >= 2 + width else { return nil }
    var rest = UInt64(second & 0x7F)
    let start = bytes.startIndex + 2
    if width > 0 { rest = bytes[start..<start + width].reduce(0) { $0 << 8 | UInt64($1) } }
    guard rest <= UInt64(Self.mostSkipped) else { throw Violation(code: 1009) }
    guard bytes.count >= length else { return nil }
    let mask = Array(bytes[start + width..<start + width + 4])
    return (Head(opcode: opcode, isFinal: first & 0x80 != 0, mask: mask, rest: Int(rest)), length)
  }

  private mutating func begin(_ found: Head) throws(Violation) {
    switch found.opcode {
    case .continuation: guard message != nil else { throw Violation(code: 1002) }
    case .text, .binary:
      guard message == nil else { throw Violation(code: 1002) }
      message = (found.opcode, [], 0)
    case .close, .ping, .pong: control = []
    }
    head = found
  }

  private mutating func unmask(_ bytes: ArraySlice<UInt8>, _ current: inout Head) {
    let isControl = current.opcode.rawValue >= 8
    if !isControl {
      message?.length += bytes.count
      // What is too long is counted, and not kept.
      if message?.length ?? 0 > Self.most { message?.bytes = [] }
    }
    if isControl || message?.length ?? 0 <= Self.most {
      let mask = current.mask
      let done = current.done
      let plain = bytes.enumerated().map { $1 ^ mask[($0 + done) & 3] }
      if isControl { control += plain } else { message?.bytes += plain }
    }
    current.done += bytes.count
    current.rest -= bytes.count
  }

  private mutating func finish(_ current: Head) throws(Violation) -> Event? {
    switch current.opcode {
    case .pong: return nil
    case .ping: return .ping(control)
    case .close: return .close
    case .continuation, .text, .binary:
      guard let whole = message else { return nil }
      guard whole.length <= Self.mostSkipped else { throw Violation(code: 1009) }
      guard current.isFinal else { return nil }
      message = nil
      if whole.length > Self.most { return .tooLong(whole.length) }
      guard whole.opcode == .text else { return .binary }
      guard let text = String(validating: whole.bytes, as: UTF8.self) else { throw Violation(code: 1007) }
      return .text(text)
    }
  }

  // MARK: Ours

  static func text(_ bytes: [UInt8]) -> [UInt8] { frame(.text, bytes) }
  static func binary(_ bytes: [UInt8]) -> [UInt8] { frame(.binary, bytes) }
  static func pong(_ bytes: [UInt8]) -> [UInt8] { frame(.pong, bytes) }
  static func close(_ code: UInt16) -> [UInt8] { frame(.close, [UInt8(code >> 8), UInt8(code & 0xFF)]) }

  private static func frame(_ opcode: Opcode, _ bytes: [UInt8]) -> [UInt8] {
    var frame: [UInt8] = [0x80 | opcode.rawValue]
    switch bytes.count {
    case ..<126: frame.append(UInt8(bytes.count))
    case ..<65536: frame += [126, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)]
    default:
      frame.append(127)
      for shift in stride(from: 56, through: 0, by: -8) { frame.append(UInt8(truncatingIfNeeded: bytes.count >> shift)) }
    }
    return frame + bytes
  }
}
