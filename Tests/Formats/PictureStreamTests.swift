import Glibc
import Graphics
import Synchronization
import Testing

@testable import Formats

/// Samples that are read from the disk are those that are decoded in memory, whatever becomes of their cache.
struct PictureStreamTests {
  /// A folder of pictures of 4×4, no two of which are alike, and a cache.
  private func withPictures(_ count: Int = 20, _ body: (_ folder: String, _ cache: CacheFolder) throws -> Void) throws {
    try Fixture.withFolder { place in
      for name in ["a", "b"] { try Folder.make("\(place)/pictures/\(name)") }
      for number in 0..<count {
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: $0 * 7 + number * 11) }
        try ImageFile.write(
          try Raster(width: 4, height: 4, channels: 1, bytes: bytes),
          to: "\(place)/pictures/\(number % 2 == 0 ? "a" : "b")/\(number).png")
      }
      try body("\(place)/pictures", CacheFolder("\(place)/cache"))
    }
  }

  private func bytes(_ stream: PictureStream, _ rows: [Int]) throws -> [UInt8] {
    try stream.begin(rows).finish { Array($0) }
  }

  private func onDisk(_ folder: String, _ cache: CacheFolder?, threads: Int = 2) throws -> PictureFolder.OnDisk {
    try PictureFolder(folder, cache: cache, threads: threads).onDisk(cache: cache)
  }

  private func cached(_ cache: CacheFolder) throws -> [String] {
    try Folder.entries(cache.path).map(\.name).filter { $0.hasSuffix(".samples") }
  }

  @Test(arguments: [1, 3]) func samplesAreThoseInMemory(threads: Int) throws {
    try withPictures { folder, cache in
      let memory = try ImageFolder.load(folder)
      for cache in [cache, cache, nil] {
        let disk = try onDisk(folder, cache, threads: threads)
        #expect(disk.rows == Array(0..<20) && disk.labels == memory.labels && disk.skipped == [])
        #expect(disk.cachedBytes == (cache == nil ? 0 : 32 + 20 * (8 + 16)))
        #expect(try bytes(disk.stream, disk.rows) == memory.bytes)
        #expect(try bytes(disk.stream, [7, 7, 0]) == [7, 7, 0].flatMap { Array(memory.bytes[$0 * 16..<$0 * 16 + 16]) })
        var checksum = Checksum()
        checksum.add(memory.bytes.map { Float($0) / 255 })
        #expect(try disk.stream.checksum(of: disk.rows) == checksum)
      }
      #expect(try cached(cache).count == 1)
    }
  }

  @Test func aCacheIsUsedAgainAndNoneThatIsStale() throws {
    try withPictures { folder, cache in
      _ = try onDisk(folder, cache)
      let before = try cached(cache)
      // The pictures are read from the cache: their files are not looked into.
      let disk = try onDisk(folder, cache)
      let expected = try bytes(disk.stream, disk.rows)
      for name in ["a", "b"] { for file in try Folder.entries("\(folder)/\(name)") { unlink("\(folder)/\(name)/\(file.name)") } }
      #expect(try bytes(disk.stream, disk.rows) == expected)
      // Other contents, another cache; the old one goes.
      try ImageFile.write(try Raster(width: 4, height: 4, channels: 1, fill: 3), to: "\(folder)/a/0.png")
      let changed = try onDisk(folder, cache)
      #expect(try bytes(changed.stream, changed.rows) == Array(repeating: 3, count: 16))
      #expect(try cached(cache).count == 1 && cached(cache) != before)
      // The same size and another time: other contents as well.
      let after = try cached(cache)
      #expect(
        utimensat(AT_FDCWD, "\(folder)/a/0.png", [timespec(tv_sec: 1, tv_nsec: 0), timespec(tv_sec: 1, tv_nsec: 0)], 0) == 0)
      _ = try onDisk(folder, cache)
      #expect(try cached(cache) != after)
      // Another size of the samples has a cache of its own beside it.
      _ = try PictureFolder(folder, size: (2, 2), cache: cache).onDisk(cache: cache)
      #expect(try cached(cache).count == 2)
    }
  }

  @Test func whatADamagedCacheHoldsIsDecodedAgain() throws {
    try withPictures { folder, cache in
      let first = try onDisk(folder, cache)
      let expected = try bytes(first.stream, first.rows)
      let name = try #require(try cached(cache).first)
      var file = try FileBytes.read("\(cache.path)/\(name)")
      file[file.count - 5] ^= 1
      Fixture.overwrite("\(cache.path)/\(name)", file)
      #expect(try bytes(first.stream, first.rows) == expected)
      #expect(try FileBytes.read("\(cache.path)/\(name)")[file.count - 5] == file[file.count - 5] ^ 1)
      for damaged in [Array(file.prefix(40)), [1, 2, 3], Array(repeating: 7, count: file.count)] {
        Fixture.overwrite("\(cache.path)/\(name)", damaged)
        let disk = try onDisk(folder, cache)
        #expect(try bytes(disk.stream, disk.rows) == expected)
      }
    }
  }

  @Test func aDamagedPictureIsPassedOverWithItsReason() throws {
    try withPictures { folder, cache in
      var damaged = try FileBytes.read("\(folder)/b/5.png")
      damaged[damaged.count - 14] ^= 0xff
      Fixture.overwrite("\(folder)/b/5.png", damaged)
      let memory = try ImageFolder.load(folder)
      for _ in 0..<2 {
        let disk = try onDisk(folder, cache)
        #expect(disk.skipped.map(\.path) == ["\(folder)/b/5.png"] && disk.skipped == memory.skipped)
        #expect(disk.rows.count == 19 && disk.labels == memory.labels)
        #expect(try bytes(disk.stream, disk.rows) == memory.bytes)
      }
      // Without a cache it is met in a batch, and named.
      let disk = try onDisk(folder, nil)
      #expect(formatError { _ = try bytes(disk.stream, [0, 12]) }?.path == "\(folder)/b/5.png")
      #expect(try bytes(disk.stream, [0, 13]) == Array(memory.bytes[..<16] + memory.bytes[192..<208]))
    }
  }

  @Test func aFileThatChangesMeanwhileIsAnErrorThatNamesIt() throws {
    try withPictures { folder, _ in
      let disk = try onDisk(folder, nil)
      unlink("\(folder)/a/2.png")
      let gone = formatError { _ = try bytes(disk.stream, [0, 1, 2]) }
      #expect(gone?.title == "a picture of the data set is gone" && gone?.path == "\(folder)/a/2.png")
      try ImageFile.write(try Raster(width: 9, height: 9, channels: 1), to: "\(folder)/a/2.png")
      #expect(formatError { _ = try bytes(disk.stream, [0, 1, 2]) }?.title == "a picture of the data set has changed")
      #expect(try bytes(disk.stream, [0, 2]).count == 32)
    }
  }

  @Test func preparingStopsWhenInterruptedAndGoesOnLater() throws {
    try withPictures { folder, cache in
      let asked = Atomic<Int>(0)
      // Looking at the headers asks for each picture once: the interrupt comes in the middle of what follows.
      let watch = ReadingWatch(interrupted: { asked.add(1, ordering: .relaxed).newValue > 30 })
      #expect(throws: ReadingInterrupted.self) {
        try PictureFolder(folder, cache: cache, threads: 1, watch: watch).onDisk(cache: cache)
      }
      let name = try #require(try cached(cache).first)
      let marks = try SampleCache("\(cache.path)/\(name)", count: 20, length: 16).marks()
      #expect((1..<20).contains(marks.count { $0 != nil }))
      let disk = try onDisk(folder, cache)
      #expect(try bytes(disk.stream, disk.rows) == ImageFolder.load(folder).bytes)
    }
  }

  @Test func whatIsLeftUnfinishedIsGivenUp() throws {
    try withPictures { folder, cache in
      let disk = try onDisk(folder, cache)
      for _ in 0..<50 { _ = disk.stream.begin(Array(repeating: 3, count: 100)) }
      #expect(try bytes(disk.stream, [3]).count == 16)
    }
  }

  @Test func theOldestCachesMakeRoom() throws {
    try withPictures { folder, cache in
      try cache.make()
      #expect(!cache.makeRoom(for: CacheFolder.byteLimit + 1, in: "none"))
      #expect(cache.makeRoom(for: 1 << 20, in: "none"))
    }
  }

  @Test func whatWasFoundInHeadersIsKeptInAFile() throws {
    try withPictures { folder, cache in
      try cache.make()
      let place = "\(cache.path)/x.index"
      var index = PictureIndex()
      index.entries["a/ü.png"] = .init(
        stamp: FileStamp(size: 5, time: -7), found: .init(width: 3, height: 4, isColor: true, isDeep: true))
      try index.write(to: place)
      #expect(PictureIndex(contentsOf: place) == index)
      var file = try FileBytes.read(place)
      file[20] ^= 1
      Fixture.overwrite(place, file)
      #expect(PictureIndex(contentsOf: place) == PictureIndex())
    }
  }
}
