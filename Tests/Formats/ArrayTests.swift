import Testing

@testable import Formats

struct ArrayTests {
  private let numbers: [Float] = [0, 1, 2, 100, 120, 127]

  @Test(arguments: [
    ("u1", NumericArray.Element.uint8), ("i1", .int8), ("i2", .int16), ("i4", .int32), ("f4", .float32), ("f8", .float64),
  ])
  func everyElementOfIDXIsRead(name: String, element: NumericArray.Element) throws {
    let array = try IDX.read(Fixture.path("\(name).idx"))
    #expect(array.shape == [2, 3])
    #expect(array.element == element)
    #expect(array.values == (name == "u1" ? numbers : numbers.map { -$0 }))
  }

  @Test func picturesInIDXStayBytes() throws {
    guard case .pictures(let pictures) = try IDX.numbers(Fixture.example("digits/digits-images-idx3-ubyte.gz")) else {
      Issue.record("bytes in three axes are pictures")
      return
    }
    let array = try IDX.read(Fixture.example("digits/digits-images-idx3-ubyte.gz"))
    #expect(pictures.shape == array.shape && pictures.bytes.map(Float.init) == array.values)
    #expect(try IDX.numbers(Fixture.path("f4.idx")) == .array(IDX.read(Fixture.path("f4.idx"))))
  }

  @Test func compressedIDXIsTheSame() throws {
    #expect(try IDX.read(Fixture.path("u1.idx.gz")) == IDX.read(Fixture.path("u1.idx")))
  }

  @Test(arguments: [
    ("b1", NumericArray.Element.boolean), ("u1", .uint8), ("i1", .int8), ("u2", .uint16), ("i2", .int16), ("u4", .uint32),
    ("i4", .int32), ("u8", .uint64), ("i8", .int64), ("f2", .float16), ("f4", .float32), ("f8", .float64),
  ])
  func everyElementOfNPYIsReadInBothByteOrders(name: String, element: NumericArray.Element) throws {
    let expected: [Float]
    switch element {
    case .boolean: expected = numbers.map { $0 > 1 ? 1 : 0 }
    case .uint8, .uint16, .uint32, .uint64: expected = numbers
    default: expected = numbers.map { -$0 }
    }
    for file in element.byteCount > 1 ? ["\(name).npy", "\(name)-big.npy"] : ["\(name).npy"] {
      #expect(try NPY.read(Fixture.path(file)) == NumericArray(shape: [2, 3], values: expected, element: element))
    }
  }

  /// The first whole number that float32 has not, with its place.
  @Test func roundedWholeNumbersAreKnown() throws {
    let folder = Fixture.path("../identifiers/")
    func first(_ array: NumericArray) -> String { "\(array.rounded.count): " + array.rounded.first(in: array.shape) }
    #expect(try first(NPY.read(folder + "i8.npy")) == "3: 16777217 at [0, 2] becomes 16777216")
    #expect(try first(NPY.read(folder + "i8-fortran.npy")) == "3: 2147483649 at [1, 0] becomes 2147483648")
    #expect(try first(NPY.read(folder + "i4.npy")) == "2: -16777217 at [0] becomes -16777216")
    #expect(try first(NPY.read(folder + "f8.npy")) == "2: 1e+300 at [3] becomes infinity")
    #expect(try first(CSV.read(folder + "numbers.csv")) == "3: 16777217 at [0, 1] becomes 16777216")
    #expect(try first(IDX.read(folder + "i4.idx")) == "1: 16777217 at [0] becomes 16777216")
    #expect(try NPY.read(folder + "exact.npy").rounded == RoundedNumbers())
    #expect(
      try first(SafeTensors.read(folder + "id.safetensors").tensors[0].array)
        == "1: 9007199254740993 at [1] becomes 9007199254740992")
  }

  @Test func fortranOrderIsTurnedRound() throws {
    let array = try NPY.read(Fixture.path("fortran.npy"))
    #expect(array == NumericArray(shape: [2, 3, 4], values: (0..<24).map(Float.init)))
  }

  @Test func shapesOfRankZeroAndWithoutElementsAreRead() throws {
    #expect(try NPY.read(Fixture.path("scalar.npy")) == NumericArray(shape: [], values: [3.5]))
    #expect(try NPY.read(Fixture.path("vector.npy")) == NumericArray(shape: [5], values: [0, 1, 2, 3, 4]))
    #expect(try NPY.read(Fixture.path("empty.npy")) == NumericArray(shape: [0, 3], values: []))
  }

  @Test(arguments: [("structured", "structured"), ("text", "text"), ("complex", "complex"), ("objects", "objects")])
  func elementsThatAreNoNumbersAreRefused(name: String, word: String) {
    #expect(formatError { _ = try NPY.read(Fixture.path("\(name).npy")) }?.title.contains(word) == true)
  }

  @Test(arguments: [[], [5], [0, 3], [2, 3, 4]])
  func anNPYComesBackAsWritten(shape: [Int]) throws {
    let array = NumericArray(shape: shape, values: (0..<shape.reduce(1, *)).map { Float($0) / 7 })
    try Fixture.withFolder { folder in
      try NPY.write(array, to: "\(folder)/a.npy")
      #expect(try NPY.read("\(folder)/a.npy") == array)
    }
  }

  @Test(arguments: [UInt8(2), 3]) func versionsWithLongHeadersAreRead(version: UInt8) throws {
    let array = NumericArray(shape: [3], values: [1, 2, 3])
    let file = NPY.encode(array)
    let length = Int(file[8]) + 256 * Int(file[9])
    #expect((10 + length) % 64 == 0)
    // NumPy reads (3) as a number, and no shape.
    #expect(String(decoding: file, as: UTF8.self).contains("'shape': (3,)"))
    // Longer than the 65535 bytes that version 1 can tell.
    let header = Array(file[10..<9 + length]) + [UInt8](repeating: 32, count: 70_000) + [10]
    var long = NPY.signature + [version, 0]
    long.append(littleEndian: UInt32(header.count))
    long += header + file.suffix(12)
    #expect(try long.withUnsafeBytes { try NPY.decode($0, path: "a.npy", name: "NumPy file") } == array)
  }

  @Test func numPysArchivesAreRead() throws {
    let stored = try NPZ.read(Fixture.path("stored.npz")).arrays
    #expect(stored.map(\.name) == ["x", "y"])
    #expect(stored[0].array == NumericArray(shape: [2, 3], values: numbers))
    #expect(stored[1].array == NumericArray(shape: [2], values: [3, 1], element: .int64))
    let packed = try NPZ.read(Fixture.path("packed.npz")).arrays
    #expect(packed[0].array == NumericArray(shape: [50, 40], values: Array(repeating: 0, count: 2000), element: .uint8))
  }

  @Test(arguments: [true, false])
  func anNPZComesBackAsWritten(compressed: Bool) throws {
    let arrays = [
      NamedArray(name: "a", array: NumericArray(shape: [300], values: (0..<300).map { Float($0 % 5) })),
      NamedArray(name: "λ", array: NumericArray(shape: [], values: [.infinity])),
    ]
    try Fixture.withFolder { folder in
      try NPZ.write(arrays, to: "\(folder)/a.npz", compressed: compressed)
      #expect(try NPZ.read("\(folder)/a.npz").arrays == arrays)
    }
  }

  @Test func everyElementOfSafetensorsIsRead() throws {
    let file = try SafeTensors.read(Fixture.path("kinds.safetensors"))
    #expect(file.metadata == ["format": "np", "note": "λ \"quoted\""])
    #expect(file["f32"] == NumericArray(shape: [2, 3], values: numbers))
    #expect(file["f64"] == NumericArray(shape: [2, 3], values: numbers.map { -$0 }, element: .float64))
    #expect(file["f16"] == NumericArray(shape: [2, 3], values: numbers, element: .float16))
    #expect(file["i8"] == NumericArray(shape: [2, 3], values: numbers.map { -$0 }, element: .int8))
    #expect(file["i64"] == NumericArray(shape: [2, 3], values: numbers, element: .int64))
    #expect(file["u8"] == NumericArray(shape: [2, 3], values: numbers, element: .uint8))
    #expect(file["bool"] == NumericArray(shape: [2, 3], values: numbers.map { $0 > 1 ? 1 : 0 }, element: .boolean))
    #expect(file["scalar"] == NumericArray(shape: [], values: [2.5]))
    #expect(file["absent"] == nil)
    #expect(
      try SafeTensors.read(Fixture.path("bfloat.safetensors"))["w"]
        == NumericArray(shape: [3], values: [1, -2.5, 3.140625], element: .bfloat16))
  }

  /// Numbers of 8 bits, as PyTorch has them.
  @Test(arguments: [
    ("F8_E4M3", [0, 0x1p-9, 1, 448, .nan, -1, -0.0] as [Float]), ("F8_E5M2", [0, 0x1p-16, 0.5, .nan, .nan, -0.5, -0.0]),
    ("F8_E8M0", [0x1p-127, 0x1p-126, 0x1p-71, 0.5, 1, 0x1p57, 2]),
  ])
  func floatsOf8BitsAreRead(kind: String, expected: [Float]) throws {
    let header = "{\"w\":{\"dtype\":\"\(kind)\",\"shape\":[7],\"data_offsets\":[0,7]}}"
    try Fixture.withFolder { folder in
      let path = "\(folder)/w.safetensors"
      try AtomicFile.write(
        path, [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + header.utf8 + [0x00, 0x01, 0x38, 0x7e, 0x7f, 0xb8, 0x80])
      let values = try #require(try SafeTensors.read(path)["w"]).values
      #expect(values.map(\.description) == expected.map(\.description))
    }
  }

  @Test func safetensorsComeBackAsWritten() throws {
    let file = SafeTensors(
      tensors: [
        NamedArray(name: "G/dense 1.w", array: NumericArray(shape: [2, 2], values: [1, .nan, -0.0, 1e-40])),
        NamedArray(name: "empty", array: NumericArray(shape: [0], values: [])),
        NamedArray(name: "\"λ\\\n", array: NumericArray(shape: [], values: [7])),
      ],
      metadata: ["format": "gan", "line\n": "\u{1}\"\\"])
    try Fixture.withFolder { folder in
      try file.write(to: "\(folder)/a.safetensors")
      let back = try SafeTensors.read("\(folder)/a.safetensors")
      #expect(back.metadata == file.metadata)
      #expect(back.tensors.map(\.name) == file.tensors.map(\.name))
      #expect(back.tensors.map(\.array.shape) == file.tensors.map(\.array.shape))
      for (a, b) in zip(back.tensors, file.tensors) {
        #expect(a.array.values.map(\.bitPattern) == b.array.values.map(\.bitPattern))
      }
      // The numbers begin at a multiple of 8 bytes.
      #expect(try FileBytes.read("\(folder)/a.safetensors")[0] % 8 == 0)
    }
  }

  @Test(arguments: [
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
    #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1e300],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F4","shape":[1],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#,
    #"{"a":{"dtype":"F32","shape":[1]}}"#,
    #"{"a":7}"#,
    #"{"__metadata__":{"a":1}}"#,
    #"{"a":"#,
    "{" + String(repeating: "\"a\":[", count: 5000),
  ])
  func faultySafetensorsHeadersAreRefused(header: String) {
    var file: [UInt8] = []
    file.append(littleEndian: UInt64(header.utf8.count))
    file += Array(header.utf8) + [0, 0, 0, 0]
    let error = formatError { _ = try file.withUnsafeBytes { try SafeTensors.decode($0, path: "a") } }
    #expect(error != nil)
  }

  @Test func theValueRangePassesOverWhatIsNotFinite() {
    #expect(NumericArray(shape: [4], values: [.nan, 3, -.infinity, -2]).valueRange == -2...3)
    #expect(NumericArray(shape: [1], values: [.nan]).valueRange == nil)
  }
}
