/// The fields of a message in the wire format of protocol buffers, one after another; ends at what is no field.
struct ProtocolFields: IteratorProtocol {
  enum Content {
    case varint(UInt64)
    case bytes(ArraySlice<UInt8>)
    /// Four or eight bytes, which nobody asks for.
    case fixed
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func next() -> (number: UInt64, content: Content)? {
    guard let key = varint() else { return nil }
    switch key & 7 {
    case 0: return varint().map { (key >> 3, .varint($0)) }
    case 1: return skip(8).map { _ in (key >> 3, .fixed) }
    case 2:
      guard let length = varint(), length <= UInt64(rest.count) else { return nil }
      return skip(Int(length)).map { (key >> 3, .bytes($0)) }
    case 5: return skip(4).map { _ in (key >> 3, .fixed) }
    default: return nil
    }
  }

  private mutating func skip(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    let part = rest.prefix(count)
    rest = rest.dropFirst(count)
    return part
  }

  private mutating func varint() -> UInt64? {
    var number: UInt64 = 0
    for shift in stride(from: 0 as UInt64, to: 70, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      number |= UInt64(byte & 0x7f) << shift
      if byte & 0x80 == 0 { return number }
    }
    return nil
  }
}
