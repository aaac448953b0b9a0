/// Keys that send a sequence of characters, and libedit's own commands that ours call. libedit knows each as one character that no keyboard
/// sends (a C1 control; U+0085 is not among them, it stands for a line break in libedit's buffer).
enum Key: UInt32, CaseIterable {
  case up = 0x86
  case down, left, right, home, end, pageUp, pageDown, deleteAfter, wordLeft, wordRight, newline, shiftTab
  /// Escape alone, in vi's modes.
  case escape
  /// Any character that is no ASCII, in vi's command mode.
  case foreign
  // How vi's commands go from one mode to the other.
  case insertMode, replaceMode, commandMode, placeCursor

  /// As libedit's key names have it.
  var name: String { "\\" + String(rawValue, radix: 8) }

  var text: String { Unicode.Scalar(rawValue).map { String($0) } ?? "" }

  /// The command that it calls.
  var command: String {
    switch self {
    case .up: "gan-up"
    case .down: "gan-down"
    case .left: "gan-left"
    case .right: "gan-right"
    case .home: "gan-home"
    case .end: "gan-end"
    case .pageUp: "gan-older"
    case .pageDown: "gan-newer"
    case .deleteAfter: "gan-delete"
    case .wordLeft: "gan-word-left"
    case .wordRight: "gan-word-right"
    case .newline: "gan-newline"
    case .shiftTab: "gan-complete-back"
    case .escape: "gan-vi-escape"
    case .foreign: "gan-nothing"
    case .insertMode: "vi-insert"
    case .replaceMode: "vi-replace-mode"
    case .commandMode: "vi-command-mode"
    case .placeCursor: "gan-vi-place-cursor"
    }
  }

  /// What follows the Escape in the sequences that terminals send.
  private var sequences: [String] {
    switch self {
    case .up: ["[A", "OA"]
    case .down: ["[B", "OB"]
    case .right: ["[C", "OC"]
    case .left: ["[D", "OD"]
    case .home: ["[H", "OH", "[1~", "[7~"]
    case .end: ["[F", "OF", "[4~", "[8~"]
    case .deleteAfter: ["[3~"]
    case .pageUp: ["[5~"]
    case .pageDown: ["[6~"]
    case .wordLeft: ["[1;5D", "[1;3D", "[5D", "Od"]
    case .wordRight: ["[1;5C", "[1;3C", "[5C", "Oc"]
    case .newline: ["[27;3;13~", "[13;3u", "[27;2;13~", "[13;2u"]
    case .shiftTab: ["[Z"]
    case .escape, .foreign, .insertMode, .replaceMode, .commandMode, .placeCursor: []
    }
  }

  private static let bySequence: [String: Key] = {
    var table: [String: Key] = [:]
    for key in allCases { for sequence in key.sequences { table[sequence] = key } }
    return table
  }()

  /// The key of a sequence without its Escape; nil for one that means nothing here.
  static func sending(_ sequence: String) -> Key? { bySequence[sequence] }
}
