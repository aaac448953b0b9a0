/// A message in the wire format of protocol buffers (protobuf.dev/programming-guides/encoding), its fields in the order of their adding.
/// As in proto3, a number that is 0 is left out, unless it is one of several that exclude each other.
struct ProtocolMessage {
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case varint = 0
    case eightBytes = 1
    case lengthDelimited = 2
    case fourBytes = 5
  }

  mutating func add(_ field: UInt64, _ number: Int) {
    guard number != 0 else { return }
    begin(field, .varint)
    // Negative numbers take ten bytes, as int32 and int64 do.
    append(UInt64(bitPattern: Int64(number)))
  }

  mutating func add(_ field: UInt64, _ number: Double) {
    guard number.bitPattern != 0 else { return }
    begin(field, .eightBytes)
    bytes.append(littleEndian: number.bitPattern)
  }

  /// A number that is written even where it is 0: the choice itself says something.
  mutating func add(_ field: UInt64, chosen number: Float) {
    begin(field, .fourBytes)
    bytes.append(littleEndian: number.bitPattern)
  }

  /// Numbers one behind the other.
  mutating func add(_ field: UInt64, packed numbers: [Double]) {
    guard !numbers.isEmpty else { return }
    begin(field, .lengthDelimited)
    append(UInt64(numbers.count * 8))
    for number in numbers { bytes.append(littleEndian: number.bitPattern) }
  }

  mutating func add(_ field: UInt64, _ text: String) { add(field, Array(text.utf8)) }

  mutating func add(_ field: UInt64, _ content: [UInt8]) {
    begin(field, .lengthDelimited)
    append(UInt64(content.count))
    bytes += content
  }

  mutating func add(_ field: UInt64, _ message: ProtocolMessage) { add(field, message.bytes) }

  private mutating func begin(_ field: UInt64, _ type: WireType) { append(field << 3 | type.rawValue) }

  /// Seven bits a byte, the lowest first; the eighth says that more follow.
  private mutating func append(_ number: UInt64) {
    var rest = number
    while rest > 0x7f {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
