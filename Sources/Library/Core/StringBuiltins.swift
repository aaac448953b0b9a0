import Interpreter

enum StringBuiltins {
  private static let subject = "Strings"
  private static var text: Parameter { Parameter("text", .string, "a string") }

  static func trimmed(_ text: String) -> String {
    let start = text.drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }

  static func register(in catalog: Catalog) {
    add("upper", "A text in capital letters.", Example("upper(\"gan\")", "\"GAN\""), in: catalog) { $0.uppercased() }
    add("lower", "A text in small letters.", Example("lower(\"GAN\")", "\"gan\""), in: catalog) { $0.lowercased() }
    add("trim", "A text without the spaces and line ends around it.", Example("trim(\"  a b \")", "\"a b\""), in: catalog) {
      trimmed($0)
    }
    registerSearching(in: catalog)
    registerParts(in: catalog)
  }

  private static func add(
    _ name: String, _ summary: String, _ example: Example, in catalog: Catalog, _ function: @escaping (String) -> String
  ) {
    catalog.add(
      Builtin(name, summary, subject: subject, parameters: [text], examples: [example]) { call in
        .string(function(try call.string("text")))
      })
  }

  private static func registerSearching(in catalog: Catalog) {
    catalog.add(
      Builtin(
        "contains", "Whether a text holds another.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is looked for")],
        examples: [Example("contains(\"dragan\", \"gan\")", "true")]
      ) { call in
        .boolean(find(try call.string("part"), in: try call.string("text"), from: nil) != nil)
      })
    catalog.add(
      Builtin(
        "starts_with", "Whether a text begins with another.", subject: subject,
        parameters: [text, Parameter("part", .string, "the beginning")],
        examples: [Example("starts_with(\"dragan\", \"dra\")", "true")]
      ) { call in
        .boolean(try call.string("text").hasPrefix(call.string("part")))
      })
    catalog.add(
      Builtin(
        "ends_with", "Whether a text ends with another.", subject: subject,
        parameters: [text, Parameter("part", .string, "the end")], examples: [Example("ends_with(\"out.png\", \".png\")", "true")]
      ) { call in
        .boolean(try call.string("text").hasSuffix(call.string("part")))
      })
    catalog.add(
      Builtin(
        "find", "The place at which a text first holds another, or none.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is looked for")],
        examples: [Example("find(\"dragan\", \"gan\")", "3"), Example("find(\"dragan\", \"x\")", "")]
      ) { call in
        let text = try call.string("text")
        guard let place = find(try call.string("part"), in: text, from: nil) else { return .none }
        return .number(Double(text.distance(from: text.startIndex, to: place.lowerBound)))
      })
    catalog.add(
      Builtin(
        "replace", "A text with every occurrence of a part replaced.", subject: subject,
        parameters: [text, Parameter("part", .string, "what is replaced"), Parameter("with", .string, "what takes its place")],
        examples: [Example("replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\"")]
      ) { call in
        let text = try call.string("text")
        return .string(pieces(of: text, by: try call.string("part")).joined(separator: try call.string("with")))
      })
  }

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
          return .list(text.split { $0.isWhitespace }.map { .string(String($0)) })
        }
        return .list(pieces(of: text, by: separator).map { .string($0) })
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
        .string(try call.values("values").map { try $0.printed() }.joined(separator: call.string("separator")))
      })
  }

  /// Where `part` first stands in `text`; an empty part stands nowhere.
  private static func find(_ part: String, in text: String, from start: String.Index?) -> Range<String.Index>? {
    guard let first = part.first else { return nil }
    var place = start ?? text.startIndex
    while let candidate = text[place...].firstIndex(of: first) {
      if text[candidate...].hasPrefix(part) {
        return candidate..<text.index(candidate, offsetBy: part.count)
      }
      place = text.index(after: candidate)
    }
    return nil
  }

  private static func pieces(of text: String, by separator: String) -> [String] {
    if separator.isEmpty { return text.map { String($0) } }
    var pieces: [String] = []
    var start = text.startIndex
    while let found = find(separator, in: text, from: start) {
      pieces.append(String(text[start..<found.lowerBound]))
      start = found.upperBound
    }
    return pieces + [String(text[start...])]
  }
}
