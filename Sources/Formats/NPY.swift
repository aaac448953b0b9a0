import Base

extension FileFormat {
  static let npy = FileFormat(
    "NPY", "a NumPy array", [".npy"], signatures: [NPY.signature], reader: .array(NPY.read),
    writers: Writers(array: { array, path in try NPY.write(array, to: path) }))
}

/// One array in NumPy's format (numpy.lib.format, versions 1 to 3).
public enum NPY {
  static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Reads an array of truth values, whole numbers of 8 to 64 bits or fractions of 16 to 64, in either byte order, and in C or
  /// Fortran order.
  ///
  /// - Throws: `FormatError` where the file cannot be read, is cut off, or holds elements of another kind.
  public static func read(_ path: String, _ unfolding: Unfolding = .plausible) throws -> NumericArray {
    let bytes = try Gzip.unpacked(path, unfolding)
    do {
      return try bytes.withUnsafeBytes { try decode($0, path: path, name: "NumPy file") }
    } catch let error as OtherElements {
      throw FormatError(
        title: "arrays of \(error.what) cannot be read",
        advice: error.isStructured
          ? "Save each field as an array of its own." : "Save it with numbers, as in array.astype('float32').",
        path: path)
    }
  }

  /// Writes 32-bit floats, little-endian, in C order.
  ///
  /// - Throws: `FormatError` where the file cannot be written.
  public static func write(_ array: NumericArray, to path: String) throws {
    try Memory.require(array.values.count, of: Float.self, for: "the file", path)
    try AtomicFile.write(path, encode(array))
  }

  /// The elements of an array are no numbers.
  struct OtherElements: Error {
    /// "text (<U5)".
    let what: String
    var isStructured = false
  }

  /// - Parameter name: what to call the array in errors.
  /// - Throws: `OtherElements`, and `FormatError` for what is damaged.
  static func decode(_ bytes: UnsafeRawBufferPointer, path: String, name: String) throws -> NumericArray {
    let header = try Header(bytes, path: path, name: name)
    let data = UnsafeRawBufferPointer(rebasing: bytes[header.size...])
    let expected = header.count * header.element.byteCount
    guard data.count >= expected else {
      throw FormatError.truncated(name, path, "Its header promises \(expected) bytes of numbers, there are \(data.count).")
    }
    let numbers = UnsafeRawBufferPointer(rebasing: data[..<expected])
    var values = try NumericArray.decode(
      numbers, as: header.element, bigEndian: header.bigEndian, path: path)
    var rounded = NumericArray.rounded(numbers, as: header.element, bigEndian: header.bigEndian, values)
    if header.fortranOrder {
      try Memory.require(values.count, of: Float.self, for: "the array", path)
      values = rowMajor(values, header.shape)
      rounded.place = rowMajor(rounded.place, header.shape)
    }
    return NumericArray(shape: header.shape, values: values, element: header.element, rounded: rounded)
  }

  static func encode(_ array: NumericArray) -> [UInt8] {
    let shape = array.shape.map(String.init).joined(separator: ", ") + (array.shape.count == 1 ? "," : "")
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(shape)), }"
    // The numbers begin at a multiple of 64 bytes, as NumPy does it.
    let length = (10 + header.utf8.count + 1 + 63) / 64 * 64 - 10
    header += String(repeating: " ", count: length - header.utf8.count - 1) + "\n"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8 & 255)]
    bytes.reserveCapacity(10 + length + array.values.count * 4)
    bytes.append(contentsOf: header.utf8)
    NumericArray.encode(array.values, into: &bytes)
    return bytes
  }

  /// Values whose first axis runs fastest, put into the order where the last one does.
  private static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
    guard shape.count > 1, !values.isEmpty else { return values }
    var strides: [Int] = []
    var stride = 1
    for length in shape {
      strides.append(stride)
      stride *= length
    }
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for _ in values.indices {
      result.append(values[place])
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < shape[axis] { break }
        place -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  /// The place in row-major order of the number at a place in the order where the first axis runs fastest.
  private static func rowMajor(_ place: Int, _ shape: [Int]) -> Int {
    var (rest, stride, result) = (place, shape.reduce(1, *), 0)
    for length in shape where length > 0 {
      stride /= length
      result += rest % length * stride
      rest /= length
    }
    return result
  }

  struct Header {
    let element: NumericArray.Element
    let bigEndian: Bool
    let fortranOrder: Bool
    let shape: [Int]
    let count: Int
    /// Of the header, in bytes.
    let size: Int

    init(_ bytes: UnsafeRawBufferPointer, path: String, name: String) throws {
      var reader = ByteReader(bytes)
      let text: UnsafeRawBufferPointer
      do {
        let magic = try reader.take(6)
        guard magic.elementsEqual(NPY.signature) else {
          throw FormatError(
            title: "this is not a NumPy array", advice: "It is \(Contents.describe(Array(bytes.prefix(1024)))).", path: path)
        }
        let version = try reader.littleEndian(UInt8.self)
        _ = try reader.take(1)
        guard (1...3).contains(version) else {
          throw FormatError(
            title: "this version of NumPy's format is not known", advice: "It is version \(version); 1 to 3 can be read.",
            path: path)
        }
        let length = version == 1 ? Int(try reader.littleEndian(UInt16.self)) : Int(try reader.littleEndian(UInt32.self))
        text = try reader.take(length)
      } catch is ByteReader.EndOfBytes {
        throw FormatError.truncated(name, path)
      }
      guard let entries = PythonLiteral.dictionary(text), case .truth(let fortranOrder) = entries["fortran_order"],
        case .integers(let shape) = entries["shape"]
      else { throw FormatError.corrupt(name, path, "Its header cannot be understood.") }
      guard case .string(let description) = entries["descr"] else {
        let fields = if case .list(let text) = entries["descr"] { " (\(CSV.shortened(text)))" } else { "" }
        throw OtherElements(what: "structured elements\(fields)", isStructured: true)
      }
      guard let (element, bigEndian) = Header.element(description) else {
        throw OtherElements(what: "\(Header.kind(of: description)) (\(CSV.shortened(description)))")
      }
      guard let count = NumericArray.count(of: shape) else { throw NumericArray.tooLarge(shape, name, path) }
      self.element = element
      self.bigEndian = bigEndian
      self.fortranOrder = fortranOrder
      self.shape = shape
      self.count = count
      size = reader.offset
    }

    private static func element(_ description: String) -> (NumericArray.Element, bigEndian: Bool)? {
      let elements: [String: NumericArray.Element] = [
        "b1": .boolean, "u1": .uint8, "i1": .int8, "u2": .uint16, "i2": .int16, "u4": .uint32, "i4": .int32, "u8": .uint64,
        "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
      ]
      guard let order = description.first, "<>|=".contains(order),
        let element = elements[String(description.dropFirst())]
      else { return nil }
      return (element, order == ">")
    }

    private static func kind(of description: String) -> String {
      switch description.first(where: { !"<>|=".contains($0) }) {
      case "O": "Python objects"
      case "U", "S": "text"
      case "c": "complex numbers"
      case "M", "m": "dates"
      case "V": "raw bytes"
      default: "other elements"
      }
    }
  }
}
