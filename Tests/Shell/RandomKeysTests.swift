import Foundation
import Glibc
import TestSupport
import Testing

/// Keys that nobody would type, in windows of any size: the program neither ends by a signal nor stops answering.
/// `KEY_SESSIONS` says how many sessions are tried (`make keys`), `KEY_SEED` where they begin.
@Suite struct RandomKeysTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let sessions = environment["KEY_SESSIONS"].flatMap { Int($0) } ?? 200
  private static let seed = environment["KEY_SEED"].flatMap { UInt64($0) } ?? 1

  /// Two halves, beside each other.
  @Test(arguments: 0..<2) func nothingTypedStopsTheProgram(_ half: Int) {
    for number in stride(from: half, to: RandomKeysTests.sessions, by: 2) {
      let session = RandomSession(seed: RandomKeysTests.seed &+ UInt64(number))
      let code = session.run()
      #expect([0, 5].contains(code), "seed \(session.seed): \(session.told)")
    }
  }
}

/// Sessions that once ended in a memory error.
@Suite struct KnownKeysTests {
  @Test(arguments: [217, 661, 686] as [UInt64]) func whatOnceStoppedTheProgramDoesNot(_ seed: UInt64) {
    #expect([0, 5].contains(RandomSession(seed: seed).run()))
  }
}

private struct RandomSession {
  let seed: UInt64
  private let columns: Int
  private let rows: Int
  private let terminal: String
  private let editrc: String?
  private let pieces: [String]
  private let resizes: [(at: Int, columns: Int, rows: Int)]

  private static let keys: [String] =
    (1..<32).filter { $0 != 28 }.map { String(UnicodeScalar(UInt8($0))) }
    + [
      "\u{7F}", "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}OH", "\u{1B}OF", "\u{1B}[3~", "\u{1B}[Z", "\u{1B}[1;5D",
      "\u{1B}[1;5C",
      "\u{1B}[5~", "\u{1B}[6~", "\u{1B}f", "\u{1B}b", "\u{1B}d", "\u{1B}.", "\u{1B}_", "\u{1B}\r", "\u{1B}\u{7F}", "\u{1B}9",
      "\u{1B}u", "\u{1B}c",
      "\u{1B}l", "\u{1B}t", "\u{1B}[", "\u{1B}O", "\u{1B}[9999999999;5~", "\u{18}\u{5}", "\u{18}\u{18}", "dd", "dw", "cc", "yy",
      "p", "P", "3x",
      "d$", "A", "o", "u", ".", "fx", "rx", "~", "99w", "\u{1B}[200~a\nb\tc\u{1B}[201~", "\u{1B}[200~> f(1)\n2\n> g\u{1B}[201~",
      "\t", "\t\t", "\r",
      "fn f(x) {", "}", ")", "]", "[1, 2", "\"a{", "help ", "net { ", "use ", "load \"", "x.", "漢字", "👩‍👩‍👧", "e\u{301}", "🇩🇪",
      "\u{202E}",
      "\u{200D}", "\u{301}", "é", "λ", "|> ", "#", " ", "x = 1", "train(",
    ]

  init(seed: UInt64) {
    self.seed = seed
    var random = SplitMix(state: seed)
    let sizes = [1, 2, 3, 5, 8, 20, 40, 80, 132, 200, 500]
    columns = sizes.randomElement(using: &random) ?? 80
    rows = sizes.randomElement(using: &random) ?? 24
    terminal =
      ["xterm-256color", "xterm", "screen", "linux", "vt100", "tmux-256color", "nonsense", "dumb"].randomElement(using: &random)
      ?? "xterm"
    editrc = [nil, "bind -v\n", "bind \"^G\" gan-undo\n"].randomElement(using: &random) ?? nil
    pieces = (0..<Int.random(in: 1...60, using: &random)).map { _ in
      switch Int.random(in: 0..<20, using: &random) {
      case 0:
        return String(
          repeating: RandomSession.keys.randomElement(using: &random) ?? "a", count: Int.random(in: 1...100, using: &random))
      case 1: return String(UnicodeScalar(UInt32.random(in: 0x20...0x10FFFF, using: &random)) ?? "x")
      default: return RandomSession.keys.randomElement(using: &random) ?? "a"
      }
    }
    resizes = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      (
        Int.random(in: 0..<60, using: &random), sizes.randomElement(using: &random) ?? 80,
        sizes.randomElement(using: &random) ?? 24
      )
    }
  }

  var told: String {
    "\(columns)×\(rows) \(terminal) \(editrc ?? "")\(pieces.map { $0.debugDescription }.joined(separator: " "))"
  }

  func run() -> Int32 {
    let editor = EditorScreen(
      columns: columns, rows: rows, environment: ["TERM": terminal, "EDITOR": "true"],
      history: ["1 + 1", "fn f(x) {\n  x\n}", "train run, steps: 5", "漢字 = 3"], editrc: editrc,
      awaits: terminal == "dumb" ? .any : .reading)
    for (place, piece) in pieces.enumerated() {
      for resize in resizes where resize.at == place { editor.resize(columns: resize.columns, rows: resize.rows) }
      editor.type(piece)
    }
    return editor.endsWhenAsked()
  }
}
