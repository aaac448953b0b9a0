import Formats
import Interpreter

/// The options of `load` that say how a table or a text is written, for all that is not guessed.
enum TableOptions {
  static var parameters: [Parameter] {
    [
      Parameter(
        "header", .optional(.boolean), default: .none,
        "whether the first line of a table holds the names of its columns; none: as it looks. Without names they are called c0, c1, …"
      ),
      Parameter(
        "separator", .optional(.string), default: .none,
        "what stands between the cells of a table; \" \" is any number of spaces and tabs; none: as it looks"),
      Parameter(
        "comments", .optional(.string), default: .none,
        "what a comment in a table begins with, \"\" for no comments; none: lines that begin with # and are no rows"),
      Parameter(
        "encoding", .optional(.string), default: .none,
        "how the characters of a text stand in bytes: \(TextEncoding.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))"
      ),
      Parameter(
        "missing", .optional(.list), default: .none,
        "words of a table that stand for a missing value, besides NA, N/A, NaN, null, NULL, None and nothing at all"),
      Parameter(
        "fill", .optional(.number), default: .number(.nan), "what a missing number of a table becomes: nan, a number, or none"),
      Parameter(
        "texts", .optional(.either(.boolean, .list)), default: .none,
        "the names of columns of a table that stay texts, such as 007; true for all"),
      Parameter(
        "decimal", .optional(.string), default: .none,
        "what stands in front of the decimals of a table's numbers, \".\" or \",\"; none: as it looks, \",\" only where semicolons separate"
      ),
    ]
  }

  /// The options that only tables have, of those that were given.
  static func given(in call: borrowing Invocation) -> [String] {
    var names: [String] = []
    for name in ["header", "separator", "comments", "missing", "fill", "texts", "decimal"] where call.isGiven(name) {
      names.append(name)
    }
    return names
  }

  static func encoding(_ call: borrowing Invocation) throws -> TextEncoding? {
    guard let name = try call.optionalString("encoding") else { return nil }
    guard let encoding = TextEncoding(named: name) else {
      throw Failure(
        "no such encoding is known", [(.argument("encoding"), call.value("encoding").briefly)],
        advice: "Known are \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return encoding
  }

  static func options(_ call: borrowing Invocation) throws -> CSV.Options {
    var options = CSV.Options()
    options.header = try call.optionalBoolean("header")
    options.comments = try call.optionalString("comments")
    options.encoding = try encoding(call)
    options.missingWords = Set(try texts(call.value("missing"), "missing"))
    if case .boolean(let all) = call.value("texts") {
      options.texts.all = all
    } else {
      options.texts.names = Set(try texts(call.value("texts"), "texts"))
    }
    switch try call.optionalString("decimal") {
    case nil: break
    case ".": options.decimal = UInt8(ascii: ".")
    case ",": options.decimal = UInt8(ascii: ",")
    default:
      throw Failure(
        "a point or a comma stands in front of decimals", [(.argument("decimal"), call.value("decimal").briefly)],
        advice: "Write decimal: \",\".")
    }
    switch try call.optionalString("separator").map({ Array($0.utf8) }) {
    case nil: break
    case [32]: options.separator = .blanks
    case .some(let bytes):
      guard bytes.count == 1, let byte = bytes.first, byte != UInt8(ascii: "\""), byte >= 32 || byte == 9 else {
        throw Failure(
          "a separator is one character", [(.argument("separator"), call.value("separator").briefly)],
          advice: "Such as \",\", \";\", \"\\t\", \"|\", or \" \" for any number of blanks.")
      }
      options.separator = .byte(byte)
    }
    return options
  }

  private static func texts(_ value: Value, _ name: String) throws -> [String] {
    guard case .list(let list) = value else { return [] }
    return try list.elements.map { element in
      guard case .string(let text) = element else {
        throw Failure("`\(name)` is a list of texts", [(.argument(name), "\(element.typeNameWithArticle) among them")])
      }
      return text
    }
  }

  /// What is to be said of a table.
  static func remark(_ notes: [CSV.Note], _ path: String, _ session: Session) {
    for (place, note) in notes.enumerated() {
      let (title, mark, advice) = text(note)
      session.remark(Remark(title, [(.argument("path"), mark)], advice: [advice], subject: "\(path) \(place)"))
    }
  }

  private static func text(_ note: CSV.Note) -> (title: String, mark: String, advice: String) {
    switch note {
    case .numbersAsNames(let name):
      return (
        "the first line is taken for the names of the columns", "“\(name)” is among them",
        "header: false makes it a row, header: true says that it is right."
      )
    case .numbersAsRow(let numbers):
      return (
        "the first line is taken for numbers, not for the names of the columns", "it begins with \(numbers)",
        "header: true makes names of it, header: false says that it is right."
      )
    case .namesOfRows:
      return (
        "the rows of the table have names of their own", "they have a cell more than there are names of columns",
        "These stand in the column “Unnamed: 0”."
      )
    case .titles(let title, let count):
      return (
        count == 1 ? "a line above the table is passed over" : "\(count) lines above the table are passed over",
        "“\(title)” is a single cell, the rows below have more",
        "The names of the columns are read from the line below it."
      )
    case .names(let column, let cell):
      return (
        "a column of numbers is kept as texts", "`\(column)` has \(cell)",
        "What has zeros in front is mostly the name of something. number(x) makes a number of a text; texts: [\"\(column)\"] says that it is right."
      )
    case .words(let column, let cell, let row, let count):
      return (
        "a column of numbers is kept as texts",
        "`\(column)` has “\(cell)” in row \(row)" + (count > 1 ? ", and \(count - 1) more such" : ""),
        "missing: [\"\(cell)\"] reads it as missing; texts: [\"\(column)\"] says that texts are right."
      )
    case .rounded(let column, let cell, let count):
      return (
        count == 1 ? "a whole number is rounded" : "\(count) whole numbers are rounded", "`\(column)` has \(cell)",
        "Numbers are exact up to 2^53. texts: [\"\(column)\"] keeps the column as texts."
      )
    }
  }
}
