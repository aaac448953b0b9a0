import Glibc
import Graphics
import TestSupport
import Testing

@testable import Formats

/// Reads event files on its own: the frames with their check sums, bit by bit, and the fields of messages by their numbers.
private enum EventReader {
  struct Damaged: Error {}

  /// The whole records at the beginning of a file, and whether anything is left behind them.
  static func records(_ file: [UInt8]) throws -> (records: [[UInt8]], isWhole: Bool) {
    var records: [[UInt8]] = []
    var rest = file[...]
    while rest.count >= 12 {
      let length = Int(number(rest.prefix(8)))
      guard rest.count >= length + 16 else { break }
      let record = rest.dropFirst(12).prefix(length)
      guard number(rest.dropFirst(8).prefix(4)) == masked(rest.prefix(8)),
        number(rest.dropFirst(12 + length).prefix(4)) == masked(record)
      else { throw Damaged() }
      records.append(Array(record))
      rest = rest.dropFirst(length + 16)
    }
    return (records, rest.isEmpty)
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  private static func masked(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var sum: UInt32 = 0xffff_ffff
    for byte in bytes {
      for bit in 0..<8 {
        let isOdd = (sum ^ UInt32(byte >> UInt8(bit))) & 1 == 1
        sum = sum >> 1 ^ (isOdd ? 0x82f6_3b78 : 0)
      }
    }
    sum = ~sum
    return UInt64((sum >> 15 | sum << 17) &+ 0xa282_ead8)
  }

  enum Field: Equatable {
    case number(UInt64)
    case bytes([UInt8])

    var double: Double? { if case .number(let bits) = self { Double(bitPattern: bits) } else { nil } }
    var message: [UInt64: [Field]] { if case .bytes(let bytes) = self { (try? fields(bytes)) ?? [:] } else { [:] } }
    var text: String? { if case .bytes(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
    var doubles: [Double] {
      guard case .bytes(let bytes) = self else { return [] }
      return stride(from: 0, to: bytes.count, by: 8).map { Double(bitPattern: EventReader.number(bytes[$0..<$0 + 8])) }
    }
  }

  static func fields(_ message: [UInt8]) throws -> [UInt64: [Field]] {
    var fields: [UInt64: [Field]] = [:]
    var place = 0
    func varint() throws -> UInt64 {
      var (value, shift): (UInt64, UInt64) = (0, 0)
      while place < message.count {
        value |= UInt64(message[place] & 0x7f) << shift
        shift += 7
        place += 1
        if message[place - 1] < 0x80 { return value }
      }
      throw Damaged()
    }
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count <= message.count - place else { throw Damaged() }
      place += count
      return message[place - count..<place]
    }
    while place < message.count {
      let key = try varint()
      let field: Field
      switch key & 7 {
      case 0: field = .number(try varint())
      case 1: field = .number(number(try take(8)))
      case 2: field = .bytes(Array(try take(Int(try varint()))))
      case 5: field = .number(number(try take(4)))
      default: throw Damaged()
      }
      fields[key >> 3, default: []].append(field)
    }
    return fields
  }
}

struct EventTests {
  private static let values: [Float] = [
    0, -0.0, 1e-12, -1e-12, 1, 1.1, -1, -1.1, 0.5, 0.5, 0.51, 1e19, -3e30, 3e30, 1e-30, 7, 7, 7,
  ]

  /// What `Tests/Fixtures/events.py` has TensorBoard's writer write.
  private static func events() throws -> [Event] {
    let picture = try ImageFile.read(Fixture.path("color.png"))
    let contents: [(Int, Event.Content)] = [
      (0, .scalar(name: "loss/d", 1.25)), (1, .scalar(name: "loss/d", 0)), (300, .scalar(name: "λ", .nan)),
      (1 << 40, .image(name: "samples", picture)),
      (301, .histogram(name: "weights", try #require(Histogram(values)))),
      (302, .histogram(name: "weights", try #require(Histogram([0, 0, 0, 0, 0])))),
    ]
    return contents.enumerated().map { Event($1.1, step: $1.0, wallTime: 1_700_000_000.5 + Double($0)) }
  }

  @Test func theBytesAreThoseOfTensorBoardsWriter() throws {
    let (theirs, isWhole) = try EventReader.records(try Fixture.bytes("../events/events.out.tfevents.fixture"))
    #expect(isWhole)
    let ours = try Self.events().map { try $0.encoded() }
    #expect(theirs.count == ours.count + 1)
    for (number, (own, other)) in zip(ours, theirs.dropFirst()).enumerated() {
      guard number == 3 else {
        #expect(own == other, "event \(number)")
        continue
      }
      // The picture may be packed in another way.
      let (own, other) = (try EventReader.fields(own), try EventReader.fields(other))
      #expect(own[1] == other[1] && own[2] == other[2])
      let (summary, otherSummary) = (own[5]?[0].message[1]?[0].message, other[5]?[0].message[1]?[0].message)
      #expect(summary?[1] == otherSummary?[1])
      let (image, otherImage) = (try #require(summary?[4]?[0].message), try #require(otherSummary?[4]?[0].message))
      for field in 1...3 { #expect(image[UInt64(field)] == otherImage[UInt64(field)]) }
      guard case .bytes(let png) = image[4]?[0] else { throw EventReader.Damaged() }
      #expect(
        try PictureDecoder().decode(png, path: "") == ImageFile.read(Fixture.path("color.png")))
    }
    let version = try EventReader.fields(try Event(.version, step: 0, wallTime: 2).encoded())
    #expect(try version[3] == EventReader.fields(theirs[0])[3])
    #expect(version[1]?[0].double == 2)
  }

  @Test func theFrameIsThatOfTensorBoardsWriter() throws {
    let file = try Fixture.bytes("../events/events.out.tfevents.fixture")
    let (records, _) = try EventReader.records(file)
    #expect(records.flatMap(TFRecord.framed) == file)
    // RFC 3720, section B.4.
    #expect(TFRecord.checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(TFRecord.checksum([UInt8](0..<32)) == 0x46dd_794e)
  }

  @Test func whatACrashLeavesCanBeRead() throws {
    try Fixture.withFolder { folder in
      let log = try EventFile.create(in: "\(folder)/runs/one")
      for event in try Self.events() { try log.write(event) }
      // Nothing waits for the file to be closed.
      let bytes = try FileBytes.read(log.path)
      #expect(try EventReader.records(bytes).records.count == 7)
      for length in stride(from: 0, to: bytes.count, by: 5) {
        let (records, isWhole) = try EventReader.records(Array(bytes[..<length]))
        #expect(records.count < 7 && (!isWhole || length == 0 || records.flatMap(TFRecord.framed).count == length))
      }
      try log.close()
      try log.close()
      #expect(formatError { try log.write(Event(.scalar(name: "a", 1), step: 1)) }?.title == "the event log is closed")
      #expect(try FileBytes.read(log.path) == bytes)
    }
  }

  @Test func everyLogHasAFileOfItsOwn() throws {
    try Fixture.withFolder { folder in
      let logs = try (0..<3).map { _ in try EventFile.create(in: folder) }
      #expect(Set(logs.map(\.path)).count == 3)
      #expect(logs.allSatisfy { Paths.name(of: $0.path).hasPrefix("events.out.tfevents.") })
      #expect(try Folder.entries(folder).count == 3)
    }
  }

  @Test func whatOtherLogsOfTheFolderHoldIsNotWrittenAgain() throws {
    try Fixture.withFolder { folder in
      let raster = try Raster(values: [0, 1, 1, 0], width: 2, height: 2, channels: 1, range: 0...1)
      func values(_ step: Int, _ loss: Double) throws -> [Event] {
        [
          Event(.scalar(name: "loss", loss), step: step), Event(.image(name: "samples", raster), step: step),
          Event(.histogram(name: "weights", try #require(Histogram([1, 2, Float(step)]))), step: step),
        ]
      }
      func count(_ log: EventFile) throws -> Int { try EventReader.records(FileBytes.read(log.path)).records.count }
      func sum(_ event: Event) throws -> UInt64 { EventRecord.sum(of: try #require(try event.value()).bytes) }
      let first = try EventFile.create(in: folder)
      for step in 1...3 { for event in try values(step, Double(step)) { try first.write(event) } }
      #expect(try count(first) == 10)
      try first.close()

      // A training that goes on from step 1, and comes to the same numbers.
      let second = try EventFile.create(in: folder)
      for step in 2...4 { for event in try values(step, Double(step)) { try second.write(event) } }
      #expect(try count(second) == 4)
      try second.close()

      // Another one: what its step 3 says first begins a session there, and what was passed over from there on is written.
      let third = try EventFile.create(in: folder)
      for step in 1...2 { for event in try values(step, Double(step)) { try third.write(event) } }
      let other = try values(3, 3)
      try third.write(other[1])
      try third.write(Event(.scalar(name: "loss", .nan), step: 3))
      try third.write(Event(.scalar(name: "loss", 7), step: 4))
      // Version, start, the picture of step 3, and two losses.
      #expect(try count(third) == 5)
      let (record, isShared) = EventRecord.read(folder: folder)
      #expect(!isShared)
      let last = Event(.scalar(name: "loss", 7), step: 4)
      #expect(record.finding("loss", step: 4, sum: try sum(last)) == .known)
      #expect(record.finding("samples", step: 3, sum: try sum(other[1])) == .known)
      #expect(record.finding("weights", step: 3, sum: try sum(other[2])) == .new)
      #expect(record.finding("loss", step: 2, sum: try sum(last)) == .contradicted)
      #expect(record.finding("loss", step: 5, sum: 0) == .new)
      // What a crash leaves, and what is no event file, is passed over.
      let bytes = try FileBytes.read(third.path)
      try AtomicFile.write("\(folder)/events.out.tfevents.9.cut.1.0", Array(bytes.dropLast(3)))
      try AtomicFile.write("\(folder)/events.out.tfevents.9.noise.1.0", [UInt8](repeating: 0xff, count: 100))
      #expect(EventRecord.read(folder: folder).record.finding("loss", step: 3, sum: 0) == .contradicted)
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
    #expect(
      formatError { _ = try EventFile.create(in: Fixture.path("gray.png")) }?.advice.hasSuffix("gray.png is a file.") == true)
    #expect(formatError { _ = try EventFile.create(in: Fixture.path("gray.png/logs")) }?.title == "the folder cannot be made")
    #expect(formatError { _ = try EventFile.create(in: "/proc/logs") }?.title == "the folder cannot be made")
    #expect(formatError { _ = try EventFile.create(in: "") }?.advice == "“” is not the name of a folder.")
    #expect(formatError { _ = try EventFile.create(in: "a\0b") } != nil)
    #expect(formatError { _ = try EventFile.create(in: String(repeating: "a/", count: 5000)) }?.advice == "The name is too long.")
    #expect(formatError { _ = try EventFile("/dev/full", open("/dev/full", O_WRONLY), 0) }?.advice == "The disk is full.")
  }

  @Test func aHistogramHoldsWhatIsFinite() throws {
    #expect(Histogram([]) == nil)
    #expect(Histogram([.nan, .infinity, -.infinity]) == nil)
    let histogram = try #require(Histogram([.nan, 1, .infinity, -2, 1]))
    #expect((histogram.least, histogram.greatest, histogram.count) == (-2, 1, 3))
    #expect((histogram.sum, histogram.sumOfSquares) == (0, 6))
    #expect(histogram.counts.reduce(0, +) == 3)
    #expect(histogram.limits.count == histogram.counts.count)
    // Every number lies below the end of its bucket and not below the end before it.
    var generator = SplitMix(state: 1)
    for _ in 0..<10_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      guard value.isFinite else { continue }
      let one = try #require(Histogram([value]))
      let place = try #require(one.counts.firstIndex(of: 1))
      #expect(Double(value) < one.limits[place] || value == .greatestFiniteMagnitude)
      #expect(place == 0 || one.limits[place - 1] <= Double(value))
    }
  }

  @Test func aNumberAtABucketsEndBelongsToTheNext() throws {
    for zero in [Float(0), -0.0] {
      let histogram = try #require(Histogram([zero]))
      #expect((histogram.limits, histogram.counts) == ([0, 1e-12, .greatestFiniteMagnitude], [0, 1, 0]))
    }
    let histogram = try #require(Histogram([-.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude]))
    #expect((histogram.limits, histogram.counts) == ([-1e-12, 0, 1e-12, .greatestFiniteMagnitude], [0, 1, 2, 0]))
  }
}
