import Foundation
import Testing

/// A page of the documentation, with its blocks of code.
struct Page: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let blocks: [PageBlock]
  let sessions: [PageSession]
  let isClosed: Bool

  var testDescription: String { name }

  /// README, CONTRIBUTING and `docs`. CHANGELOG tells what was.
  static let all: [Page] = {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: ScriptCase.root.appending(path: "docs").path)) ?? []
    let names = docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }
    return (["README.md", "CONTRIBUTING.md"] + names).map(Page.init)
  }()

  init(_ name: String) {
    self.name = name
    text = (try? String(contentsOf: ScriptCase.root.appending(path: name), encoding: .utf8)) ?? ""
    var blocks: [PageBlock] = []
    var sessions: [PageSession] = []
    var setup: String?
    var origin: String?
    var open: (kind: String, line: Int, lines: [String])?
    var comment: [String]?
    for (index, line) in text.components(separatedBy: "\n").enumerated() {
      if let block = open {
        guard line.trimmingCharacters(in: .whitespaces) == "```" else {
          open?.lines.append(line)
          continue
        }
        let made = PageBlock(
          place: "\(name):\(block.line)", kind: block.kind, text: block.lines.joined(separator: "\n") + "\n", origin: origin)
        blocks.append(made)
        if made.kind == "gan", made.origin == nil {
          if setup == nil || sessions.last?.setup != setup {
            sessions.append(PageSession(page: name, setup: setup, blocks: [made]))
          } else {
            sessions[sessions.count - 1].blocks.append(made)
          }
        }
        open = nil
        origin = nil
      } else if let lines = comment {
        comment = line == "-->" ? nil : lines + [line]
        if comment == nil { setup = lines.joined(separator: "\n") + "\n" }
      } else if line.trimmingCharacters(in: .whitespaces).hasPrefix("```") {
        let kind = line.trimmingCharacters(in: .whitespaces).dropFirst(3)
        open = (String(kind), index + 1, [])
      } else if line == "<!-- setup" {
        comment = []
      } else if line.hasPrefix("<!-- from "), line.hasSuffix(" -->") {
        origin = String(line.dropFirst(10).dropLast(4))
      } else if !line.isEmpty {
        origin = nil
      }
    }
    self.blocks = blocks
    self.sessions = sessions
    isClosed = open == nil && comment == nil
  }
}

/// A block of code on a page. `origin` is the file that it is quoted from.
struct PageBlock: Sendable {
  let place: String
  let kind: String
  let text: String
  let origin: String?
}
