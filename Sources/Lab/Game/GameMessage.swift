import Formats

/// What the game has to say to a page.
public enum GameMessage: Sendable {
  /// A message of the type "game", "curves" or "notice".
  case json(JSON)
  /// A frame: the length of its head, the head in JSON, and the numbers.
  case frame([UInt8])
}

extension GameMessage {
  /// A frame of these parts: 4 bytes for the length of the head (the least first), the head, zeros up to a multiple of 4, the payload.
  static func frame(head: JSON, payload: [UInt8]) -> GameMessage {
    let head = Array(head.text.utf8)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(8 + head.count + payload.count)
    for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: head.count >> shift)) }
    bytes += head
    while bytes.count % 4 != 0 { bytes.append(0) }
    return .frame(bytes + payload)
  }

  /// Numbers as the payload of a frame has them: float32, the least byte first.
  static func bytes(of numbers: [Float]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * numbers.count)
    for number in numbers {
      let bits = number.bitPattern
      for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
    return bytes
  }
}
