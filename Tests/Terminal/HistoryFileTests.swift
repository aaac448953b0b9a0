import Glibc
import Testing

@testable import Terminal

@Suite struct HistoryFileTests {
  private let folder: String

  init() {
    var template = Array("/tmp/gan-history-XXXXXX".utf8CString)
    folder = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  @Test func entriesComeBackWhole() {
    let path = folder + "/a/b/history"
    let first = HistoryFile(path: path)
    first.add("x = 1")
    first.add("fn f(x) {\n  \"a\\n\"\n}")
    let second = HistoryFile(path: path)
    #expect(second.entries == ["x = 1", "fn f(x) {\n  \"a\\n\"\n}"])
    #expect(second.trouble == nil)
  }

  @Test(arguments: ["a", "x\na", "a\r\u{6}\0"]) func aLastLineWithoutItsEndStaysAnEntry(_ text: String) throws {
    let path = folder + "/cut"
    try #require(
      text.withCString { bytes in
        let file = fopen(path, "w")
        defer { fclose(file) }
        return fwrite(bytes, 1, text.utf8.count, file) == text.utf8.count
      })
    let history = HistoryFile(path: path)
    let before = history.entries
    history.add("b")
    #expect(HistoryFile(path: path).entries == before + ["b"])
  }

  @Test func onlyTheOwnerMayReadIt() {
    let path = folder + "/private/history"
    HistoryFile(path: path).add("secret")
    var facts = stat()
    #expect(stat(path, &facts) == 0)
    #expect(facts.st_mode & 0o777 == 0o600)
  }

  @Test func sameEntryTwiceInARowIsKeptOnce() {
    let history = HistoryFile(path: nil)
    #expect(history.add("a"))
    #expect(!history.add("a"))
    #expect(!history.add(""))
    #expect(history.add("b"))
    #expect(history.add("a"))
    #expect(history.entries == ["b", "a"])
  }

  @Test func whatBeginsWithABlankIsKeptOut() {
    let path = folder + "/blank"
    let history = HistoryFile(path: path)
    #expect(!history.add(" secret"))
    #expect(!history.add("\tsecret"))
    #expect(!history.add("\n \n"))
    #expect(history.entries.isEmpty)
    #expect(HistoryFile(path: path).entries.isEmpty)
  }

  @Test func doublesInTheFileAreOneEntryWhereTheyStandLast() {
    let path = folder + "/doubles"
    for entry in ["a", "b", "a", "c"] { HistoryFile(path: path).add(entry) }
    #expect(HistoryFile(path: path).entries == ["b", "a", "c"])
  }

  @Test func twoSessionsLoseNothing() {
    let path = folder + "/both"
    let (first, second) = (HistoryFile(path: path), HistoryFile(path: path))
    for number in 0..<20 {
      first.add("first \(number)")
      second.add("second \(number)")
    }
    #expect(HistoryFile(path: path).entries.count == 40)
  }

  @Test func aSessionThatShortensTheFileKeepsWhatOthersAdd() {
    let path = folder + "/short"
    let other = HistoryFile(path: path)
    for number in 0..<50 { other.add("\(number)") }
    _ = HistoryFile(path: path, limit: 20)
    other.add("later")
    let entries = HistoryFile(path: path).entries
    #expect(entries.count == 21)
    #expect(entries.last == "later")
  }

  @Test func whatIsNoOrdinaryFileIsNotWaitedFor() {
    let path = folder + "/fifo"
    #expect(mkfifo(path, 0o600) == 0)
    let history = HistoryFile(path: path)
    #expect(history.trouble?.contains("not an ordinary file") == true)
    #expect(history.add("x"))
    #expect(symlink("/dev/zero", folder + "/endless") == 0)
    #expect(HistoryFile(path: folder + "/endless").trouble != nil)
  }

  @Test func longFileIsShortened() {
    let path = folder + "/long"
    let first = HistoryFile(path: path)
    for number in 0..<50 { first.add("\(number)") }
    #expect(HistoryFile(path: path, limit: 20).entries.first == "30")
    #expect(HistoryFile(path: path).entries.count == 20)
  }

  @Test func folderInPlaceOfTheFileIsTroubleAndNoMore() {
    let path = folder + "/isfolder"
    mkdir(path, 0o700)
    let history = HistoryFile(path: path)
    #expect(history.trouble?.contains("isfolder") == true)
    #expect(history.add("x"))
    #expect(history.entries == ["x"])
  }

  @Test func bytesThatAreNoTextDoNotStopIt() {
    let path = folder + "/broken"
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    let bytes: [UInt8] = [0xFF, 0xFE, 0x0A, 0x61, 0x5C, 0x0A]
    #expect(write(file, bytes, bytes.count) == bytes.count)
    close(file)
    let history = HistoryFile(path: path)
    #expect(history.entries.count == 2)
    #expect(history.entries.last == "a")
  }

  @Test func standardPathFollowsTheEnvironment() {
    #expect(HistoryFile.standardPath { ["XDG_STATE_HOME": "/s", "HOME": "/h"][$0] } == "/s/gan/history")
    #expect(HistoryFile.standardPath { ["XDG_STATE_HOME": "relative", "HOME": "/h"][$0] } == "/h/.local/state/gan/history")
    #expect(HistoryFile.standardPath { _ in nil } == nil)
  }
}
