extension FileFormat {
  static let safetensors = FileFormat(
    "safetensors", "a safetensors file", [".safetensors"], reader: .weights(SafeTensors.read),
    writers: Writers(arrays: { arrays, path in try SafeTensors(tensors: arrays).write(to: path) }, weights: true),
    begins: SafeTensors.begins)
}

/// Named tensors in Hugging Face's format: the length of a header, the header in JSON, then the numbers, little-endian.
public struct SafeTensors: Equatable, Sendable {
  /// Texts under names that stand in the header, in its `__metadata__`.
  public var metadata: [String: String]
  /// In the order of their places in the file.
  public var tensors: [NamedArray]

  /// The contents of a file, to be written.
  public init(tensors: [NamedArray], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The first tensor of a name; nil where there is none.
  public subscript(name: String) -> NumericArray? { tensors.first { $0.name == name }?.array }

  /// Whether the header's length and the brace behind it fit the beginning of such a file.
  static func begins(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > 8, bytes[8] == UInt8(ascii: "{") else { return false }
    return bytes[4..<8].allSatisfy { $0 == 0 }
  }

  /// Reads F64, F32, F16, BF16, F8_E5M2, F8_E4M3, F8_E8M0, BOOL and whole numbers of 8 to 64 bits.
  ///
  /// - Throws: `FormatError` where the file cannot be read, is cut off or contradicts its header.
  public static func read(_ path: String) throws -> SafeTensors {
    let file = try FileBytes.read(path)
    return try file.withUnsafeBytes { try decode($0, path: path) }
  }

  /// Writes 32-bit floats; the same tensors and metadata always give the same bytes.
  ///
  /// - Throws: `FormatError` where the file cannot be written.
  public func write(to path: String) throws {
    let pending = tensors.map { named in PendingTensor(name: named.name, shape: named.array.shape) { named.array.values } }
    try SafeTensors.write(pending, metadata: metadata, to: path)
  }

  /// A tensor whose numbers are fetched when they are written, so that they need not all be held at once.
  public struct PendingTensor {
    /// Under which the tensor stands in the file.
    public let name: String
    /// The length of each axis, the slowest first.
    public let shape: [Int]
    /// As many numbers as the shape says, in row-major order.
    public let values: () throws -> [Float]

    /// A tensor whose numbers `values` gives once it is asked.
    public init(name: String, shape: [Int], values: @escaping () throws -> [Float]) {
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// Writes 32-bit floats, one tensor after another.
  ///
  /// - Throws: `FormatError` where the file cannot be written, and what a tensor's `values` throws; an older file is then
  ///   untouched.
  public static func write(_ tensors: [PendingTensor], metadata: [String: String], to path: String) throws {
    let header = header(tensors, metadata)
    try AtomicFile.write(path) { pen in
      try header.withUnsafeBytes(pen)
      // Every processor that this is built for stores numbers as the format has them.
      for tensor in tensors { try tensor.values().withUnsafeBytes(pen) }
    }
  }

  private static let kind = "safetensors file"

  static func decode(_ file: UnsafeRawBufferPointer, path: String) throws -> SafeTensors {
    var reader = ByteReader(file)
    let length: UInt64
    do {
      length = try reader.littleEndian(UInt64.self)
    } catch {
      throw FormatError.truncated(kind, path)
    }
    guard file.count > 8, file[8] == UInt8(ascii: "{") else {
      guard file.count > 8 else { throw FormatError.truncated(kind, path) }
      throw FormatError(
        title: "this is not a safetensors file", advice: "It is \(Contents.describe(Array(file.prefix(1024)))).", path: path)
    }
    guard let count = Int(exactly: length), let text = try? reader.take(count) else {
      throw FormatError.truncated(kind, path, "Its header should have \(length) bytes, there are \(reader.remaining).")
    }
    guard case .object(let entries) = try? JSON(text) else {
      throw FormatError.corrupt(kind, path, "Its header is not JSON.")
    }
    let data = UnsafeRawBufferPointer(rebasing: file[reader.offset...])
    var metadata: [String: String] = [:]
    var records: [Record] = []
    for (name, value) in entries {
      if name == "__metadata__" {
        guard case .object(let texts) = value else {
          throw FormatError.corrupt(kind, path, "Its metadata are not a map of texts.")
        }
        for (key, text) in texts {
          guard case .string(let text) = text else {
            throw FormatError.corrupt(kind, path, "Its metadata “\(key)” is not a text.")
          }
          metadata[key] = text
        }
      } else {
        records.append(try Record(name, value, path: path))
      }
    }
    records.sort { ($0.range.lowerBound, $0.range.upperBound, $0.name) < ($1.range.lowerBound, $1.range.upperBound, $1.name) }
    // The parts must follow each other without gaps, as the format demands: none is read twice.
    var place = 0
    for record in records {
      guard record.range.lowerBound == place else {
        throw FormatError.corrupt(kind, path, "“\(record.name)” does not begin where the tensor before it ends.")
      }
      place = record.range.upperBound
    }
    guard place <= data.count else {
      throw FormatError.truncated(kind, path, "Its tensors should take \(place) bytes, there are \(data.count).")
    }
    guard place == data.count else {
      throw FormatError.corrupt(kind, path, "\(data.count - place) bytes belong to no tensor.")
    }
    let tensors = try records.map { record in
      let part = UnsafeRawBufferPointer(rebasing: data[record.range])
      let values = try NumericArray.decode(part, as: record.element, bigEndian: false, path: path)
      return NamedArray(
        name: record.name,
        array: NumericArray(
          shape: record.shape, values: values, element: record.element,
          rounded: NumericArray.rounded(part, as: record.element, bigEndian: false, values)))
    }
    return SafeTensors(tensors: tensors, metadata: metadata)
  }

  /// What the header says about one tensor.
  private struct Record {
    let name: String
    let element: NumericArray.Element
    let shape: [Int]
    let range: Range<Int>

    init(_ name: String, _ value: JSON, path: String) throws {
      guard case .object(let fields) = value, case .string(let type) = fields["dtype"],
        case .array(let lengths) = fields["shape"], case .array(let offsets) = fields["data_offsets"]
      else { throw FormatError.corrupt(kind, path, "Its header says too little about “\(name)”.") }
      guard let element = Record.elements[type] else {
        throw FormatError(
          title: "numbers of the kind \(type) cannot be read", advice: "“\(name)” has it; save it as F32.", path: path)
      }
      let shape = lengths.compactMap(Record.whole)
      guard shape.count == lengths.count, let count = NumericArray.count(of: shape) else {
        throw FormatError.corrupt(kind, path, "“\(name)” claims an impossible shape.")
      }
      let places = offsets.compactMap(Record.whole)
      guard places.count == 2, offsets.count == 2, places[0] <= places[1],
        places[1] - places[0] == count * element.byteCount
      else { throw FormatError.corrupt(kind, path, "The place of “\(name)” does not fit its shape \(shape).") }
      self.name = name
      self.element = element
      self.shape = shape
      range = places[0]..<places[1]
    }

    private static func whole(_ value: JSON) -> Int? {
      guard case .number(let number) = value, let whole = Int(exactly: number), whole >= 0 else { return nil }
      return whole
    }

    private static let elements: [String: NumericArray.Element] = [
      "BOOL": .boolean, "U8": .uint8, "I8": .int8, "U16": .uint16, "I16": .int16, "U32": .uint32, "I32": .int32,
      "U64": .uint64, "I64": .int64, "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
      "F8_E5M2": .float8e5m2, "F8_E4M3": .float8e4m3, "F8_E8M0": .float8e8m0,
    ]
  }

  private static func header(_ tensors: [PendingTensor], _ metadata: [String: String]) -> [UInt8] {
    var entries: [String] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }.map { "\(JSON.quoted($0.key)):\(JSON.quoted($0.value))" }
      entries.append("\"__metadata__\":{\(texts.joined(separator: ","))}")
    }
    var place = 0
    for tensor in tensors {
      let end = place + tensor.shape.reduce(1, *) * 4
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append("\(JSON.quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(place),\(end)]}")
      place = end
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    // The numbers begin at a multiple of 8 bytes.
    header += [UInt8](repeating: 32, count: (8 - header.count % 8) % 8)
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(header.count))
    return bytes + header
  }
}
