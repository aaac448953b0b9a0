import Graphics

@testable import Formats

extension FuzzTarget {
  /// A target for each format that is read, and those below them.
  static let readers: [FuzzTarget] = FileFormat.all.compactMap(reader) + [detection, gzip, json, events, index]

  /// A file of a format, read as `load` reads it.
  private static func reader(of format: FileFormat) -> FuzzTarget? {
    guard let reader = format.reader else { return nil }
    let endings = format == .idx ? ["-ubyte", ".idx"] : format.suffixes
    return FuzzTarget(
      format.name.lowercased().replacing(" ", with: "_"), "reads \(format.noun)",
      seeds: .fixtures(endings + endings.map { $0 + ".gz" }),
      words: [.json, .jsonLines, .safetensors].contains(format) ? .json : .none
    ) {
      let path = "\(Scratch.folder)/file\(format.suffixes.first ?? "")"
      return { bytes in
        if format == .png {
          Checksums.mended(png: bytes).withUnsafeBytes { Scratch.write($0, to: path) }
        } else {
          Scratch.write(bytes, to: path)
        }
        _ = FileKind.detect(path)
        tolerant { try read(path, by: reader) }
      }
    }
  }

  private static func read(_ path: String, by reader: FileFormat.Reader) throws {
    switch reader {
    case .picture:
      for channels in ImageFile.Channels.allCases { tolerant { _ = try ImageFile.read(path, channels: channels) } }
    case .array(let read): _ = try read(path, .plausible)
    case .pictures(let read): _ = try read(path, .plausible)
    case .arrays(let read): _ = try read(path, .plausible)
    case .table(let read, numbers: let numbers):
      var options = CSV.Options()
      tolerant { _ = try read(path, options) }
      tolerant { _ = try numbers(path, options) }
      options.header = false
      options.separator = .blanks
      options.comments = "//"
      options.encoding = .windows1252
      options.decimal = UInt8(ascii: ",")
      _ = try read(path, options)
    case .document(let read):
      for encoding in [nil] + TextEncoding.allCases { tolerant { _ = try read(path, encoding, .plausible) } }
    case .text(let read):
      for encoding in [nil] + TextEncoding.allCases { tolerant { _ = try read(path, encoding, .plausible) } }
    case .weights(let read): _ = try read(path)
    }
  }

  private static let detection = FuzzTarget(
    "detection", "finds out what a file is that has no ending, and reads it as that", seeds: .fixtures([])
  ) {
    let path = "\(Scratch.folder)/file"
    return { bytes in
      Scratch.write(bytes, to: path)
      tolerant {
        guard case .file(let format) = FileKind.detect(path), let reader = format.reader else { return }
        try read(path, by: reader)
      }
    }
  }

  private static let index = FuzzTarget("index", "reads what was found in a folder of pictures, as the cache has it") {
    let path = "\(Scratch.folder)/pictures.index"
    return { bytes in
      var whole = Array("gan pictures 1\n".utf8) + bytes
      let sum = Checksum(of: whole).value
      for shift in stride(from: UInt32(0), to: 32, by: 8) { whole.append(UInt8(truncatingIfNeeded: sum >> shift)) }
      whole.withUnsafeBytes { Scratch.write($0, to: path) }
      let found = PictureIndex(contentsOf: path)
      tolerant { try found.write(to: path) }
      precondition(PictureIndex(contentsOf: path) == found, "an index that was written is read as something else")
    }
  }

  private static let gzip = FuzzTarget("gzip", "unpacks a gzip file, at most 64 MiB of it", seeds: .fixtures([".gz"])) {
    { bytes in
      tolerant { _ = try Gzip.decompress(Array(bytes), path: "file.gz", limit: 64 << 20) }
      tolerant { _ = try Gzip.prefix(Array(bytes), count: 64, path: "file.gz") }
    }
  }

  private static let json = FuzzTarget(
    "json_text", "reads JSON, writes it, and reads that again", seeds: .fixtures([".json"]), words: .json
  ) {
    { bytes in
      guard let value = try? JSON(bytes) else { return }
      // Numbers that are not finite become null the first time.
      guard let first = try? JSON(Array(value.text.utf8)), let second = try? JSON(Array(first.text.utf8)), second == first else {
        fatalError("JSON that was written is read as something else")
      }
    }
  }

  private static let events = FuzzTarget(
    "events", "reads TensorBoard's events in a folder", seeds: Seeds(folders: ["Tests/Fixtures/events"])
  ) {
    let path = "\(Scratch.folder)/events.out.tfevents.1.fuzz"
    return { bytes in
      // One whole record, and what may be further ones.
      (TFRecord.framed(Array(bytes)) + Array(bytes)).withUnsafeBytes { Scratch.write($0, to: path) }
      _ = EventRecord.read(folder: Scratch.folder)
    }
  }

  /// Errors of the formats are answers; others are faults.
  static func tolerant(_ body: () throws -> Void) {
    do {
      try body()
    } catch let error as FormatError {
      precondition(!error.title.isEmpty && !error.advice.isEmpty, "an error without words")
    } catch {
      fatalError("\(error) is no error of a format")
    }
  }
}
