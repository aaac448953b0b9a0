import Glibc
import Graphics
import TestSupport
import Testing

@testable import Formats

/// What a player shows of an animation: for each frame the whole picture in red, green and blue, and its time in hundredths of a second.
private struct Played {
  struct Damaged: Error {}

  var frames: [[UInt8]] = []
  var hundredths: [Int] = []
  /// How often all is shown, 0 without end.
  var plays = 1
  private(set) var width = 0
  private(set) var height = 0
  private var canvas: [UInt8] = []

  private mutating func begin(_ width: Int, _ height: Int) {
    (self.width, self.height) = (width, height)
    canvas = [UInt8](repeating: 0, count: width * height * 3)
  }

  private mutating func draw(_ x: Int, _ y: Int, _ width: Int, _ height: Int, _ pixels: [UInt8]) throws {
    guard x + width <= self.width, y + height <= self.height, pixels.count == width * height * 3 else { throw Damaged() }
    for row in 0..<height {
      let to = ((y + row) * self.width + x) * 3
      canvas.replaceSubrange(to..<to + width * 3, with: pixels[row * width * 3..<(row + 1) * width * 3])
    }
    frames.append(canvas)
  }

  /// A GIF, read by the letter of its specification.
  init(gif file: [UInt8]) throws {
    guard file.starts(with: "GIF89a".utf8), file.last == 0x3b else { throw Damaged() }
    func two(_ place: Int) -> Int { Int(file[place]) | Int(file[place + 1]) << 8 }
    begin(two(6), two(8))
    guard file[10] == 0xf7 else { throw Damaged() }
    let table = file[13..<13 + 768].map { $0 }
    var place = 13 + 768
    func blocks() -> [UInt8] {
      var bytes: [UInt8] = []
      while file[place] != 0 {
        bytes += file[place + 1..<place + 1 + Int(file[place])]
        place += 1 + Int(file[place])
      }
      place += 1
      return bytes
    }
    while file[place] != 0x3b {
      if file[place] == 0x21, file[place + 1] == 0xff {
        place += 14
        let content = blocks()
        let repeats = Int(content[1]) | Int(content[2]) << 8
        plays = repeats == 0 ? 0 : repeats + 1
      } else if file[place] == 0x21, file[place + 1] == 0xf9 {
        hundredths.append(two(place + 4))
        place += 8
      } else if file[place] == 0x2c {
        let (x, y, width, height) = (two(place + 1), two(place + 3), two(place + 5), two(place + 7))
        guard file[place + 9] == 0, file[place + 10] == 8 else { throw Damaged() }
        place += 11
        let numbers = try Played.unpacked(blocks())
        try draw(x, y, width, height, numbers.flatMap { table[Int($0) * 3..<Int($0) * 3 + 3] })
      } else {
        throw Damaged()
      }
    }
  }

  /// GIF89a, appendix F.
  private static func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    var place = 0
    func code(_ width: Int) throws -> Int {
      guard place + width <= bytes.count * 8 else { throw Damaged() }
      defer { place += width }
      return (0..<width).reduce(0) { $0 | Int(bytes[(place + $1) / 8] >> UInt8((place + $1) % 8) & 1) << $1 }
    }
    let roots: [[UInt8]] = (0..<258).map { $0 < 256 ? [UInt8($0)] : [] }
    var (table, width, last) = (roots, 9, [UInt8]())
    var result: [UInt8] = []
    while true {
      let next = try code(width)
      if next == 257 { return result }
      if next == 256 {
        (table, width, last) = (roots, 9, [])
        continue
      }
      guard next < table.count || next == table.count && !last.isEmpty else { throw Damaged() }
      let sequence = next < table.count ? table[next] : last + [last[0]]
      if !last.isEmpty, table.count < 4096 { table.append(last + [sequence[0]]) }
      if table.count == 1 << width, width < 12 { width += 1 }
      result += sequence
      last = sequence
    }
  }

  /// An animated PNG: each frame put together as a PNG of its own, which libpng reads.
  init(apng file: [UInt8]) throws {
    func four(_ place: Int) -> Int { (0..<4).reduce(0) { $0 << 8 | Int(file[place + $1]) } }
    func chunk(_ name: String, _ content: some Collection<UInt8>) -> [UInt8] {
      let body = Array(name.utf8) + content
      var bytes: [UInt8] = []
      bytes.append(bigEndian: UInt32(content.count))
      bytes += body
      bytes.append(bigEndian: Checksum(of: body).value)
      return bytes
    }
    let signature = Array(file[..<8])
    var header: [UInt8] = []
    var (count, sequence) = (0, 0)
    var open: (x: Int, y: Int, width: Int, height: Int, data: [UInt8])?
    func finished() throws -> [UInt8]? {
      guard let open else { return nil }
      var size: [UInt8] = []
      size.append(bigEndian: UInt32(open.width))
      size.append(bigEndian: UInt32(open.height))
      let png = signature + chunk("IHDR", size + header[8...]) + chunk("IDAT", open.data) + chunk("IEND", [])
      return try PictureDecoder().decode(png, path: "", channels: .color).bytes
    }
    var place = 8
    while place < file.count {
      let length = four(place)
      let name = String(decoding: file[place + 4..<place + 8], as: UTF8.self)
      let content = place + 8
      guard file[place..<place + 12 + length].elementsEqual(chunk(name, file[content..<content + length])) else {
        throw Damaged()
      }
      switch name {
      case "IHDR":
        header = Array(file[content..<content + length])
        begin(four(content), four(content + 4))
      case "acTL":
        count = four(content)
        plays = four(content + 4)
      case "fcTL":
        if let open, let pixels = try finished() { try draw(open.x, open.y, open.width, open.height, pixels) }
        guard four(content) == sequence, file[content + 22...content + 25].elementsEqual([0, 100, 0, 0]) else { throw Damaged() }
        sequence += 1
        open = (four(content + 12), four(content + 16), four(content + 4), four(content + 8), [])
        hundredths.append(four(content + 20) >> 16)
      case "IDAT": open?.data += file[content..<content + length]
      case "fdAT":
        guard four(content) == sequence else { throw Damaged() }
        sequence += 1
        open?.data += file[content + 4..<content + length]
      case "IEND": if let open, let pixels = try finished() { try draw(open.x, open.y, open.width, open.height, pixels) }
      default: break
      }
      place += 12 + length
    }
    guard frames.count == count else { throw Damaged() }
  }
}

struct AnimationTests {
  /// Pictures in which most pixels change from one to the next, or a few.
  private static func noise(_ count: Int, _ width: Int, _ height: Int, _ channels: Int, levels: Int = 256) throws -> [Raster] {
    var generator = SplitMix(state: UInt64(count * width))
    return try (0..<count).map { _ in
      var bytes: [UInt8] = []
      for _ in 0..<width * height * channels {
        let level = Int(generator.next() % UInt64(levels))
        bytes.append(UInt8(level * 255 / max(levels - 1, 1)))
      }
      return try Raster(width: width, height: height, channels: channels, bytes: bytes)
    }
  }

  private static func colors(_ frames: [Raster]) -> [[UInt8]] { frames.map { $0.color().bytes } }

  private static func gif(_ animation: Animation) throws -> Played { try Played(gif: try GIF.encode(animation, path: "")) }

  private static func apng(_ animation: Animation) throws -> Played { try Played(apng: try APNG.encode(animation, path: "")) }

  @Test(arguments: [(1, 1, 1), (2, 1, 1), (3, 40, 31), (2, 300, 300), (2, 700, 3)])
  func grayFramesKeepEveryPixel(count: Int, width: Int, height: Int) throws {
    let frames = try Self.noise(count, width, height, 1)
    for played in [try Self.gif(Animation(frames, seconds: [0.1])), try Self.apng(Animation(frames, seconds: [0.1]))] {
      #expect(played.frames == Self.colors(frames))
      #expect(played.hundredths == Array(repeating: 10, count: count))
      #expect(played.plays == 0)
    }
  }

  /// Long sequences and full tables of codes: a flat picture, stripes, and slow noise.
  @Test func anyPictureOutlivesItsCompression() throws {
    let flat = try Raster(width: 500, height: 400, channels: 1, fill: 7)
    let stripes = try Raster(width: 500, height: 400, channels: 1, bytes: (0..<200_000).map { UInt8($0 / 3 % 5) })
    let frames = [
      flat, stripes, try Self.noise(1, 500, 400, 1, levels: 2)[0], try Self.noise(1, 500, 400, 1, levels: 9)[0], flat,
    ]
    #expect(try Self.gif(Animation(frames, seconds: [1])).frames == Self.colors(frames))
    // Every length, so that the last code falls on every place, also where codes grow wider.
    for width in 1...700 {
      let bytes: [UInt8] = (0..<width).map { (x: Int) in UInt8(truncatingIfNeeded: x * x * 31 + x / 7) }
      let frame = try Raster(width: width, height: 1, channels: 1, bytes: bytes)
      #expect(try Self.gif(Animation([frame], seconds: [1])).frames == Self.colors([frame]))
    }
  }

  @Test func onlyWhatChangesIsWritten() throws {
    let first = try Self.noise(1, 50, 40, 3, levels: 6)[0]
    var second = first
    try second.paste(try Raster(width: 3, height: 2, channels: 3, fill: 255), x: 20, y: 11)
    let animation = try Animation([first, second, second, first], seconds: [0.5])
    let patches = try animation.patches()
    #expect(patches[1].x >= 20 && patches[1].y >= 11 && patches[1].raster.width <= 3 && patches[1].raster.height <= 2)
    #expect((patches[2].raster.width, patches[2].raster.height) == (1, 1))
    #expect(try Self.gif(animation).frames == Self.colors(animation.frames))
    #expect(try Self.apng(animation).frames == Self.colors(animation.frames))
  }

  @Test func manyColorsGetTheNearestOfFew() throws {
    // A sheet of all reds and greens, and another in blue.
    func sheet(_ blue: UInt8) throws -> Raster {
      var bytes: [UInt8] = []
      for y in 0..<64 { for x in 0..<64 { bytes += [UInt8(x * 4), UInt8(y * 4), blue] } }
      return try Raster(width: 64, height: 64, channels: 3, bytes: bytes)
    }
    let sheets = [try sheet(0), try sheet(200)]
    let animation = try Animation(sheets, seconds: [0.1])
    #expect(try Self.apng(animation).frames == Self.colors(sheets))
    let played = try Self.gif(animation)
    var found: Set<[UInt8]> = []
    var (worst, total, count) = (0, 0, 0)
    for (frame, sheet) in zip(played.frames, sheets) {
      for place in stride(from: 0, to: frame.count, by: 3) { found.insert(Array(frame[place..<place + 3])) }
      for (own, other) in zip(frame, sheet.bytes) {
        let error = abs(Int(own) - Int(other))
        worst = max(worst, error)
        total += error
        count += 1
      }
    }
    #expect(found.count <= 256)
    #expect(worst <= 24)
    #expect(Double(total) / Double(count) < 5)
  }

  @Test func mixedFramesAreInColor() throws {
    let frames = [
      try Self.noise(1, 9, 8, 1, levels: 3)[0], try Self.noise(1, 9, 8, 3, levels: 3)[0],
      try Self.noise(1, 9, 8, 4, levels: 3)[0],
    ]
    let animation = try Animation(frames, seconds: [0.1])
    #expect(try Self.gif(animation).frames == Self.colors(frames))
    #expect(try Self.apng(animation).frames == Self.colors(frames))
  }

  @Test func timesAndPlaysAreKept() throws {
    let frames = try Self.noise(4, 3, 2, 1)
    for played in [
      try Self.gif(Animation(frames, seconds: [0.02, 0.5, 2, 655], plays: 3)),
      try Self.apng(Animation(frames, seconds: [0.02, 0.5, 2, 655], plays: 3)),
    ] {
      #expect(played.hundredths == [2, 50, 200, 65500])
      #expect(played.plays == 3)
    }
    #expect(try Self.gif(Animation(frames, seconds: [1], plays: 1)).plays == 1)
    // 30 frames a second: 3 hundredths and a third each.
    #expect(try Self.gif(Animation(Self.noise(6, 3, 2, 1), seconds: [1.0 / 30])).hundredths == [3, 4, 3, 3, 4, 3])
  }

  @Test func whatCannotBeShownIsRefused() throws {
    func title(_ frames: [Raster], _ seconds: [Double] = [0.1], _ plays: Int = 0) -> String? {
      do {
        _ = try Animation(frames, seconds: seconds, plays: plays)
        return nil
      } catch {
        return (error as? GraphicsError)?.title
      }
    }
    let one = try Self.noise(1, 3, 2, 1)
    #expect(title([]) == "an animation needs a picture")
    #expect(title(one + (try Self.noise(1, 3, 3, 1))) == "the frames of an animation are of one size")
    #expect(title(one, [0.1, 0.2]) == "each frame is shown for a time")
    #expect(title(one, []) == "each frame is shown for a time")
    for seconds in [0, -1, 0.001, 656, .nan, .infinity] {
      #expect(title(one, [seconds])?.hasPrefix("a frame cannot be shown") == true)
    }
    for plays in [-1, 65536] { #expect(title(one, [1], plays)?.hasPrefix("an animation cannot be shown") == true) }
    let animation = try Animation(one, seconds: [1])
    #expect(formatError { try animation.write(to: "/tmp/a.mp4") }?.advice == "“a.mp4” ends in .mp4; use .png or .gif.")
    #expect(formatError { try animation.write(to: "/nowhere/a.gif") }?.title == "the file cannot be written")
    try Fixture.withFolder { folder in
      for ending in ["gif", "png", "apng"] {
        symlink("/dev/full", "\(folder)/a.\(ending)")
        #expect(formatError { try animation.write(to: "\(folder)/a.\(ending)") }?.advice == "The disk is full.")
      }
    }
    let wide = try Animation([Raster(width: 70000, height: 1, channels: 1)], seconds: [1])
    #expect(formatError { _ = try GIF.encode(wide, path: "") }?.title == "the animation is too large for a GIF")
    #expect(try Self.apng(wide).frames.count == 1)
  }
}
