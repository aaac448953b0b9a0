/// The parts into which data sets come divided: by their names, and which of them is meant.
enum Splits {
  /// Each list: words for one part, the usual one first.
  private static let words = [
    ["train", "training"], ["val", "valid", "validation", "dev", "eval"], ["test", "testing", "t10k"], ["extra"],
    ["unlabeled", "unlabelled"],
  ]
  /// What may stand beside such a word in a name: `train_images`, `test-set`.
  private static let fillers: Set<String> = ["images", "image", "imgs", "img", "pictures", "pics", "set", "data", "split"]

  /// Whether a name says that it is a part of a data set: `train`, `Validation`, `val2017`, `test_images`.
  static func isName(_ name: String) -> Bool { part(name) != nil }

  /// Whether folders of these names are parts of one data set and not classes: all have such names, or one of several is for training.
  static func are(_ names: [String]) -> Bool {
    guard names.count > 1 else { return false }
    let parts = names.map(part)
    return parts.allSatisfy { $0 != nil } || parts.contains("train")
  }

  /// The usual word for the part that a name stands for; nil where it stands for none.
  private static func part(_ name: String) -> String? {
    let found = pieces(name).map { piece in trimmed(piece) }.filter { !$0.isEmpty && !fillers.contains($0) }
    guard found.count == 1, let word = found.first else { return nil }
    return usual(word)
  }

  /// `val` of `val2017`; but `t10k` as it is.
  private static func trimmed(_ piece: String) -> String {
    usual(piece) != nil ? piece : String(piece.prefix { !$0.isNumber })
  }

  private static func usual(_ word: String) -> String? {
    let stem = word.hasSuffix("set") ? String(word.dropLast(3)) : word
    return words.first { $0.contains(stem) }?.first
  }

  private static func pieces(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// Which of the splits of these names is meant: the one of this name, or else the only one whose name holds all its words (`letters`
  /// of `emnist-letters-train`), where `test` is also `t10k`.
  ///
  /// - Throws: `FormatError` that names the splits where none is meant, or more than one.
  static func find(_ wanted: String, among names: [String], path: String) throws -> String {
    if let name = names.first(where: { $0 == wanted }) { return name }
    let words = pieces(wanted).map { usual($0) ?? $0 }
    let fitting = names.filter { name in
      let own = pieces(name).map { usual(trimmed($0)) ?? $0 }
      return !words.isEmpty && words.allSatisfy(own.contains)
    }
    if fitting.count == 1 { return fitting[0] }
    guard !names.isEmpty else {
      throw FormatError(title: "the folder has no splits", advice: "It is one data set; leave `split` away.", path: path)
    }
    throw FormatError(
      title: fitting.isEmpty ? "there is no split “\(wanted)”" : "more than one split fits “\(wanted)”",
      advice: "The folder holds \(Words.list(fitting.isEmpty ? names : fitting, "and")).", path: path)
  }

  /// Why nothing is read where no split was asked for.
  static func choose(among names: [String], path: String, what: String) -> FormatError {
    FormatError(
      title: "\(what) of \(names.count) splits",
      advice: "The folder holds \(Words.list(names, "and")). Choose one: load(\"\(path)\", split: \"\(names[0])\"); "
        + "split: [\"\(names[0])\", \"\(names[1])\"] reads both.", path: path)
  }
}
