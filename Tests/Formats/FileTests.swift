import Glibc
import Testing

@testable import Formats

struct FileTests {
  @Test(arguments: [
    ("gray.png", FileKind.file(.png)), ("gray.jpg", .file(.jpeg)), ("u1.idx", .file(.idx)), ("u1.idx.gz", .file(.idx)),
    ("f4.npy", .file(.npy)),
    ("stored.npz", .file(.npz)), ("table.csv", .file(.csv)), ("numpy.csv", .file(.csv)),
    ("kinds.safetensors", .file(.safetensors)),
    ("gray.pgm", .file(.pnm)), ("picture.gif", .file(.gif)), ("", .pictureFolder),
  ])
  func kindsAreToldByLooking(name: String, kind: FileKind) {
    #expect(FileKind.detect(Fixture.path(name)) == kind)
  }

  @Test func theExamplesAreDataSets() {
    #expect(FileKind.detect(Fixture.example("digits")) == .idxFolder)
    #expect(FileKind.detect(Fixture.example("digit-folders")) == .pictureFolder)
  }

  @Test func theNameDoesNotCount() throws {
    try Fixture.withFolder { folder in
      try AtomicFile.write("\(folder)/a.png", try Fixture.bytes("gray.jpg"))
      #expect(FileKind.detect("\(folder)/a.png") == .file(.jpeg))
      try AtomicFile.write("\(folder)/noise", [1, 2, 3])
      #expect(FileKind.detect("\(folder)/noise") == .unknown("of no kind that is known here"))
      try AtomicFile.write("\(folder)/nothing", [])
      #expect(FileKind.detect("\(folder)/nothing") == .unknown("an empty file"))
      try AtomicFile.write("\(folder)/poem", Array("Shall I compare thee\nto a summer's day?".utf8))
      #expect(FileKind.detect("\(folder)/poem") == .file(.text))
      mkdir("\(folder)/empty", 0o755)
      #expect(FileKind.detect("\(folder)/empty") == .unknown("an empty folder"))
    }
  }

  @Test func aNearPathIsSuggested() {
    let near = FileKind.detect(Fixture.example("digit"))
    #expect(near == .missing(suggestion: Fixture.example("digits")))
    #expect(near.error(expected: "", path: "x").advice.contains("Did you mean"))
    #expect(FileKind.detect(Fixture.path("grey.png")) == .missing(suggestion: Fixture.path("gray.png")))
    #expect(FileKind.detect(Fixture.path("table")) == .missing(suggestion: Fixture.path("table.csv")))
    #expect(FileKind.detect(Fixture.path("something else")) == .missing(suggestion: nil))
    #expect(FileKind.detect("") == .missing(suggestion: nil))
    #expect(FileKind.detect("a\0b") == .missing(suggestion: nil))
    // The misspelled part is a folder above.
    #expect(
      FileKind.detect(Fixture.example("digitz/digits-images-idx3-ubyte.gz"))
        == .missing(suggestion: Fixture.example("digits")))
  }

  @Test func readingSaysWhyItFails() throws {
    #expect(formatError { _ = try FileBytes.read("/tmp") }?.title == "a folder is not a file")
    #expect(formatError { _ = try FileBytes.read("/nowhere/at/all") }?.title == "there is no such file")
    #expect(formatError { _ = try FileBytes.read("/dev/zero") }?.advice == "It is a device, not a file.")
    #expect(formatError { _ = try FileBytes.read("") } != nil)
    #expect(formatError { _ = try FileBytes.read(Fixture.path("gray.png/a")) }?.advice.contains("a file, not a folder") == true)
    // Files of the system say they are empty and are not.
    #expect(try !FileBytes.read("/proc/self/status").isEmpty)
  }

  @Test func writingSaysWhyItFails() throws {
    #expect(
      formatError { try AtomicFile.write("/nowhere/a.txt", [1]) }?.advice
        == "There is no such folder: /nowhere. `make_folder` makes it.")
    #expect(formatError { try AtomicFile.write("/tmp", [1]) }?.advice == "It is a folder.")
    #expect(formatError { try AtomicFile.write("/tmp/", [1]) } != nil)
    #expect(formatError { try AtomicFile.write("/dev/full", [1]) }?.advice == "The disk is full.")
    try AtomicFile.write("/dev/null", [1])
  }

  @Test func aFileIsReplacedWholeAndKeepsItsRights() throws {
    try Fixture.withFolder { folder in
      let path = "\(folder)/a"
      try AtomicFile.write(path, [1, 2, 3])
      chmod(path, 0o600)
      symlink(path, "\(folder)/link")
      try AtomicFile.write("\(folder)/link", [4])
      #expect(try FileBytes.read(path) == [4])
      var status = stat()
      stat(path, &status)
      #expect(status.st_mode & 0o777 == 0o600)
      lstat("\(folder)/link", &status)
      #expect(status.st_mode & S_IFMT == S_IFLNK)
      #expect(try Folder.entries(folder).map(\.name) == ["a", "link"])
    }
  }

  @Test func aFailedWriterLeavesTheOldFileAndNothingElse() throws {
    struct Broken: Error {}
    try Fixture.withFolder { folder in
      let path = "\(folder)/a"
      try AtomicFile.write(path, [1, 2, 3])
      #expect(throws: Broken.self) {
        try AtomicFile.write(path) { pen in
          try [UInt8(9)].withUnsafeBytes(pen)
          throw Broken()
        }
      }
      #expect(try FileBytes.read(path) == [1, 2, 3])
    }
  }

  /// Numbers of processes say nothing here: those of other containers are others.
  @Test func onlyWhatNobodyWritesIsTakenAway() throws {
    try Fixture.withFolder { folder in
      let path = "\(folder)/a"
      let living = try TemporaryFile(beside: path, mode: 0o600, for: path)
      let dead = try TemporaryFile(beside: path, mode: 0o400, for: path)
      close(dead.descriptor)
      // Of a file whose name begins alike, of another machine, and by others' hands.
      let foreign = "\(folder)/.gan-a-00000000-1.part"
      for other in ["\(folder)/.gan-a-b-1-1.part", "\(folder)/.gan-a-1.part", "\(folder)/.gan-a.part", foreign] {
        try AtomicFile.write(other, [5])
      }
      mkdir("\(folder)/.gan-a-00000000-2.part", 0o700)
      mkfifo("\(folder)/.gan-a-00000000-3.part", 0o600)
      try AtomicFile.write(path, [4])
      #expect(Files.exists(living.path) && !Files.exists(dead.path) && Files.exists(foreign))
      var days = [timeval(tv_sec: time(nil) - 90_000, tv_usec: 0), timeval(tv_sec: time(nil) - 90_000, tv_usec: 0)]
      utimes(foreign, &days)
      utimes(living.path, &days)
      try AtomicFile.write(path, [4])
      #expect(Files.exists(living.path) && !Files.exists(foreign))
      close(living.descriptor)
      try AtomicFile.write(path, [4])
      var left: [String] = []
      try Folder.forEach(in: folder) { name, _ in if name.hasPrefix(".gan") { left.append(name) } }
      #expect(
        left.sorted() == [
          ".gan-a-00000000-2.part", ".gan-a-00000000-3.part", ".gan-a-1.part", ".gan-a-b-1-1.part", ".gan-a.part",
        ])
    }
  }

  @Test func whatIsNoFileIsRefusedAtOnce() throws {
    try Fixture.withFolder { folder in
      let pipe = "\(folder)/pipe"
      mkfifo(pipe, 0o600)
      #expect(formatError { _ = try FileBytes.read(pipe) }?.advice == "It is a pipe, not a file.")
      #expect(
        formatError { try AtomicFile.write(pipe, [1]) }?.advice == "It is a pipe from which nobody reads. Name a file.")
      let reader = open(pipe, O_RDONLY | O_NONBLOCK)
      defer { close(reader) }
      try AtomicFile.write(pipe, [7])
      var byte: UInt8 = 0
      #expect(read(reader, &byte, 1) == 1 && byte == 7)
      #expect(formatError { try AtomicFile.write("/dev/urandom", [1]) }?.advice == "It is a device. Name a file.")

      let own = "\(folder)/socket"
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: own.utf8) }
      let isBound = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
      }
      #expect(isBound == 0)
      #expect(formatError { _ = try FileBytes.read(own) }?.advice == "It is a socket, not a file.")
      #expect(formatError { try AtomicFile.write(own, [1]) }?.advice == "It is a socket. Name a file.")
    }
  }

  @Test func filesFitAPattern() throws {
    try Fixture.withFolder { folder in
      for name in ["run-10.x", "run-2.x", "run-.x", "run-3.y", ".run-3.x", "my-run-4.x"] {
        try AtomicFile.write("\(folder)/\(name)", [1])
      }
      func names(_ pattern: String) -> [String] { Files.matching("\(folder)/\(pattern)").map(Paths.name) }
      #expect(names("run-*.x") == ["run-.x", "run-2.x", "run-10.x"])
      #expect(names("*run*.x") == ["my-run-4.x", "run-.x", "run-2.x", "run-10.x"])
      #expect(names("run-3.y") == ["run-3.y"])
      #expect(names("run-3.y*run-3.y") == [])
      #expect(Files.matching("/nowhere/*") == [])
      try Files.delete("\(folder)/run-2.x")
      #expect(formatError { try Files.delete("\(folder)/run-2.x") }?.title == "the file cannot be deleted")
    }
  }

  @Test func jsonComesBackAsWritten() throws {
    let value = JSON.object([
      "a": .array([.null, .boolean(true), .number(0.1), .number(-0.0), .number(5e-324), .number(1e300), .number(1 / 3)]),
      "b\"\n": .string("é\u{1F600}\u{0}\\"),
    ])
    #expect(try JSON(value.text.utf8) == value)
    #expect(JSON.number(-3).text == "-3" && JSON.number(.nan).text == "null" && JSON.number(-0.0).text == "-0.0")
  }

  @Test func escapesOfJSONAreCharacters() throws {
    let text = #""\u00e9\ud83d\ude00\u20AC\/\b\f\n\r\t\\\"""#
    #expect(try JSON(text.utf8) == .string("é\u{1F600}€/\u{8}\u{c}\n\r\t\\\""))
    for broken in [#""\ud83d""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00""#, #""\u12""#, #""\x""#, "\"a", "\"\n\""] {
      #expect(throws: JSON.SyntaxError.self, "\(broken)") { _ = try JSON(broken.utf8) }
    }
  }

  @Test func gzipComesBackAndSeveralMembersAreOneFile() throws {
    let bytes = (0..<100_000).map { UInt8($0 / 100 % 256) }
    let packed = try Gzip.compress(bytes, path: "")
    #expect(packed.count < bytes.count / 10)
    #expect(try Gzip.decompress(packed, path: "") == bytes)
    #expect(try Gzip.decompress(packed + packed, path: "") == bytes + bytes)
    #expect(try Gzip.decompress(packed + [0, 0, 0], path: "") == bytes)
    #expect(formatError { _ = try Gzip.decompress(packed + [1], path: "") } != nil)
    #expect(try Gzip.decompress(packed, path: "", limit: bytes.count) == bytes)
    #expect(formatError { _ = try Gzip.decompress(packed, path: "", limit: bytes.count - 1) } != nil)
    #expect(try Gzip.prefix(packed, count: 5, path: "") == Array(bytes.prefix(5)))
  }
}
