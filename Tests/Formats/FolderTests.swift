import Glibc
import Graphics
import Testing

@testable import Formats

struct FolderTests {
  @Test func numbersOf16BitsAreKept() throws {
    try Fixture.withFolder { outer in
      let (folder, cache) = (outer + "/pictures", CacheFolder(outer + "/cache"))
      try Folder.make(folder)
      // 1000 and 65535 of 65535; then 1 and 255 of 255.
      try AtomicFile.write("\(folder)/a.pgm", Array("P5 2 1 65535\n".utf8) + [0x03, 0xE8, 0xFF, 0xFF])
      try AtomicFile.write("\(folder)/b.pgm", Array("P5 2 1 255\n".utf8) + [1, 255])
      let words: [UInt16] = [1000, 65535, 257, 65535]
      let pictures = try PictureFolder(folder)
      #expect(try pictures.decoded().numbers == .words(words) && pictures.byteCount == 8)
      for cache in [nil, cache] {
        for _ in 0..<2 {
          let disk = try pictures.onDisk(cache: cache)
          let floats = words.map { Float($0) / 65535 }
          #expect(try disk.stream.begin([0, 1]).finish { Array($0.bindMemory(to: UInt16.self)) } == words)
          #expect(try disk.stream.checksum(of: [0, 1]) == floats.withUnsafeBytes { Checksum(of: Array($0)) })
        }
      }
      // An index of headers tells of the depth too.
      let again = try PictureFolder(folder, cache: cache)
      #expect(again.preparation == pictures.preparation && again.preparation.isDeep)
    }
  }

  @Test func theDigitsAreImagesWithLabels() throws {
    let parts = try IDXFolder.load(Fixture.example("digits"))
    #expect(parts.map(\.name) == ["digits"])
    #expect(parts[0].images.shape == [5000, 28, 28])
    guard case .pictures(let images) = parts[0].images else {
      Issue.record("the digits are bytes")
      return
    }
    #expect(images.bytes.count == 5000 * 784 && images.bytes.min() == 0 && images.bytes.max() == 255)
    let labels = try #require(parts[0].labels)
    #expect((0..<10).allSatisfy { digit in labels.count { $0 == digit } == 500 })
  }

  @Test func trainingImagesComeBeforeTestImages() throws {
    try Fixture.withFolder { folder in
      let images = try Fixture.bytes("u1.idx")
      for name in ["t10k-images-idx3-ubyte", "train-images-idx3-ubyte", "extra-images.idx3-ubyte"] {
        try AtomicFile.write("\(folder)/\(name)", images)
      }
      let all = ["train", "extra", "t10k"]
      #expect(try IDXFolder.load(folder, splits: all).map(\.name) == all)
      #expect(formatError { _ = try IDXFolder.load(folder) }?.advice.contains("train, extra and t10k") == true)
      #expect(try IDXFolder.load(folder, splits: ["test", "train"]).map(\.name) == ["t10k", "train"])
      #expect(try IDXFolder.load(folder, splits: ["train"])[0].labels == nil)
      #expect(FileKind.detect(folder) == .idxFolder)
      try AtomicFile.write("\(folder)/train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3])
      #expect(
        formatError { _ = try IDXFolder.load(folder, splits: ["train"]) }?.title == "images and labels do not fit each other")
    }
  }

  @Test func classFoldersAreReadInNaturalOrder() throws {
    let folder = try ImageFolder.load(Fixture.example("digit-folders"), invert: true)
    #expect((folder.count, folder.height, folder.width, folder.channels) == (300, 28, 28, 1))
    #expect(folder.classes == (0..<10).map(String.init))
    #expect(folder.labels == (0..<300).map { $0 / 30 })
    #expect(folder.skipped == [])
    #expect(folder.paths.prefix(11).map { $0.split(separator: "/").last ?? "" } == (1...11).map { "image\($0).jpg" })
    // White ink on black: most of the pixels are dark.
    #expect(folder.bytes.count { $0 < 128 } > folder.bytes.count * 3 / 4)
    let first = try ImageFile.read(folder.paths[0]).inverted()
    #expect(Array(folder.bytes.prefix(784)) == first.bytes)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let one = try ImageFolder.load(Fixture.example("digit-folders"), size: (20, 35), threads: 1)
    #expect(try ImageFolder.load(Fixture.example("digit-folders"), size: (20, 35), threads: 3) == one)
  }

  @Test func theMostCommonSizeIsTakenAndFaultyFilesAreNamed() throws {
    try Fixture.withFolder { folder in
      for name in ["a", "b", "empty"] { mkdir("\(folder)/\(name)", 0o755) }
      let small = try Raster(width: 4, height: 3, channels: 1, fill: 7)
      let large = try Raster(width: 40, height: 30, channels: 1, fill: 9)
      try ImageFile.write(large, to: "\(folder)/a/1.png")
      try ImageFile.write(small, to: "\(folder)/a/2.png")
      try ImageFile.write(small, to: "\(folder)/b/10.png")
      try AtomicFile.write("\(folder)/b/9.png", Array("no picture".utf8))
      try AtomicFile.write("\(folder)/b/notes.txt", Array("about".utf8))
      var damaged = try Fixture.bytes("color.png")
      damaged[60] ^= 0xff
      try AtomicFile.write("\(folder)/b/8.png", damaged)
      try AtomicFile.write("\(folder)/b/.hidden", [1])
      #expect(FileKind.detect(folder) == .pictureFolder)
      let images = try ImageFolder.load(folder, channels: .gray)
      #expect((images.height, images.width) == (3, 4))
      #expect(images.classes == ["a", "b"])
      #expect(images.labels == [0, 0, 1])
      #expect(images.bytes == Array(repeating: 9, count: 12) + Array(repeating: 7, count: 24))
      #expect(images.skipped.map(\.path) == ["empty", "b/8.png", "b/9.png"].map { "\(folder)/\($0)" })
      #expect(images.skipped[2].reason.contains("a text file"))
    }
  }

  @Test func whatToolsLeaveBesideIsPassedOverAndWhatIsUnknownIsNamed() throws {
    try Fixture.withFolder { folder in
      for name in ["a", "__MACOSX", "notes"] { mkdir("\(folder)/\(name)", 0o755) }
      try ImageFile.write(try Raster(width: 2, height: 2, channels: 1, fill: 9), to: "\(folder)/a/1.png")
      let beside = [
        "a/Thumbs.db", "a/.DS_Store", "a/._1.png", "README", "LICENSE.md", "labels.csv", "a.zip", "meta.json", "__MACOSX/1.png",
        "notes/about.txt", "a/desktop.ini", "list_attr_celeba.txt",
      ]
      for name in beside { try AtomicFile.write("\(folder)/\(name)", Array("about".utf8)) }
      let images = try ImageFolder.load(folder)
      #expect(images.classes == ["a"] && images.count == 1 && images.skipped == [])
      try AtomicFile.write("\(folder)/a/2.tif", [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])
      try AtomicFile.write("\(folder)/a/2.xyz", [1, 2, 3])
      let skipped = try ImageFolder.load(folder).skipped
      #expect(skipped.map(\.path) == ["\(folder)/a/2.tif", "\(folder)/a/2.xyz"])
      #expect(skipped[0].reason.contains("a TIFF picture") && skipped[1].reason.contains("of no kind that is known"))
    }
  }

  @Test func aFolderOfUnreadablePicturesNamesThem() throws {
    try Fixture.withFolder { folder in
      try AtomicFile.write("\(folder)/0.tif", [0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])
      #expect(FileKind.detect(folder) == .pictureFolder)
      let error = formatError { _ = try ImageFolder.load(folder) }
      #expect(error?.advice.contains("0.tif: ") == true && error?.advice.contains("a TIFF picture") == true)
    }
  }

  @Test(arguments: [
    (["train", "val"], true), (["train2017", "val2017"], true), (["Training", "samples"], true),
    (["test_images", "train_images"], true),
    (["ant", "test"], false), (["test", "dev"], true), (["train"], false), (["trains", "planes"], false),
    (["cat", "dog"], false),
    (["testset", "trainset"], true), (["steam train", "car"], false),
  ])
  func splitsAreToldByTheirNames(names: [String], areSplits: Bool) {
    #expect(Splits.are(names) == areSplits)
  }

  @Test func splitsLieAboveTheClassesOrBelowThem() throws {
    try Fixture.withFolder { folder in
      func add(_ path: String, _ gray: UInt8) throws {
        try Folder.make("\(folder)/\(Paths.folder(of: path))")
        try ImageFile.write(try Raster(width: 2, height: 2, channels: 1, fill: gray), to: "\(folder)/\(path)")
      }
      try add("set/cat/train/1.png", 1)
      try add("set/dog/train/deep/1.png", 2)
      try add("set/dog/test/1.png", 3)
      #expect(formatError { _ = try PictureListing(folder) }?.advice.contains("test and train") == true)
      let train = try ImageFolder.load(folder, splits: ["train"])
      #expect(train.classes == ["cat", "dog"] && train.bytes == [1, 1, 1, 1, 2, 2, 2, 2])
      #expect(try PictureListing(folder, splits: ["test"]).classes == ["dog"])
      #expect(formatError { _ = try PictureListing(folder, splits: ["val"]) }?.title == "there is no split “val”")
      // A link back to the folder around is not followed.
      #expect(symlink("..", "\(folder)/set/cat/train/loop") == 0)
      #expect(try PictureListing(folder, splits: ["train"]).files.count == 2)
    }
  }

  @Test func aFolderWithNothingButOneSplitIsThatSplit() throws {
    try Fixture.withFolder { folder in
      try Folder.make("\(folder)/all/train")
      try ImageFile.write(try Raster(width: 2, height: 2, channels: 1), to: "\(folder)/all/train/1.png")
      #expect(try PictureListing(folder).classes == [] && PictureListing(folder).files.count == 1)
      #expect(try PictureListing(folder, splits: ["train"]).files.count == 1)
      #expect(formatError { _ = try PictureListing(folder, splits: ["test"]) }?.advice == "The folder holds train.")
    }
  }

  @Test func aFlatFolderHasNoLabels() throws {
    try Fixture.withFolder { folder in
      try ImageFile.write(try Raster(width: 2, height: 2, channels: 1, fill: 9), to: "\(folder)/2.png")
      try ImageFile.write(try Raster(width: 2, height: 2, channels: 3, fill: 9), to: "\(folder)/10.png")
      #expect(FileKind.detect(folder) == .pictureFolder)
      let images = try ImageFolder.load(folder)
      #expect(images.labels == nil && images.classes == [])
      // One picture in color makes the set one in color.
      #expect(images.channels == 3 && images.count == 2)
    }
  }

  @Test func aFolderWithoutPicturesIsAnError() throws {
    try Fixture.withFolder { folder in
      #expect(formatError { _ = try ImageFolder.load(folder) }?.title == "the folder holds no picture that can be read")
      try AtomicFile.write("\(folder)/a.png", [1, 2])
      #expect(formatError { _ = try ImageFolder.load(folder) }?.advice.contains("a.png") == true)
      #expect(formatError { _ = try ImageFolder.load("\(folder)/absent") }?.title == "there is no such file")
    }
  }

  @Test func readingStopsWhenInterrupted() {
    #expect(throws: ReadingInterrupted.self) {
      try ImageFolder.load(Fixture.example("digit-folders"), watch: ReadingWatch(interrupted: { true }))
    }
  }

  @Test(arguments: [
    ("2", "10", true), ("10", "2", false), ("a2b", "a10a", true), ("image9.jpg", "image10.jpg", true), ("01", "1", true),
    ("a", "ab", true), ("a", "a", false), ("a1", "a", false), ("x00000000000000000000002", "x3", true),
  ])
  func namesAreOrderedAsPeopleCount(a: String, b: String, precedes: Bool) {
    #expect(Paths.naturallyPrecedes(a, b) == precedes)
  }
}

extension ImageFolder {
  /// The numbers of pictures of 8 bits.
  var bytes: [UInt8] { if case .bytes(let bytes) = numbers { bytes } else { [] } }
}
