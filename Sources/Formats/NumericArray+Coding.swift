import Base

extension NumericArray {
  /// The most numbers that one array may hold: 2³⁰, which take 4 GiB as floats.
  static let largestCount = 1 << 30

  /// The product of a shape, or nil if it is negative or more than one array may hold.
  static func count(of shape: [Int]) -> Int? {
    if shape.contains(0) { return shape.contains { $0 < 0 } ? nil : 0 }
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard length > 0, !overflow, product <= largestCount else { return nil }
      count = product
    }
    return count
  }

  /// The numbers that stand one after the other in `bytes`.
  ///
  /// - Throws: `FormatError` where there is no memory for them.
  static func decode(
    _ bytes: UnsafeRawBufferPointer, as element: Element, bigEndian: Bool, path: String
  ) throws(FormatError) -> [Float] {
    try Memory.require(bytes.count / element.byteCount, of: Float.self, for: "the array", path)
    switch element {
    case .boolean: return bytes.map { $0 == 0 ? 0 : 1 }
    case .uint8: return each(bytes, UInt8.self) { Float($0) }
    case .int8: return each(bytes, Int8.self) { Float($0) }
    case .uint16: return each(bytes, UInt16.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .int16: return each(bytes, Int16.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .uint32: return each(bytes, UInt32.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .int32: return each(bytes, Int32.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .uint64: return each(bytes, UInt64.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .int64: return each(bytes, Int64.self) { Float(bigEndian ? $0.byteSwapped : $0) }
    case .float16: return each(bytes, UInt16.self) { Float(Float16(bitPattern: bigEndian ? $0.byteSwapped : $0)) }
    case .bfloat16:
      return each(bytes, UInt16.self) { Float(bitPattern: UInt32(bigEndian ? $0.byteSwapped : $0) << 16) }
    case .float32: return each(bytes, UInt32.self) { Float(bitPattern: bigEndian ? $0.byteSwapped : $0) }
    case .float64:
      return each(bytes, UInt64.self) { Float(Double(bitPattern: bigEndian ? $0.byteSwapped : $0)) }
    // The upper half of a float of 16 bits.
    case .float8e5m2: return each(bytes, UInt8.self) { Float(Float16(bitPattern: UInt16($0) << 8)) }
    case .float8e4m3: return each(bytes, UInt8.self, float8e4m3)
    case .float8e8m0:
      return each(bytes, UInt8.self) { $0 == 255 ? .nan : Float(sign: .plus, exponent: Int($0) - 127, significand: 1) }
    }
  }

  /// 1 bit of sign, 4 of exponent, 3 of mantissa; all ones are no number, and there is no infinity.
  private static func float8e4m3(_ bits: UInt8) -> Float {
    let (exponent, mantissa) = (Int(bits >> 3 & 15), Float(bits & 7))
    guard bits & 127 != 127 else { return .nan }
    let magnitude =
      exponent == 0
      ? mantissa * 0x1p-9 : Float(sign: .plus, exponent: exponent - 7, significand: 1 + mantissa / 8)
    return bits & 128 == 0 ? magnitude : -magnitude
  }

  /// The whole numbers among those in `bytes` that are others in `values`, what `decode` made of them.
  static func rounded(
    _ bytes: UnsafeRawBufferPointer, as element: Element, bigEndian: Bool, _ values: [Float]
  ) -> RoundedNumbers {
    func word<Number: FixedWidthInteger>(_ place: Int) -> Number {
      let number = bytes.loadUnaligned(fromByteOffset: place * MemoryLayout<Number>.size, as: Number.self)
      return bigEndian ? number.byteSwapped : number
    }
    var rounded = RoundedNumbers()
    switch element {
    case .boolean, .uint8, .int8, .uint16, .int16, .float16, .bfloat16, .float32, .float8e5m2, .float8e4m3, .float8e8m0: break
    case .uint32: rounded.add(values) { word($0) as UInt32 }
    case .int32: rounded.add(values) { word($0) as Int32 }
    case .uint64: rounded.add(values) { word($0) as UInt64 }
    case .int64: rounded.add(values) { word($0) as Int64 }
    case .float64: rounded.add(values) { Double(bitPattern: word($0)) }
    }
    return rounded
  }

  @inline(__always)
  private static func each<Number>(
    _ bytes: UnsafeRawBufferPointer, _ type: Number.Type, _ convert: (Number) -> Float
  ) -> [Float] {
    let size = MemoryLayout<Number>.size
    let count = bytes.count / size
    return [Float](unsafeUninitializedCapacity: count) { values, initialized in
      for index in 0..<count {
        values[index] = convert(bytes.loadUnaligned(fromByteOffset: index * size, as: type))
      }
      initialized = count
    }
  }

  /// Appends the values as little-endian 32-bit floats.
  static func encode(_ values: [Float], into bytes: inout [UInt8]) {
    // Every processor that this is built for stores numbers this way itself.
    values.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// Says why a shape is refused.
  static func tooLarge(_ shape: [Int], _ kind: String, _ path: String) -> FormatError {
    FormatError(
      title: "the \(kind) claims an impossible shape",
      advice: "\(shape) is more than an array may hold (\(largestCount) numbers), or negative.", path: path)
  }
}
