import Graphics
import TestSupport
import Testing

@testable import Formats

/// Every reader, so that each can be fed with damaged bytes.
enum Reader: CaseIterable, CustomTestStringConvertible {
  case gray, alpha, palette, deep, jpeg, progressive, bmp, bmpMasks, bmpRuns, gif, webp, veiledWebP, playedWebP, map, idx,
    idxGzip, npy, npz, npzPacked, safetensors, csv

  var file: String {
    switch self {
    case .gray: return "gray.png"
    case .alpha: return "alpha.png"
    case .palette: return "palette-transparent.png"
    case .deep: return "../pictures/kind0-16-1.png"
    case .jpeg: return "color.jpg"
    case .progressive: return "progressive.jpg"
    case .bmp: return "colors4.bmp"
    case .bmpMasks: return "565.bmp"
    case .bmpRuns: return "runs4.bmp"
    case .gif: return "../pictures/interlaced1.gif"
    case .webp: return "../pictures/lossy.webp"
    case .veiledWebP: return "../pictures/veiled.webp"
    case .playedWebP: return "../pictures/frames.webp"
    case .map: return "../pictures/map4-255.pam"
    case .idx: return "f8.idx"
    case .idxGzip: return "u1.idx.gz"
    case .npy: return "f4.npy"
    case .npz: return "stored.npz"
    case .npzPacked: return "packed.npz"
    case .safetensors: return "kinds.safetensors"
    case .csv: return "numpy.csv"
    }
  }

  var testDescription: String { file }

  var name: String { Paths.name(of: file) }

  func read(_ path: String) throws {
    switch self {
    case .gray, .alpha, .palette, .deep, .jpeg, .progressive, .bmp, .bmpMasks, .bmpRuns, .gif, .webp, .veiledWebP, .playedWebP,
      .map:
      _ = try ImageFile.read(path)
    case .idx, .idxGzip: _ = try IDX.read(path)
    case .npy: _ = try NPY.read(path)
    case .npz, .npzPacked: _ = try NPZ.read(path)
    case .safetensors: _ = try SafeTensors.read(path)
    case .csv: _ = try CSV.read(path)
    }
  }
}

struct DamageTests {
  @Test(arguments: Reader.allCases)
  func theWholeFileIsRead(reader: Reader) throws {
    try reader.read(Fixture.path(reader.file))
  }

  /// Cut off anywhere, a file is refused with words, never read as if it were whole.
  /// (A text, and a GIF in which what comes after the first picture is missing, are whole.)
  @Test(arguments: Reader.allCases.filter { $0 != .csv && $0 != .gif })
  func everyBeginningOfAFileIsRefused(reader: Reader) throws {
    let bytes = try Fixture.bytes(reader.file)
    try Fixture.withFolder { folder in
      let path = "\(folder)/\(reader.name)"
      var accepted: [Int] = []
      for length in 0..<bytes.count {
        Fixture.overwrite(path, Array(bytes[..<length]))
        let error = formatError { try reader.read(path) }
        if error == nil || error?.title == "" || error?.advice == "" || error?.path != path { accepted.append(length) }
      }
      #expect(accepted == [], "of \(bytes.count) bytes")
    }
  }

  /// Changed bytes give an error or other numbers, but never end the program.
  @Test(arguments: Reader.allCases)
  func changedBytesAreSurvived(reader: Reader) throws {
    let bytes = try Fixture.bytes(reader.file)
    var generator = SplitMix(state: 7)
    try Fixture.withFolder { folder in
      let path = "\(folder)/\(reader.name)"
      for _ in 0..<300 {
        var changed = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          changed[place] = UInt8.random(in: 0...255, using: &generator)
        }
        Fixture.overwrite(path, changed)
        do {
          try reader.read(path)
        } catch {
          if !(error is FormatError) { Issue.record(error) }
        }
        _ = FileKind.detect(path)
      }
    }
  }

  /// Every reader given every other kind of file.
  @Test(arguments: Reader.allCases)
  func otherKindsOfFilesAreRefused(reader: Reader) throws {
    for other in Reader.allCases where other.file.suffix(4) != reader.file.suffix(4) {
      if reader == .idx && other == .idxGzip || reader == .idxGzip && other == .idx { continue }
      if reader == .npz && other == .npzPacked { continue }
      let isPicture: (Reader) -> Bool = { FileFormat.named($0.file)?.makePictureReader != nil }
      if isPicture(reader) && isPicture(other) { continue }
      #expect(formatError { try reader.read(Fixture.path(other.file)) } != nil, "\(reader.file) read \(other.file)")
    }
  }

  @Test func aZipBombIsRefused() throws {
    // 64 MiB of zeros in 64 KiB, under a header that promises 6 numbers.
    var bomb = try Fixture.bytes("u1.idx")
    bomb += [UInt8](repeating: 0, count: 64 << 20)
    let packed = try Gzip.compress(bomb, path: "")
    try Fixture.withFolder { folder in
      try AtomicFile.write("\(folder)/bomb.gz", packed)
      #expect(formatError { _ = try IDX.read("\(folder)/bomb.gz") }?.title == "the gzip file unpacks to more than it should")
    }
  }

  @Test func aHugeClaimIsRefusedBeforeRoomIsMade() throws {
    let idx: [UInt8] = [0, 0, 8, 3, 0, 0, 0x40, 0, 0, 0, 0x40, 0, 0, 0, 0, 4, 1, 2, 3]
    #expect(formatError { _ = try IDX.decode(idx, path: "a.idx") }?.title == "the IDX file is cut off")
    let monstrous: [UInt8] = [0, 0, 8, 3] + [UInt8](repeating: 0xff, count: 12)
    #expect(formatError { _ = try IDX.decode(monstrous, path: "a.idx") }?.title == "the IDX file claims an impossible shape")
    // A length that is too small would leave some of the numbers unread.
    let longer: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 5, 6]
    #expect(try IDX.decode(longer, path: "a.idx").values == [5, 6])
    #expect(
      formatError { _ = try IDX.decode(longer + [7], path: "a.idx") }?.advice
        == "Its header promises 14 bytes, but there are 15.")
    let packed = try Gzip.compress(idx, path: "")
    try Fixture.withFolder { folder in
      try AtomicFile.write("\(folder)/a.idx.gz", packed)
      #expect(formatError { _ = try IDX.read("\(folder)/a.idx.gz") }?.title == "the IDX file is damaged")
    }
  }
}
