import Graphics

/// What the notes of a camera, EXIF or XMP, say of how a picture lies.
enum EXIF {
  /// The number behind tag 0x0112 in the first folder of an EXIF block; nil where there is none. A block is a small TIFF file (EXIF 2.32,
  /// 4.5), sometimes behind the name that it has in JPEG.
  static func orientation(_ block: ArraySlice<UInt8>) -> Int? {
    var block = block
    if block.starts(with: "Exif\0\0".utf8) { block = block.dropFirst(6) }
    let isLittle = block.starts(with: "II".utf8)
    guard isLittle || block.starts(with: "MM".utf8) else { return nil }
    func number(_ place: Int, _ count: Int) -> Int? {
      guard place >= 0, place + count <= block.count else { return nil }
      let bytes = block[block.startIndex + place..<block.startIndex + place + count]
      return isLittle ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : bytes.reduce(0) { $0 << 8 | Int($1) }
    }
    guard number(2, 2) == 42, let folder = number(4, 4), let count = number(folder, 2) else { return nil }
    for entry in 0..<count {
      let place = folder + 2 + entry * 12
      guard let tag = number(place, 2) else { return nil }
      guard tag == 0x0112, let kind = number(place + 2, 2) else { continue }
      // A byte, a word of 16 bits, or one of 32.
      return [1: 1, 3: 2, 4: 4][kind].flatMap { number(place + 8, $0) }
    }
    return nil
  }

  /// The figure behind `tiff:Orientation` in an XMP packet.
  static func orientation(ofPacket text: ArraySlice<UInt8>) -> Int? {
    let name = Array("tiff:Orientation".utf8)
    var rest = text
    while let start = rest.firstIndex(of: name[0]) {
      rest = rest[start...]
      if rest.starts(with: name) {
        var behind = rest.dropFirst(name.count)
        if behind.starts(with: "=\"".utf8) {
          behind = behind.dropFirst(2)
        } else if behind.first == UInt8(ascii: ">") {
          behind = behind.dropFirst()
        } else {
          behind = []
        }
        if let figure = behind.first, (0x30...0x39).contains(figure) { return Int(figure) - 0x30 }
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  /// How the picture lies: as EXIF says, or XMP where that is silent. Numbers that mean nothing leave it as it is.
  static func orientation(exif: ArraySlice<UInt8>?, packet: ArraySlice<UInt8>?) -> Orientation {
    let number = exif.flatMap { orientation($0) } ?? packet.flatMap { orientation(ofPacket: $0) } ?? 1
    return Orientation(rawValue: number) ?? .upright
  }
}
