import Graphics

/// Animated PNG (PNG third edition, section 11.3.4): a PNG of the first frame, followed by the others in chunks that other
/// readers skip. Every pixel is kept as it is.
enum APNG {
  static func encode(_ animation: Animation, path: String) throws -> [UInt8] {
    let patches = try animation.patches()
    let durations = animation.durations(perSecond: 100)
    guard let first = patches.first else {
      throw FormatError(title: "the animation cannot be written", advice: "It has no frames.", path: path)
    }
    let start = try chunks(of: first.raster, path)
    var file: [UInt8] = PNG.signature
    // What the library says of size and colors stands before the frames.
    let beginning = start.prefix { $0.name != "IDAT" }
    if let header = beginning.first { append(header.name, header.content, to: &file) }
    var control: [UInt8] = []
    control.append(bigEndian: UInt32(patches.count))
    control.append(bigEndian: UInt32(animation.plays))
    append("acTL", control, to: &file)
    for chunk in beginning.dropFirst() { append(chunk.name, chunk.content, to: &file) }
    var sequence: UInt32 = 0
    for (number, patch) in patches.enumerated() {
      append("fcTL", frameControl(patch, durations[number], sequence), to: &file)
      sequence += 1
      let parts = (number == 0 ? start : try chunks(of: patch.raster, path)).filter { $0.name == "IDAT" }
      for part in parts {
        guard number > 0 else {
          append("IDAT", part.content, to: &file)
          continue
        }
        var content: [UInt8] = []
        content.reserveCapacity(part.content.count + 4)
        content.append(bigEndian: sequence)
        content += part.content
        append("fdAT", content, to: &file)
        sequence += 1
      }
    }
    append("IEND", [], to: &file)
    return file
  }

  /// Where a frame lies, how long it is shown, that it stays for the next one, and that it covers what is there.
  private static func frameControl(_ patch: Animation.Patch, _ hundredths: Int, _ sequence: UInt32) -> [UInt8] {
    var control: [UInt8] = []
    control.append(bigEndian: sequence)
    for number in [patch.raster.width, patch.raster.height, patch.x, patch.y] { control.append(bigEndian: UInt32(number)) }
    control.append(bigEndian: UInt16(clamping: hundredths))
    control.append(bigEndian: UInt16(100))
    return control + [0, 0]
  }

  private struct Chunk {
    let name: String
    let content: ArraySlice<UInt8>
  }

  /// The parts of a picture as libpng writes it, but for the end.
  private static func chunks(of raster: Raster, _ path: String) throws -> [Chunk] {
    let file = try PNG.encode(raster, path: path)
    var chunks: [Chunk] = []
    var place = 8
    while place + 12 <= file.count {
      let length = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
      guard name != "IEND", place + 12 + length <= file.count else { break }
      chunks.append(Chunk(name: name, content: file[place + 8..<place + 8 + length]))
      place += 12 + length
    }
    return chunks
  }

  private static func append(_ name: String, _ content: some Collection<UInt8>, to file: inout [UInt8]) {
    let body = Array(name.utf8) + content
    file.append(bigEndian: UInt32(content.count))
    file += body
    file.append(bigEndian: Checksum(of: body).value)
  }
}

extension [UInt8] {
  mutating func append(bigEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }
}
