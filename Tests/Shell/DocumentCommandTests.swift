import Base
import Glibc
import Library
import Testing

@testable import Shell

/// The commands and conversations of README are held to what the program does.
@Suite struct DocumentCommandTests {
  static let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")

  /// The lines of the blocks of a kind, each with the number of the block.
  static func blocks(_ kind: String) -> [[String]] {
    guard let text = try? Descriptor.text(of: root + "/README.md") else { return [] }
    var blocks: [[String]] = []
    var open: [String]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```" + kind, open == nil {
        open = []
      } else if line == "```", let lines = open {
        blocks.append(lines)
        open = nil
      } else {
        open?.append(line)
      }
    }
    return blocks
  }

  /// Conversations, each begun by `$ gan …` and perhaps gone on with in further blocks.
  static let conversations: [[String]] = blocks("console").reduce(into: []) { all, lines in
    if lines.first?.hasPrefix("$ ") == true || all.isEmpty { all.append(lines) } else { all[all.count - 1] += lines }
  }

  static let commands = blocks("sh").joined().filter { $0.hasPrefix("gan ") || $0.contains("| gan") }

  @Test func thereAreSome() {
    #expect(!Self.conversations.isEmpty)
    #expect(Self.commands.count >= 8)
  }

  /// What is typed is given to the program; what it shows must be what stands there. Without `--seed` numbers with a point may come of
  /// chance: only their places are compared.
  @Test(arguments: conversations)
  func aConversationGoesAsShown(_ lines: [String]) {
    let command = lines[0].hasPrefix("$ gan") ? String(lines[0].dropFirst(5)) : ""
    #expect(lines[0].hasPrefix("$ gan"))
    let typed = lines.filter { $0.hasPrefix("> ") }.map { $0.dropFirst(2) + "\n" }.joined()
    let shown = lines.dropFirst().filter { !$0.hasPrefix("> ") }
    let ending = GanProgram.run(
      "/bin/sh", ["-c", "cd '\(Self.root)' && '\(GanProgram.path)' -i\(command) 2>&1"], input: typed)
    // It ends as its last entry does.
    let last = lines.reversed().prefix { !$0.hasPrefix("> ") }
    #expect(ending.code == (last.contains { $0.hasPrefix("error: ") } ? 1 : 0))
    let isSeeded = command.contains("--seed")
    let output = ending.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    #expect(output.map { Self.comparable($0, isSeeded) } == shown.map { Self.comparable($0, isSeeded) })
  }

  /// A folder with a `file.gan` is what they are run in; the conversations that they begin end at once.
  @Test(arguments: commands)
  func aCommandRuns(_ command: String) {
    var template = Array("/tmp/gan-commands-XXXXXX".utf8CString)
    let folder = mkdtemp(&template).map { String(cString: $0) } ?? ""
    #expect(!folder.isEmpty)
    let programs = GanProgram.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    // What serves until it is stopped is stopped soon; what is installed for the user lands in the folder.
    let isServer = command.hasPrefix("gan lab")
    let words = command.split(separator: "#").first ?? ""
    let run = isServer ? "{ timeout 3 \(words) --no-browser; test $? = 124; }" : command
    let script = "cd '\(folder)' && export HOME=$PWD && echo 'print arguments()' > file.gan && PATH='\(programs)':$PATH && \(run)"
    let ending = GanProgram.run("/bin/sh", ["-c", script])
    #expect(ending.code == 0, "\(ending.error)")
    #expect(!ending.error.contains("error:"), "\(ending.error)")
    _ = GanProgram.run("/bin/sh", ["-c", "rm -r '\(folder)'"])
  }

  private static func comparable(_ line: String, _ isSeeded: Bool) -> String {
    guard !isSeeded else { return String(line.reversed().drop { $0 == " " }.reversed()) }
    let words = line.split(separator: " ").map { $0.contains(".") && Double($0) != nil ? "0.0" : String($0) }
    return words.joined(separator: " ")
  }
}
