import Base
import Interpreter

enum StringBuiltins {
  private static let subject = "Strings"
  private static var text: Parameter { Parameter("text", .string, "a string") }

  static func register(in catalog: Catalog) {
    add("upper", "A text in capital letters.", Example("upper(\"gan\")", "\"GAN\""), in: catalog) { $0.uppercased() }
    add("lower", "A text in small letters.", Example("lower(\"GAN\")", "\"gan\""), in: catalog) { $0.lowercased() }
    add("trim", "A text without the spaces and line ends around it.", Example("trim(\"  a b \")", "\"a b\""), in: catalog) {
      $0.trimmingBlanks
    }
    registerSearching(in: catalog)
    registerPadding(in: catalog)
    registerParts(in: catalog)
  }

  private static func add(
    _ name: String, _ summary: String, _ example: Example, in catalog: Catalog, _ function: @escaping (String) -> String
  ) {
    catalog.add(
      Builtin(name, summary, subject: subject, parameters: [text], examples: [example]) { call in
        let text = try call.string("text")
        // The new one, and what is put together on the way.
        try Memory.require(text.utf8.count, of: UInt16.self)
        return .string(function(text))
      })
  }

  private static func registerSearching(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "contains", "Whether a text holds another.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is looked for")],
        examples: [Example("contains(\"dragan\", \"gan\")", "true"), Example("contains(\"dragan\", \"\")", "true")]
      ) { call in
        .boolean(try TextSearch(call.string("part"), in: call.string("text")).first != nil)
      })
    catalog.add(
      Builtin(
        "starts_with", "Whether a text begins with another.", subject: subject,
        parameters: [text, Parameter("part", .string, "the beginning")],
        examples: [Example("starts_with(\"dragan\", \"dra\")", "true")]
      ) { call in
        .boolean(try TextSearch(call.string("part"), in: call.string("text")).isAtStart)
      })
    catalog.add(
      Builtin(
        "ends_with", "Whether a text ends with another.", subject: subject,
        parameters: [text, Parameter("part", .string, "the end")], examples: [Example("ends_with(\"out.png\", \".png\")", "true")]
      ) { call in
        .boolean(try TextSearch(call.string("part"), in: call.string("text")).isAtEnd)
      })
    catalog.add(
      Builtin(
        "find", "The place at which a text first holds another, or none.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is looked for")],
        examples: [Example("find(\"dragan\", \"gan\")", "3"), Example("find(\"dragan\", \"x\")", "")]
      ) { call in
        let text = try call.string("text")
        guard let place = try TextSearch(call.string("part"), in: text).first else { return .none }
        return .number(Double(text.distance(from: text.startIndex, to: place.lowerBound)))
      })
    catalog.add(
      Builtin(
        "replace", "A text with every occurrence of a part replaced.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is replaced"), Parameter("with", .string, "what takes its place")],
        examples: [Example("replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\"")]
      ) { call in
        .string(try replacing(call.string("part"), in: call.string("text"), with: call.string("with")))
      })
  }

  private static func registerPadding(in catalog: Catalog) {
    for (name, summary, result) in [
      ("lpad", "A text with something before it, so that it is as wide as wanted.", "\"  7\""),
      ("rpad", "A text with something behind it, so that it is as wide as wanted.", "\"7  \""),
    ] {
      catalog.add(
        Builtin(
          name, summary, subject: subject,
          parameters: [
            Parameter("text", .any, "a string, or a value as `print` writes it"),
            Parameter("width", .integer, "how many columns of a screen it takes at least"),
            Parameter("fill", .string, default: .string(" "), "the character that is put there"),
          ],
          examples: [Example("\(name)(7, 3)", result), Example("len(\(name)(\"ab\", 5, \".\"))", "5")],
          details: "A text that is wider stays as it is. Where the width is known beforehand, a format does the same: \"{x:>8}\"."
        ) { call in
          let text = try call.value("text").printed()
          let width = try call.integer("width")
          let fill = try call.string("fill")
          guard fill.count == 1, fill.displayWidth == 1 else {
            throw Failure("\(name) fills with one character of one column", [(.argument("fill"), call.value("fill").briefly)])
          }
          guard width <= widthLimit else {
            throw Failure("the text would be too long", [(.argument("width"), "\(width) columns")])
          }
          let rest = String(repeating: fill, count: max(0, width - text.displayWidth))
          return .string(name == "lpad" ? rest + text : text + rest)
        })
    }
  }

  private static let widthLimit = 1 << 20

  private static func registerParts(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "split", "The parts of a text between separators.", subject: subject,
        parameters: [
          text,
          Parameter("separator", .string, default: .none, "what stands between the parts; left out: any spaces and line ends"),
        ],
        examples: [Example("split(\"a, b\", \", \")", "[\"a\", \"b\"]"), Example("split(\" one  two \")", "[\"one\", \"two\"]")]
      ) { call in
        let text = try call.string("text")
        guard let separator = try call.optionalString("separator") else {
          return .list(try words(of: text))
        }
        return .list(try pieces(of: text, by: separator))
      })
    catalog.add(
      Builtin(
        "join", "A list's values as one text.", subject: subject,
        parameters: [
          Parameter("values", .sequence, "a list of anything"),
          Parameter("separator", .string, default: .string(""), "what is put between them"),
        ],
        examples: [Example("join([\"a\", \"b\", 3], \"-\")", "\"a-b-3\"")]
      ) { call in
        var texts: [String] = []
        for value in try call.values("values") {
          let text = try value.printed()
          try texts.makeRoom(heldBytes: text.utf8.count)
          texts.append(text)
        }
        return .string(try String(joining: texts, separator: call.string("separator")))
      })
  }

  /// What stands between spaces and line ends.
  private static func words(of text: String) throws -> [Value] {
    var words: [Value] = []
    var rest = text[...].drop { $0.isWhitespace }
    while !rest.isEmpty {
      let word = rest.prefix { !$0.isWhitespace }
      try words.add(.string(String(word)))
      rest = rest[word.endIndex...].drop { $0.isWhitespace }
    }
    return words
  }

  /// What stands between the occurrences of a separator; the characters where it is empty.
  private static func pieces(of text: String, by separator: String) throws -> [Value] {
    if separator.isEmpty {
      try Memory.require(text.utf8.count, of: Value.self)
      return text.map { .string(String($0)) }
    }
    var pieces: [Value] = []
    try TextSearch(separator, in: text).forEachPiece { try pieces.add(.string(String($0))) }
    return pieces
  }

  /// A text with something else in place of a part; between all characters where the part is empty.
  private static func replacing(_ part: String, in text: String, with other: String) throws -> String {
    if part.isEmpty {
      try Memory.require(text.utf8.count, of: String.self)
      return try String(joining: text.map { String($0) }, separator: other)
    }
    var result = ""
    var isFirst = true
    try TextSearch(part, in: text).forEachPiece { piece in
      if !isFirst { try result.grow(by: other) }
      try result.grow(by: String(piece))
      isFirst = false
    }
    return result
  }
}
