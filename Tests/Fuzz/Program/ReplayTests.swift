import Glibc
import Interpreter
import Testing

/// What `make fuzz` begins with and what it has found: each input once, without libFuzzer.
@Suite(.serialized) struct ReplayTests {
  /// The folder of the repository.
  private static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")

  @Test(arguments: FuzzTarget.all.filter { !$0.changesProcess }.map(\.name))
  func takesWhatItBeginsWithAndWhatWasFound(_ name: String) throws {
    let target = try #require(FuzzTarget.all.first { $0.name == name })
    let inputs =
      target.seeds.inputs(root: Self.root, count: 40)
      + Seeds(folders: ["Tests/Fuzz/corpus/\(name)"]).inputs(root: Self.root, count: nil) + [[]]
    try BigStackThread.run {
      let test = try target.make()
      for input in inputs { input.withUnsafeBytes(test) }
    }
  }
}
