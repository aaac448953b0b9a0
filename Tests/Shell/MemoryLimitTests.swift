import Foundation
import Testing

@testable import Shell

/// What asks for more memory than the process may have is an error at its line, never the end of the process.
@Suite struct MemoryLimitTests {
  private func limited(_ program: String, to kilobytes: Int = 600_000) -> GanProgram.Ending {
    GanProgram.run(
      "/bin/sh", ["-c", "ulimit -v \(kilobytes); exec \"$gan\" -e \"$program\""],
      environment: ["gan": GanProgram.path, "program": program])
  }

  @Test(arguments: [
    "tensor(0..1e11)", "tensor(0..1e9)", "x = linspace(0, 1, 3e8)", "x = assignment(zeros([20000, 20000]))", "list(eye(9000))",
    "xs = list(0..6e7)", "sort(0..6e7)", "[0] * 6e7", "xs = map(0..6e7, i -> [i])",
    "s = \"a\" * 3e7; t = replace(s, \"a\", s)", "s = \"a\" * 3e7; t = join([s] * 10000, s)",
    "s = \"a\" * 6e7; t = \"{s}{s}{s}{s}{s}{s}{s}{s}{s}\"", "s = \"abc\"; while true { s = s + s }",
    "s = \"abc\"; while true { s += \"abc\" * 100000 }", "split(\"a \" * 3e7)", "reverse(\"a\" * 6e7)",
  ])
  func whatIsAskedForAtOnceIsRefused(program: String) {
    let ending = limited(program)
    #expect(ending.code == 1, "\(program): \(ending.error)")
    #expect(
      ["there is not enough memory", "is too large for this machine", "would be too long"].contains(where: ending.error.contains),
      "\(program): \(ending.error)")
  }

  @Test(arguments: [
    "xs = []; while true { append xs, [1, 2, 3] }", "r = {}; i = 0; while true { r[\"a{i}\"] = [i]; i = i + 1 }",
    "xs = []; while true { append xs, zeros([1000]) + 1 }",
    "xs = []; while true { append xs, \"a text of some length {len(xs)}\" }",
    "xs = []; for i in 0..1e9 { append xs, (y -> y + i) }",
  ])
  func whatGrowsBySmallPiecesEndsInAnError(program: String) {
    // What is left when a list grows depends on the limit.
    for kilobytes in [245_000, 250_000, 265_000, 400_000] {
      let ending = limited(program, to: kilobytes)
      #expect(ending.code == 1, "\(program) within \(kilobytes): \(ending.error)")
      #expect(ending.error.contains("there is not enough memory"), "\(program) within \(kilobytes): \(ending.error)")
    }
  }

  @Test func theErrorCanBeCaughtAndTellsWhatThereIs() {
    let ending = limited("try { xs = list(0..6e7) } catch e { print e.message; print e.advice }; print 7")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.output.hasPrefix("there is not enough memory\nIt needs "), "\(ending.output)")
    #expect(ending.output.hasSuffix("7\n") && ending.output.contains("614 MB that this process may have (ulimit) are free"))
  }

  @Test func aFileLargerThanTheMemoryIsRefused() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "gan-large-\(UUID()).npy").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    // As large as its header says, and empty: it takes no room on the disk.
    let ending = limited("save zeros([2]), \"\(path)\"")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(truncate(path, 3 << 30) == 0)
    let loading = limited("load \"\(path)\"")
    #expect(loading.code == 1)
    #expect(loading.error.contains("The file needs 3.2 GB; "), "\(loading.error)")
  }
}
