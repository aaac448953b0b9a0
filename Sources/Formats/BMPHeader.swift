/// What stands before the pixels of a BMP file.
struct BMPHeader {
  enum Compression { case none, runs8, runs4, masks }

  /// The bits of a pixel that hold one of its colors.
  struct Mask {
    let shift: Int
    /// The greatest number that they can hold; 0 where there are none.
    let largest: Int

    init(_ bits: UInt32) {
      shift = bits == 0 ? 0 : bits.trailingZeroBitCount
      largest = Int(bits >> UInt32(shift))
    }

    /// Bits that do not stand side by side hold no number.
    var isWhole: Bool { largest & (largest + 1) == 0 }

    /// The color of a pixel, brought to 0…255.
    func value(_ pixel: UInt32) -> UInt8 {
      guard largest > 0 else { return 0 }
      return UInt8(clamping: (Int(pixel >> UInt32(shift)) & largest) * 255 / largest)
    }
  }

  /// The headers that there are: of OS/2 (12, 16, 64), and of Windows since 3.0.
  static let sizes: Set<Int> = [12, 16, 40, 52, 56, 64, 108, 124]

  let picture: PictureHeader
  let bits: Int
  let compression: Compression
  let isTopDown: Bool
  /// Red, green, blue and opacity of pixels of 16 and 32 bits.
  let masks: [Mask]
  /// Red, green, blue.
  let palette: [[UInt8]]
  /// Where the pixels begin.
  let start: Int

  /// Whether its table holds nothing but grays.
  let isGray: Bool
  /// Of a row that is not compressed: whole groups of 4 bytes.
  var rowBytes: Int { (picture.width * bits + 31) / 32 * 4 }

  init(_ bytes: [UInt8], _ path: String) throws {
    guard BMP.begins(bytes) else { throw ImageFile.notAPicture(bytes, path) }
    func number(_ place: Int, _ count: Int) throws -> Int {
      guard place >= 0, place + count <= bytes.count else { throw FormatError.truncated("BMP picture", path) }
      return bytes[place..<place + count].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
    func damaged(_ detail: String) -> FormatError { .corrupt("BMP picture", path, detail) }

    let size = try number(14, 4)
    let isCore = size == 12
    let width = isCore ? try number(18, 2) : Int(Int32(truncatingIfNeeded: try number(18, 4)))
    let height = isCore ? try number(20, 2) : Int(Int32(truncatingIfNeeded: try number(22, 4)))
    bits = try number(isCore ? 24 : 28, 2)
    isTopDown = height < 0
    let known: [Int: Compression] = [0: .none, 1: .runs8, 2: .runs4, 3: .masks, 6: .masks]
    let told = size >= 40 ? try number(30, 4) : 0
    guard let compression = known[told], size != 64 || told < 3 else {
      throw FormatError(
        title: "this kind of BMP picture cannot be read",
        advice: "Its pixels are compressed in a way (number \(told)) that is not read; save it as PNG.", path: path)
    }
    self.compression = compression
    let fits: Bool =
      switch compression {
      case .none: [1, 2, 4, 8, 16, 24, 32].contains(bits)
      case .runs8: bits == 8 && !isTopDown
      case .runs4: bits == 4 && !isTopDown
      case .masks: bits == 16 || bits == 32
      }
    guard fits else { throw damaged("Pixels of \(bits) bits cannot be compressed as it claims (number \(told)).") }

    // Masks stand behind a header of 40 bytes, and in longer ones.
    let extra = size == 40 && compression == .masks ? (told == 6 ? 16 : 12) : 0
    if compression == .masks {
      let count = extra > 0 ? extra / 4 : size >= 56 ? 4 : 3
      masks = try (0..<4).map { $0 < count ? Mask(UInt32(truncatingIfNeeded: try number(54 + 4 * $0, 4))) : Mask(0) }
      guard masks.allSatisfy(\.isWhole) else { throw damaged("The masks of its colors have holes.") }
    } else if bits == 16 {
      masks = [0x7c00, 0x03e0, 0x001f, 0].map(Mask.init)
    } else {
      masks = [0xff_0000, 0xff00, 0xff, 0].map(Mask.init)
    }

    var palette: [[UInt8]] = []
    var start = try number(10, 4)
    if bits <= 8 {
      let used = size >= 40 ? try number(46, 4) : 0
      guard used <= 1 << bits else { throw damaged("It claims \(used) colors, and has pixels of \(bits) bits.") }
      let entry = isCore ? 3 : 4
      let first = 14 + size + extra
      let count = used == 0 ? 1 << bits : used
      // Some programs tell where the table begins, not the pixels behind it.
      if start == first { start += count * entry }
      for place in 0..<count {
        // A table may be shorter than it claims: it ends where the pixels begin.
        if start >= first + entry, first + (place + 1) * entry > start { break }
        _ = try number(first + place * entry, 3)
        palette.append(bytes[(first + place * entry)..<(first + place * entry + 3)].reversed())
      }
    }
    self.palette = palette
    self.start = start
    isGray = !palette.isEmpty && palette.allSatisfy { $0[0] == $0[1] && $0[1] == $0[2] }
    picture = try PictureHeader(
      width: width, height: height == Int(Int32.min) ? 0 : abs(height), isColor: !isGray, path: path)
    guard start >= 14 + size, start <= bytes.count else {
      throw start > bytes.count ? FormatError.truncated("BMP picture", path) : damaged("Its pixels begin within its header.")
    }
    switch compression {
    case .none, .masks:
      guard bytes.count - start >= rowBytes * picture.height else {
        throw FormatError.truncated(
          "BMP picture", path, "It claims \(picture.width)×\(picture.height) pixels, for which it is too short.")
      }
    case .runs8, .runs4:
      // Two bytes give 255 pixels at most; what a file passes over it may leave out, up to some measure.
      guard picture.width * picture.height / 1024 <= bytes.count - start else {
        throw damaged("It claims \(picture.width)×\(picture.height) pixels, for which it is too short.")
      }
    }
  }
}
