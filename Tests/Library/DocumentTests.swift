import Foundation
import Interpreter
import Syntax
import Testing

@testable import Library

extension RunningTests {
  /// The pages are held to what runs. Each block of code says what it is; those marked `gan` are scripts with their expectations in them.
  /// (`Tests/Shell/DocumentCommandTests` runs the blocks of commands and conversations.)
  @Suite struct DocumentTests {
    static let pages = Page.all

    /// `text` is what was printed, `ebnf` the grammar; `python` and `sh` hold what is of other programs.
    static let kinds: Set = ["gan", "sh", "console", "python", "text", "ebnf"]

    @Test func allPagesAreRead() {
      #expect(Self.pages.count >= 11)
      for page in Self.pages { #expect(!page.text.isEmpty, "\(page.name)") }
    }

    @Test(arguments: pages)
    func everyBlockSaysWhatItIs(_ page: Page) {
      for block in page.blocks { #expect(Self.kinds.contains(block.kind), "\(block.place): \(block.kind)") }
      #expect(page.isClosed, "\(page.name): the last block has no end")
    }

    /// What stands below `<!-- from path -->` stands in that file, paragraph by paragraph.
    @Test(arguments: pages)
    func whatIsQuotedStandsInTheFile(_ page: Page) throws {
      for block in page.blocks {
        guard let path = block.origin else { continue }
        let file = try String(contentsOf: ScriptCase.root.appending(path: path), encoding: .utf8)
        for paragraph in block.text.components(separatedBy: "\n\n") {
          let isThere = file.contains(paragraph)
          #expect(isThere, "\(block.place): this is not in \(path):\n\(paragraph)")
        }
      }
    }

    @Test(arguments: pages.flatMap(\.sessions))
    func scriptsDoWhatTheySay(_ session: PageSession) throws { try session.check() }

    /// `make gallery` asks it of what they make.
    @Test func everyExampleHasItsClaims() throws {
      let files = FileManager.default
      func names(_ folder: String) throws -> Set<String> {
        let all = try files.contentsOfDirectory(atPath: ScriptCase.root.appending(path: folder).path)
        return Set(all.filter { $0.hasSuffix(".gan") })
      }
      let examples = try names("examples").union(names("examples/experiments"))
      #expect(examples.count >= 20)
      #expect(try names("examples/claims") == examples.union(["judge.gan"]))
      let tables = Self.pages.flatMap { $0.text.components(separatedBy: "\n") }.filter { $0.hasPrefix("<!-- claims of ") }
      let listed = tables.flatMap { $0.split(separator: " ") }
      for name in examples { #expect(listed.contains(name.dropLast(4)), "no table has a place for \(name)") }
    }

    @Test func everyChapterOfRulesHasExamples() {
      let rules = Self.pages.first { $0.name == "docs/language.md" }
      #expect((rules?.sessions.count ?? 0) >= 18)
    }
  }
}

enum WorkingDirectory {
  private typealias Unshare = @convention(c) (CInt) -> CInt

  /// A system call that Swift's module map of glibc leaves out.
  private static let unshare: Unshare? = dlsym(nil, "unshare").map { unsafeBitCast($0, to: Unshare.self) }

  /// Gives the running thread, and those that it makes, a working directory of their own: other tests run beside this one.
  static func take(_ path: String) -> Bool {
    let ownsFolders: CInt = 0x200
    return unshare?(ownsFolders) == 0 && chdir(path) == 0
  }
}

/// Scripts of a page that share a session: those below a comment `<!-- setup … -->`, which holds what they need, made small. Without
/// such a comment each has a session of its own.
struct PageSession: Sendable, CustomTestStringConvertible {
  let page: String
  let setup: String?
  var blocks: [PageBlock]

  var testDescription: String { blocks.first?.place ?? page }

  /// In a working directory of its own, in which the scripts leave what they leave.
  func check() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "gan-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try BigStackThread.run {
      #expect(WorkingDirectory.take(folder.path))
      let recorder = Recorder()
      let session = Library.session(sink: recorder)
      session.folders.script = ScriptCase.root.path
      session.seed(1)
      if let setup {
        let (_, diagnostic) = try recorder.run(Source(name: "setup of \(page)", text: setup), in: session)
        #expect(diagnostic == nil, "\(diagnostic.map { DiagnosticRenderer().render($0) } ?? "")")
      }
      for block in blocks {
        let (output, diagnostic) = try recorder.run(Source(name: block.place, text: block.text), in: session)
        ScriptCase(name: block.place, text: block.text).compare(output, diagnostic, isWhole: setup == nil)
      }
    }
  }
}
