/// The smallest piece of a text that means something.
public struct Token: Sendable {
  /// What a token is to the parser.
  public enum Kind: UInt8, CaseIterable, Sendable {
    case name, number
    /// A string is `stringOpen`, then any of `stringText` and interpolations, then `stringClose` (of width 0 where it is missing).
    case stringOpen, stringText, stringClose
    /// The `{` and `}` of an interpolation, and the format with its colon.
    case interpolationOpen, interpolationClose, format
    case `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `return`, fn, `try`, `catch`, use
    case and, or, not, none, `true`, `false`
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, colon, semicolon, dot, dots, arrow, pipe
    case plus, minus, star, slash, percent, at, caret
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case assign, plusAssign, minusAssign, starAssign, slashAssign, percentAssign, atAssign, caretAssign
    case question
    /// Only in `Lexer.tokens(in:)`: `#` and `##` lines.
    case comment
    /// A character that has no meaning.
    case invalid
    case end
  }

  /// What a token is to the eye.
  public enum Role: Sendable { case keyword, constant, name, number, string, `operator`, bracket, punctuation, comment, invalid }

  /// What it is to the parser.
  public var kind: Kind
  /// Where it stands; of width 0 at the end of the text.
  public var span: Span
  /// Whether a blank or a newline stands directly before it, which tells `f [1]` from `f[1]`.
  public var hasSpaceBefore: Bool
  /// Whether a line ends between the token before it and this one.
  public var hasNewlineBefore: Bool
  /// Which of the lexer's documentation blocks ends on the line above this token, or -1.
  var documentation: Int32 = -1

  /// What it is to the eye, by its kind.
  public var role: Role {
    switch kind {
    case .name: return .name
    case .number: return .number
    case .stringOpen, .stringText, .stringClose, .format: return .string
    case .interpolationOpen, .interpolationClose: return .bracket
    case .if, .else, .for, .in, .while, .break, .continue, .return, .fn, .try, .catch, .use, .and, .or, .not: return .keyword
    case .none, .true, .false: return .constant
    case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace: return .bracket
    case .comma, .colon, .semicolon, .end: return .punctuation
    case .dot, .dots, .arrow, .pipe, .plus, .minus, .star, .slash, .percent, .at, .caret, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .assign, .plusAssign, .minusAssign, .starAssign, .slashAssign,
      .percentAssign, .atAssign, .caretAssign, .question:
      return .operator
    case .comment: return .comment
    case .invalid: return .invalid
    }
  }

  /// The words that are not names.
  public static let keywords: [String: Kind] = [
    "if": .if, "else": .else, "for": .for, "in": .in, "while": .while, "break": .break, "continue": .continue,
    "return": .return, "fn": .fn, "try": .try, "catch": .catch, "use": .use, "and": .and, "or": .or, "not": .not,
    "none": .none, "true": .true, "false": .false,
  ]

  var isKeyword: Bool { role == .keyword || role == .constant }
  var lower: Int { Int(span.lower) }
  var upper: Int { Int(span.upper) }
}

extension Token.Kind {
  /// Of an opening bracket or quote its closing one.
  var closer: Token.Kind? { Self.closers[self] }
  var isCloser: Bool { Self.openers[self] != nil }
  var binaryOperator: BinaryOperator? { Self.binaryOperators[self] }
  /// The operator of `+=` and its kin.
  var assignmentOperator: BinaryOperator? { Self.assignmentOperators[self] }

  /// A dictionary that is an array: the parser asks it several times for each token.
  struct Table<Value: Sendable>: Sendable, ExpressibleByDictionaryLiteral {
    private var values: [Value?]

    init(dictionaryLiteral elements: (Token.Kind, Value)...) {
      values = Array(repeating: nil, count: Token.Kind.allCases.count)
      for (kind, value) in elements { values[Int(kind.rawValue)] = value }
    }

    subscript(kind: Token.Kind) -> Value? { values[Int(kind.rawValue)] }
  }

  private static let closers: Table<Token.Kind> = [
    .leftParenthesis: .rightParenthesis, .leftBracket: .rightBracket, .leftBrace: .rightBrace,
    .interpolationOpen: .interpolationClose, .stringOpen: .stringClose,
  ]
  private static let openers: Table<Token.Kind> = [
    .rightParenthesis: .leftParenthesis, .rightBracket: .leftBracket, .rightBrace: .leftBrace,
    .interpolationClose: .interpolationOpen, .stringClose: .stringOpen,
  ]
  private static let binaryOperators: Table<BinaryOperator> = [
    .plus: .add, .minus: .subtract, .star: .multiply, .slash: .divide, .percent: .remainder, .at: .matrixProduct,
    .caret: .power, .equal: .equal, .notEqual: .notEqual, .less: .less, .lessOrEqual: .lessOrEqual, .greater: .greater,
    .greaterOrEqual: .greaterOrEqual,
  ]
  private static let assignmentOperators: Table<BinaryOperator> = [
    .plusAssign: .add, .minusAssign: .subtract, .starAssign: .multiply, .slashAssign: .divide,
    .percentAssign: .remainder, .atAssign: .matrixProduct, .caretAssign: .power,
  ]
}
