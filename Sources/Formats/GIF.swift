import Graphics

extension FileFormat {
  static let gif = FileFormat(
    "GIF", "a GIF picture", [".gif"], signatures: [Array("GIF87a".utf8), Array("GIF89a".utf8)], reader: .picture { GIFReader() },
    writers: Writers(animation: GIF.encode))
}

/// Animated GIF (CompuServe, GIF89a), with one table of 256 colors for all frames. Gray frames keep every pixel; so do frames in color
/// that have no more than 256 colors together, others get the nearest of 256 (see `Palette`).
enum GIF {
  static func encode(_ animation: Animation, path: String) throws -> [UInt8] {
    guard let first = animation.frames.first, first.width <= Int(UInt16.max), first.height <= Int(UInt16.max) else {
      throw FormatError(
        title: "the animation is too large for a GIF", advice: "A GIF measures 65535 pixels at most; use .png.", path: path)
    }
    let palette = Palette(of: animation.frames)
    let durations = animation.durations(perSecond: 100)
    var file = Array("GIF89a".utf8)
    file.append(littleEndian: UInt16(first.width))
    file.append(littleEndian: UInt16(first.height))
    // A table of 2⁸ colors of 8 bits; the first is the background; square pixels.
    file += [0xf7, 0, 0]
    for number in 0..<256 {
      let color = number < palette.colors.count ? palette.colors[number] : Color(0)
      file += [color.red, color.green, color.blue]
    }
    // Without this extension all frames are shown once; with it so many times more.
    if animation.plays != 1 {
      file += [0x21, 0xff, 11] + "NETSCAPE2.0".utf8 + [3, 1]
      file.append(littleEndian: UInt16(clamping: max(animation.plays - 1, 0)))
      file.append(0)
    }
    for (patch, duration) in zip(try animation.patches(), durations) {
      // The frame stays for the next one.
      file += [0x21, 0xf9, 4, 1 << 2]
      file.append(littleEndian: UInt16(clamping: duration))
      file += [0, 0]
      file.append(0x2c)
      for number in [patch.x, patch.y, patch.raster.width, patch.raster.height] { file.append(littleEndian: UInt16(number)) }
      file.append(0)
      file.append(8)
      for block in blocks(compressed(palette.numbers(of: patch.raster))) {
        file.append(UInt8(block.count))
        file += block
      }
      file.append(0)
    }
    file.append(0x3b)
    return file
  }

  private static func blocks(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    stride(from: 0, to: bytes.count, by: 255).map { bytes[$0..<min($0 + 255, bytes.count)] }
  }

  /// Lempel, Ziv and Welch's codes of 9 … 12 bits for bytes, the lowest bits first: the table of known sequences is begun anew when it is
  /// full (GIF89a, appendix F).
  private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    let (clear, end, limit) = (256, 257, 4096)
    var result: [UInt8] = []
    var (bits, count) = (0, 0)
    var width = 9
    func emit(_ code: Int) {
      bits |= code << count
      count += width
      while count >= 8 {
        result.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    // For each sequence and the byte behind it the longer sequence, 0 where there is none yet.
    var longer = [UInt16](repeating: 0, count: limit * 256)
    var next = end + 1
    emit(clear)
    var sequence: Int?
    for byte in bytes {
      guard let known = sequence else {
        sequence = Int(byte)
        continue
      }
      let place = known << 8 | Int(byte)
      if longer[place] != 0 {
        sequence = Int(longer[place])
        continue
      }
      emit(known)
      sequence = Int(byte)
      if next < limit {
        longer[place] = UInt16(next)
        // The reader is one sequence behind: it needs the wider code one later.
        if next == 1 << width { width += 1 }
        next += 1
      } else {
        emit(clear)
        longer.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        next = end + 1
        width = 9
      }
    }
    if let sequence { emit(sequence) }
    // The code of the last sequence may have made the table reach the next width.
    if next == 1 << width, width < 12 { width += 1 }
    emit(end)
    if count > 0 { result.append(UInt8(truncatingIfNeeded: bits)) }
    return result
  }
}
