extension CSV {
  /// What is known of a table beforehand; what is not is guessed.
  public struct Options: Sendable {
    /// What stands between the cells of a row.
    public enum Separator: Equatable, Sendable {
      /// One character, of one byte.
      case byte(UInt8)
      /// Any number of spaces and tabs.
      case blanks
    }

    /// Whether the first line holds the names of the columns.
    public var header: Bool?
    /// What stands between the cells of a row.
    public var separator: Separator?
    /// What a comment begins with, which ends with its line; empty: there are none.
    public var comments: String?
    /// How the characters stand in bytes.
    public var encoding: TextEncoding?
    /// Words besides the usual ones that stand for a missing value.
    public var missingWords: Set<String> = []
    /// The names of columns whose cells stay texts, whatever they look like; true for all.
    public var texts: (names: Set<String>, all: Bool) = ([], false)
    /// What stands in front of the decimals of a number: a point or a comma.
    public var decimal: UInt8?
    /// How much may come out of a compressed file.
    public var unfolding = Unfolding.plausible

    /// Everything is guessed.
    public init() {}
  }

  /// What stands for a missing value as in pandas, besides nothing at all.
  static let missingWords: Set<String> = [
    "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN",
    "None", "n/a", "nan", "null",
  ]
}
