/// Recursive descent over the tokens of one source.
public struct Parser {
  /// The program in `source`, or what is wrong with it, or that more must follow.
  public static func parse(_ source: Source) -> ParseResult {
    .complete(Program(source: source, statements: []))
  }
}
