/// Tables of numbers as text.
public struct CSV: Equatable, Sendable {
  /// The names of the columns, if the first line holds any.
  public var header: [String]?
  /// [rows, columns]; an empty field is NaN.
  public var table: NumericArray

  public init(header: [String]? = nil, table: NumericArray) {
    self.header = header
    self.table = table
  }

  /// - Throws: `FormatError` naming the line of a ragged row or of a field that is no number.
  public static func read(_ path: String) throws -> CSV { throw notYet(path) }
  public func write(to path: String) throws { throw notYet(path) }
}
